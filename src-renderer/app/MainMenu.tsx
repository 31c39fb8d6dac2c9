/** The application's menu behind the mark at the upper left, for doors that have none of their own. */
import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { useStudio } from '../state/studio'
import { type Action, isSubmenu, type Room, runAction, type Submenu } from './actions/action'
import { ROOMS } from './actions/registry'
import { useIsOn, useWhyNot } from './actions/use-action'
import { ariaShortcut, shortcutText } from './keys'
import { Mark } from './Mark'

export function MainMenu() {
  const native = useStudio((state) => state.info?.door !== 'browser')
  if (native) return <Mark />
  return (
    <Menu.Root>
      <Menu.Trigger className="button mark-button" aria-label="Menu">
        <Mark />
      </Menu.Trigger>
      <MenuPopup>
        {ROOMS.map((room) => (
          <Menu.SubmenuRoot key={room.title}>
            <SubmenuTrigger title={room.title} />
            <MenuPopup>
              <RoomItems room={room} />
            </MenuPopup>
          </Menu.SubmenuRoot>
        ))}
      </MenuPopup>
    </Menu.Root>
  )
}

/** A popup with whatever items. */
export function MenuPopup({ children }: { children: React.ReactNode }) {
  return (
    <Menu.Portal>
      <Menu.Positioner sideOffset={4} align="start" collisionPadding={8}>
        <Menu.Popup className="popup">{children}</Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  )
}

/** The actions of a room as items of a menu. */
export function RoomItems({ room }: { room: Room }) {
  return room.sections.map((section, place) => (
    <div key={section[0]?.title ?? place} role="none">
      {place > 0 ? <Menu.Separator className="popup-rule" /> : null}
      {section.map((entry) =>
        isSubmenu(entry) ? <Further key={entry.title} submenu={entry} /> : <Item key={entry.id} action={entry} />,
      )}
    </div>
  ))
}

function Further({ submenu }: { submenu: Submenu }) {
  const actions = submenu.actions()
  return (
    <Menu.SubmenuRoot>
      <SubmenuTrigger title={submenu.title} disabled={actions.length === 0} />
      <MenuPopup>
        {actions.map((action) => (
          <Item key={action.id} action={action} />
        ))}
      </MenuPopup>
    </Menu.SubmenuRoot>
  )
}

function SubmenuTrigger({ title, disabled }: { title: string; disabled?: boolean }) {
  return (
    <Menu.SubmenuTrigger className="popup-item" disabled={disabled ?? false}>
      <span>{title}</span>
      <kbd aria-hidden>›</kbd>
    </Menu.SubmenuTrigger>
  )
}

function Item({ action }: { action: Action }) {
  const { title, shortcut, hint } = action
  const whyNot = useWhyNot(action)
  const isOn = useIsOn(action)
  const common = {
    className: 'popup-item',
    disabled: whyNot !== null,
    title: whyNot ?? hint,
    'aria-keyshortcuts': shortcut && ariaShortcut(shortcut),
  }
  const content = (
    <>
      <span>{title}</span>
      {isOn ? <Check className="popup-check" aria-hidden /> : null}
      {shortcut ? <kbd>{shortcutText(shortcut)}</kbd> : null}
    </>
  )
  return isOn === undefined ? (
    <Menu.Item {...common} onClick={() => runAction(action)}>
      {content}
    </Menu.Item>
  ) : (
    <Menu.CheckboxItem {...common} closeOnClick checked={isOn} onCheckedChange={() => runAction(action)}>
      {content}
    </Menu.CheckboxItem>
  )
}
