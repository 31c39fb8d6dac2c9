/** Sentences that come and go: errors stay until they are read, notes leave by themselves. */
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { Button } from './Button'

const manager = Toast.createToastManager()

/** Tells the person that something did not work; `error` may be anything that was thrown. */
export function showError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  manager.add({ description: message, type: 'error', timeout: 0, priority: 'high' })
}

export function showNote(message: string): void {
  manager.add({ description: message, type: 'note', timeout: 6000 })
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
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
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" aria-label={toast.type === 'error' ? 'Error' : 'Note'}>
      <Toast.Content className="toast-content">
        <Toast.Description />
        <Button label="Dismiss" icon={X} iconOnly onClick={() => close(toast.id)} />
      </Toast.Content>
    </Toast.Root>
  ))
}
