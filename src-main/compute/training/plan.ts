/** Which rows a step takes and when losses are evaluated: functions of the settings and the step, never of the clock. */
import type { TrainingSettings } from '../../../src-shared/contract/job'
import { random, shuffle } from '../../../src-shared/numerics/random'

/** Rows that `metrics.csv` holds at most. */
const METRICS_ROWS = 10_000
/** Evaluations of a run that are wanted. */
const EVALUATIONS = 500
/** Work (rows × parameters) that a run's evaluations may take in any case: a second or two. */
const FREE_WORK = 2e9
/** Part of the training's own work that evaluations may take besides; a step's backward pass costs two forward ones. */
const EVALUATION_SHARE = 0.25
const PASSES_OF_A_STEP = 3

/** Rows that the engine takes at a time where a step asks for less: evaluations walk through all rows. */
const EVALUATION_CHUNK = 1024
/** Rows of a full batch that the engine plans for at most; more are walked in pieces. */
const LARGEST_PIECE = 65_536

/** How a run walks through its rows. */
export interface Walk {
  readonly rows: number
  /** Rows of a step; null takes all of them, in their order. */
  readonly batchSize: number | null
  readonly batchesPerEpoch: number
}

export function walk(rows: number, batchSize: number | null): Walk {
  if (batchSize === null || batchSize >= rows) return { rows, batchSize: null, batchesPerEpoch: 1 }
  return { rows, batchSize, batchesPerEpoch: Math.ceil(rows / batchSize) }
}

/** Where a step stands in its epoch. */
export function position({ batchSize, batchesPerEpoch }: Walk, step: number) {
  const batch = step % batchesPerEpoch
  return {
    epoch: Math.floor(step / batchesPerEpoch),
    /** Of the batch's first row in the epoch's order. */
    offset: batch * (batchSize ?? 0),
    batchesLeft: batchSize === null ? Number.POSITIVE_INFINITY : batchesPerEpoch - batch,
  }
}

/** The order in which an epoch visits the rows: of the seed and the epoch only, so that a resumed run goes on exactly. */
export function epochOrder(rows: number, seed: number, epoch: number): Uint32Array {
  return shuffle(rows, random(seed, `epoch ${epoch}`))
}

/** Most samples that the engine takes at a time. */
export function compiledBatch({ rows, batchSize }: Walk): number {
  return batchSize === null ? Math.min(rows, LARGEST_PIECE) : Math.max(batchSize, Math.min(rows, EVALUATION_CHUNK))
}

/** Rows that grids follow at most: quantiles of more are hardly others. */
const GRID_ROWS = 10_000
/** Where a layer is wide there are fewer, so that an update takes a fraction of a second. */
const GRID_VALUES = 2_000_000
const LEAST_GRID_ROWS = 1000

/**
 * Rows that grids follow, of the seed only; null takes all of them.
 *
 * @param inputs of the widest layer
 */
export function gridRows(rows: number, inputs: number, seed: number): Uint32Array | null {
  const most = Math.min(GRID_ROWS, Math.max(LEAST_GRID_ROWS, Math.floor(GRID_VALUES / inputs)))
  return rows <= most ? null : shuffle(rows, random(seed, 'grid rows')).slice(0, most).sort()
}

/**
 * The first step from `step` on that a grid update comes before, as better_kan spreads them: `count` updates before the
 * steps 0, until/count, 2·until/count … Infinite where no more come.
 */
export function nextGridUpdate(updates: TrainingSettings['gridUpdates'], step: number): number {
  if (updates === null) return Number.POSITIVE_INFINITY
  const { count, until } = updates
  const index = Math.ceil((step * count) / until)
  // Rounding down, the update before may come at this step too.
  for (let k = Math.max(0, index - 1); k < count; k++) {
    const at = Math.floor((k * until) / count)
    if (at >= step) return at
  }
  return Number.POSITIVE_INFINITY
}

/** Every how many steps `metrics.csv` gets a row. */
export function rowStride(steps: number): number {
  return Math.max(1, Math.ceil((steps + 1) / METRICS_ROWS))
}

/**
 * Every how many steps losses over a whole split are evaluated: 500 times a run where that is cheap, and less often
 * where it would cost more than a quarter of the training itself and more than a second or two. A multiple of the row
 * stride, so that no evaluation misses its row.
 *
 * @param steps of the whole run
 * @param evaluated rows that an evaluation walks through
 */
export function evaluationInterval(
  steps: number,
  evaluated: number,
  { rows, batchSize }: Walk,
  parameters: number,
): number {
  const stride = rowStride(steps)
  const wanted = Math.max(1, Math.floor(steps / EVALUATIONS))
  const training = PASSES_OF_A_STEP * steps * (batchSize ?? rows) * parameters
  const allowed = Math.max(FREE_WORK, EVALUATION_SHARE * training)
  const affordable = Math.ceil((steps * evaluated * parameters) / allowed)
  return Math.ceil(Math.max(wanted, affordable) / stride) * stride
}
