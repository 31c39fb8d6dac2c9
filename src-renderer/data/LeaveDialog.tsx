/** The document has changes that are not saved, and another is to take its place: saved first, given up, or kept open. */
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import './data.css'

export type Leaving = 'save' | 'discard' | 'cancel'

export function LeaveDialog({ name, onAnswer }: { name: string; onAnswer: (answer: Leaving) => void }) {
  return (
    <Dialog
      title={`Save “${name}” first?`}
      description="It has changes that are not saved."
      onClose={() => onAnswer('cancel')}
      actions={
        <>
          <Button label="Go on without them" onClick={() => onAnswer('discard')} />
          <span className="spring" />
          <Button label="Cancel" onClick={() => onAnswer('cancel')} />
          <Button label="Save" look="primary" onClick={() => onAnswer('save')} />
        </>
      }
    >
      <p className="dropped-text">Without saving, what was trained and edited since is lost.</p>
    </Dialog>
  )
}
