/** A dialog with a title, a body that scrolls and a row of actions. */
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

interface DialogProps {
  readonly title: string
  readonly description: string
  readonly onClose: () => void
  readonly actions: ReactNode
  readonly children: ReactNode
}

export function Dialog({ title, description, onClose, actions, children }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="dialog">
          <Base.Title className="dialog-title">{title}</Base.Title>
          <Base.Description className="dialog-description">{description}</Base.Description>
          <div className="dialog-body">{children}</div>
          <div className="dialog-actions">{actions}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
