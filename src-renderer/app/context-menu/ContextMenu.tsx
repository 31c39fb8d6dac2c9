/** The menu of what lies under the pointer or has the focus in the network. */
import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ReactElement, ReactNode } from 'react'
import { useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { RoomItems } from '../MainMenu'
import { entriesFor } from './entries'

/** @param area the element that it is the menu of */
export function ContextMenu({ area, children }: { area: ReactElement; children: ReactNode }) {
  return (
    <Base.Root>
      <Base.Trigger render={area}>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner collisionPadding={8}>
          <Base.Popup className="popup">
            <Content />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Content() {
  const specification = useStudio((state) => state.document?.specification)
  const selection = useUi((state) => state.selection)
  if (!specification) return null
  const { title, sections } = entriesFor(specification, selection)
  return (
    <Base.Group>
      {title === '' ? null : <Base.GroupLabel className="popup-label">{title}</Base.GroupLabel>}
      <RoomItems room={{ title, sections }} />
    </Base.Group>
  )
}
