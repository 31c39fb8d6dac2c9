/** A table that the network predicts: which column is which where that is not clear, then what it says, and saving that. */
import { useEffect, useState } from 'react'
import type { MatchedFile, PredictedFile, Renamed } from '../../src-shared/contract/studio'
import { studio, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { formatCount } from '../ui/format'
import { MatchForm } from './MatchForm'
import { PredictedTable } from './PredictedTable'
import './predict.css'

interface PredictDialogProps {
  readonly matched: MatchedFile
  readonly onClose: () => void
}

type State =
  | { readonly type: 'asking' }
  | { readonly type: 'predicting' }
  | { readonly type: 'predicted'; readonly predicted: PredictedFile }
  | { readonly type: 'failed'; readonly why: string }

export function PredictDialog({ matched, onClose }: PredictDialogProps) {
  const model = useStudio((state) => state.document?.specification.name ?? '')
  const isClear = matched.matches.every(({ found }) => found !== null)
  const [rename, setRename] = useState<Renamed | null>(isClear ? {} : null)
  const [state, setState] = useState<State>({ type: isClear ? 'predicting' : 'asking' })

  useEffect(() => {
    if (rename === null) return
    let over = false
    setState({ type: 'predicting' })
    studio()
      .predictFile(matched.file, rename)
      .then(
        (predicted) => over || setState({ type: 'predicted', predicted }),
        (error: Error) => over || setState({ type: 'failed', why: error.message }),
      )
    return () => {
      over = true
    }
  }, [matched, rename])

  const name = matched.file.replace(/^.*[\\/]/, '')
  const title = `Predict ${name} with ${model}`
  if (state.type === 'asking') return <MatchForm {...{ title, matched, onClose }} onMatch={setRename} />
  if (state.type === 'predicted') return <PredictedTable {...{ title, matched, onClose }} predicted={state.predicted} />
  const isFailed = state.type === 'failed'
  return (
    <Dialog
      title={title}
      description={`${formatCount(matched.columns.length)} columns`}
      onClose={onClose}
      actions={
        <>
          <span className="spring" />
          <Button label={isFailed ? 'Close' : 'Cancel'} onClick={onClose} />
        </>
      }
    >
      <p className="predicted-body" role={isFailed ? 'alert' : 'status'}>
        {isFailed ? state.why : 'Predicting…'}
      </p>
    </Dialog>
  )
}
