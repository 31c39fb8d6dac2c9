/** Beside the chart: that a run learns its own rows by heart, and the way back to where it did best. */
import type { BestStep } from '../../src-shared/contract/telemetry'
import { ActionButton } from '../app/ActionButton'
import { goBack } from '../app/actions/train'
import { live, useStudio } from '../state/studio'
import { useLive } from '../state/useLive'
import { overfitting, passedBest } from './best'

const RULE =
  'Said where each of the last five validation losses is more than a tenth above the best, and the training rows lose less than they did there.'

/** The same value as long as it is the same step. */
export function usePassedBest(): BestStep | null {
  const step = useStudio(({ progress }) => passedBest(progress)?.step ?? null)
  return step === null ? null : useStudio.getState().progress.best
}

/** Where there is something to go back to. */
export function GoBackButton() {
  return usePassedBest() === null ? null : <ActionButton action={goBack} look="outlined" />
}

export function OverfittingNote() {
  const best = useStudio(({ progress }) => progress.best)
  const words = useLive(() => overfitting(live.points, best))
  return words === null ? null : (
    <p className="loss-note" role="status" title={RULE}>
      {words}
    </p>
  )
}
