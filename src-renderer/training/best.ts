/** Has the run passed the step at which the validation rows did best, and does it only learn its own rows by heart since? */
import { type BestStep, POINT_COLUMNS, POINT_SIZE, type TrainingState } from '../../src-shared/contract/telemetry'
import { formatCount, formatValue } from '../ui/format'

/** So many evaluations in a row must agree. */
const LAST = 5
/** By which part of the best the validation loss has risen clearly. */
const CLEARLY = 0.1

interface Evaluation {
  readonly step: number
  readonly train: number
  readonly validation: number
}

/** While it trains a run must have gone on by this part of the steps to the best one: a loss that falls is never smooth. */
const FURTHER = 0.1

interface Now {
  readonly state: TrainingState
  readonly step: number
  readonly validation: number
  readonly best: BestStep | null
}

/** The best step, where the run has passed it and its validation rows do worse by now; else null. */
export function passedBest({ state, step, validation, best }: Now): BestStep | null {
  if (best === null || !(validation > best.validation)) return null
  const further = state.type === 'running' ? FURTHER * best.step : 0
  return step > best.step + further ? best : null
}

/**
 * Each of the last five validation losses is more than a tenth above the best, while the training rows lose less than they did
 * there, in each of them: a sentence that says so, else null.
 */
export function overfitting(points: Float64Array, best: BestStep | null): string | null {
  if (best === null) return null
  const last = evaluationsSince(points, best.step)
  const then = evaluationAt(points, best.step)
  const now = last.at(-1)
  if (then === null || now === undefined || last.length < LAST) return null
  const isSo = last.every(({ train, validation }) => validation > (1 + CLEARLY) * best.validation && train < then.train)
  if (!isSo) return null
  const [from, to] = [best.validation, now.validation].map(formatValue)
  const [before, after] = [then.train, now.train].map(formatValue)
  return (
    `Overfitting: since step ${formatCount(best.step)} validation rose from ${from} to ${to}, ` +
    `while the training rows went from ${before} to ${after}.`
  )
}

/** The last few beyond a step, in their order. */
function evaluationsSince(points: Float64Array, step: number): readonly Evaluation[] {
  const found: Evaluation[] = []
  for (let p = points.length - POINT_SIZE; p >= 0 && found.length < LAST; p -= POINT_SIZE) {
    const evaluation = evaluationIn(points, p)
    if (evaluation.step <= step) break
    if (isWhole(evaluation)) found.unshift(evaluation)
  }
  return found
}

/** That of a step, or the last before it where the curve was thinned. */
function evaluationAt(points: Float64Array, step: number): Evaluation | null {
  for (let p = points.length - POINT_SIZE; p >= 0; p -= POINT_SIZE) {
    const evaluation = evaluationIn(points, p)
    if (evaluation.step <= step && isWhole(evaluation)) return evaluation
  }
  return null
}

const [STEP, TRAIN, VALIDATION] = (['step', 'train_loss', 'validation_loss'] as const).map((name) =>
  POINT_COLUMNS.indexOf(name),
) as [number, number, number]

function evaluationIn(points: Float64Array, p: number): Evaluation {
  const at = (column: number) => points[p + column] ?? Number.NaN
  return { step: at(STEP), train: at(TRAIN), validation: at(VALIDATION) }
}

const isWhole = ({ train, validation }: Evaluation) => Number.isFinite(train) && Number.isFinite(validation)
