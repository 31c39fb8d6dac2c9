/** A table was dropped on a trained network that knows its columns: is it to learn from, or to be predicted? */
import type { MatchedFile } from '../../src-shared/contract/studio'
import { attempt, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { openTable, predictTable } from './files'
import './data.css'

export function DroppedDialog({ matched, onClose }: { matched: MatchedFile; onClose: () => void }) {
  const model = useStudio((state) => state.document?.specification.name ?? '')

  function go(use: (path: string) => Promise<void>) {
    onClose()
    void attempt(() => use(matched.file))
  }

  return (
    <Dialog
      title={matched.file.replace(/^.*[\\/]/, '')}
      description={`It has the columns that “${model}” was trained on.`}
      onClose={onClose}
      actions={
        <>
          <span className="spring" />
          <Button label="Cancel" onClick={onClose} />
          <Button label="Use as new training data" look="outlined" onClick={() => go(openTable)} />
          <Button label={`Predict with ${model}`} look="primary" onClick={() => go(predictTable)} />
        </>
      }
    >
      <p className="dropped-text">
        Predict its rows with the network as it is now, or look at it and train on it instead.
      </p>
    </Dialog>
  )
}
