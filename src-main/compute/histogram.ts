/** How many values fall into equal bins: the density that an inspector draws behind a curve. */
import type { Distribution } from '../../src-shared/contract/data'

const BINS = 64

/** Of the finite values; a constant column falls into the first bin. */
export function histogram(values: Float32Array): Distribution {
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const counts = new Uint32Array(BINS)
  if (minimum > maximum) return { minimum: 0, maximum: 0, counts }
  const scale = maximum > minimum ? BINS / (maximum - minimum) : 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    const bin = Math.min(BINS - 1, Math.floor((value - minimum) * scale))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return { minimum, maximum, counts }
}
