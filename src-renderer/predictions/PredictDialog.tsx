/** A table that the network predicts: which column is which where that is not clear, then what it says, and saving that. */
import { useEffect, useMemo, useState } from 'react'
import type { MatchedFile, PredictedFile, Renamed } from '../../src-shared/contract/studio'
import { studio, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { counted, formatCount } from '../ui/format'
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
  const first = useMemo(() => firstState(matched.matches), [matched])
  const [rename, setRename] = useState<Renamed | null>(first.type === 'predicting' ? {} : null)
  const [state, setState] = useState<State>(first)

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
      description={counted(matched.columns.length, 'column')}
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

/** Columns that a person is asked about at most: where more are missing it is another table. */
const MOST_ASKED = 20
/** As many as a sentence can carry. */
const NAMED = 3

function firstState(matches: MatchedFile['matches']): State {
  const unclear = matches.filter(({ found }) => found === null)
  if (unclear.length === 0) return { type: 'predicting' }
  if (unclear.length <= MOST_ASKED) return { type: 'asking' }
  const some = unclear.slice(0, NAMED).map(({ column }) => `“${column}”`)
  const count = unclear.length === matches.length ? 'None' : `${formatCount(matches.length - unclear.length)}`
  return {
    type: 'failed',
    why:
      `${count} of the ${formatCount(matches.length)} columns that the network needs are in this table: ` +
      `${some.join(', ')} and ${formatCount(unclear.length - NAMED)} more are missing. Choose another table.`,
  }
}
