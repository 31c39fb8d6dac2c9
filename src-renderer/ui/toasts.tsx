/** Sentences that come and go: errors stay until they are read, notes leave by themselves. */
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useUi } from '../state/ui'
import { Button } from './Button'

const manager = Toast.createToastManager()

/** Tells the person that something did not work; `error` may be anything that was thrown. */
export function showError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  manager.add({ description: message, type: 'error', timeout: 0, priority: 'high' })
}

export function showNote(message: string): void {
  manager.add({ description: message, type: 'note', timeout: NOTE })
}

/**
 * A note about something that can be taken back, with the button that does it.
 *
 * @returns takes the note away, as is to be done once the button would take back something else
 */
export function showUndoable(message: string, undo: () => void): () => void {
  const close = () => manager.close(id)
  const onClick = () => {
    close()
    undo()
  }
  const id = manager.add({
    description: message,
    type: 'note',
    timeout: 2 * NOTE,
    // Another button is called Undo already, and takes back whatever came last.
    actionProps: { children: 'Undo', 'aria-label': 'Undo this change', onClick },
  })
  return close
}

/** How long a note stays, in milliseconds. */
const NOTE = 6000

export function Toasts() {
  const isDialogOpen = useUi(({ dialog }) => dialog !== null)
  // What was said before concerns the window behind the dialog, and would lie on it.
  useEffect(() => {
    if (isDialogOpen) manager.close()
  }, [isDialogOpen])
  return (
    <Toast.Provider toastManager={manager} limit={2}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function List() {
  const { toasts, close } = Toast.useToastManager()
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && useUi.getState().dialog === null) manager.close()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" aria-label={toast.type === 'error' ? 'Error' : 'Note'}>
      <Toast.Content className="toast-content">
        <Toast.Description />
        {toast.actionProps ? <Toast.Action className="button outlined" /> : null}
        <Button
          label="Dismiss"
          icon={X}
          iconOnly
          shortcut="Esc"
          ariaShortcut="Escape"
          onClick={() => close(toast.id)}
        />
      </Toast.Content>
    </Toast.Root>
  ))
}
