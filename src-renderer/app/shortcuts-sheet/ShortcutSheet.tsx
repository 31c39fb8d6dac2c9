/** Every shortcut and gesture on one sheet, to be searched. */
import './shortcuts.css'
import { Dialog } from '@base-ui/react/dialog'
import { Search, X } from 'lucide-react'
import { useState } from 'react'
import { useUi } from '../../state/ui'
import { Button } from '../../ui/Button'
import { actionsOf, ROOMS } from '../actions/registry'
import { shortcutText } from '../keys'
import { match } from '../palette/match'
import { GESTURES } from './gestures'

const close = () => useUi.setState({ dialog: null })

export function ShortcutSheet() {
  const open = useUi((state) => state.dialog?.type === 'shortcuts')
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog shortcuts">
          <Sheet />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface Line {
  readonly title: string
  readonly keys: string
}

/** Everything that has a key or a gesture, in the order of the menus. */
const sections = (): readonly { readonly title: string; readonly lines: readonly Line[] }[] => [
  ...ROOMS.map((room) => ({
    title: room.title,
    lines: actionsOf(room).flatMap(({ title, shortcut }) =>
      shortcut === undefined ? [] : [{ title, keys: shortcutText(shortcut) }],
    ),
  })),
  ...GESTURES.map(({ title, gestures }) => ({
    title,
    lines: gestures.map((gesture) => ({ title: gesture.title, keys: shortcutText(gesture.how) })),
  })),
]

function Sheet() {
  const [query, setQuery] = useState('')
  const found = sections()
    .map(({ title, lines }) => ({
      title,
      lines: lines.filter((line) => match(query, `${line.title} ${line.keys} ${title}`) !== null),
    }))
    .filter(({ lines }) => lines.length > 0)
  return (
    <>
      <header className="shortcuts-head">
        <Dialog.Title className="shortcuts-title">Keyboard and mouse</Dialog.Title>
        <label className="shortcuts-query">
          <Search aria-hidden />
          <input
            aria-label="Search shortcuts"
            placeholder="Search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
        <Button label="Close" icon={X} iconOnly onClick={close} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div className="dialog-body" tabIndex={0}>
        <div className="shortcuts-sections">
          {found.map(({ title, lines }) => (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              <dl>
                {lines.map((line) => (
                  <div key={line.title}>
                    <dt>{line.title}</dt>
                    <dd>
                      <kbd>{line.keys}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        {found.length === 0 ? <p className="muted shortcuts-empty">No shortcut is called that.</p> : null}
      </div>
    </>
  )
}
