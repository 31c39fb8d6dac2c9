/** Where a threshold stands on a slider: nothing at its left end, then the scores' range, each decade of the same length. */

export interface Range {
  readonly low: number
  readonly high: number
}

/** Steps of the slider. */
export const STEPS = 1000
/** Scores that are smaller, of the largest, are all at the left end. */
const SPAN = 1e-5

/** From the smallest to the largest score above 0; null where there is none. */
export function rangeOf(scores: readonly ArrayLike<number>[]): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, 0]
  for (const layer of scores) {
    for (let e = 0; e < layer.length; e++) {
      const score = layer[e] as number
      if (!(score > 0) || !Number.isFinite(score)) continue
      if (score < low) low = score
      if (score > high) high = score
    }
  }
  return high > 0 ? { low: Math.max(low, high * SPAN), high } : null
}

/** A range that has both in it: the thumb stands still while scores come and go. */
export function widened(range: Range | null, other: Range | null): Range | null {
  if (range === null || other === null) return range ?? other
  const joined = { low: Math.min(range.low, other.low), high: Math.max(range.high, other.high) }
  return joined.low === range.low && joined.high === range.high ? range : joined
}

/** Scores that are all the same are in the middle of a decade each way. */
const spread = ({ low, high }: Range): Range => (high > low ? { low, high } : { low: low / 10, high: high * 10 })

export function thresholdAt(range: Range, position: number): number {
  if (position <= 0) return 0
  const { low, high } = spread(range)
  if (position >= STEPS) return high
  // To three digits, as it is shown.
  return Number((low * (high / low) ** ((position - 1) / (STEPS - 1))).toPrecision(3))
}

export function positionOf(range: Range, threshold: number): number {
  if (!(threshold > 0)) return 0
  const { low, high } = spread(range)
  const part = Math.log(threshold / low) / Math.log(high / low)
  return Math.round(Math.min(STEPS, Math.max(1, 1 + part * (STEPS - 1))))
}
