/** The points of the two charts: predicted against true, and what is left of it. */
import type { SplitName, SplitResults } from '../../src-shared/contract/results'

/** One split's points. */
export interface Cloud {
  readonly name: SplitName
  /** Rows of the table, counted from 0. */
  readonly rows: Uint32Array
  readonly x: Float64Array
  readonly y: Float64Array
}

export type Chart = 'fit' | 'residuals'

/** `fit`: predicted over true. `residuals`: true − predicted over predicted. */
export function cloudsOf(chart: Chart, splits: readonly SplitResults[]): readonly Cloud[] {
  return splits.map(({ name, points: { rows, truth, predicted } }) => {
    if (chart === 'fit') return { name, rows, x: truth, y: predicted }
    return { name, rows, x: predicted, y: truth.map((value, k) => value - (predicted[k] as number)) }
  })
}

/** Where a row stands in a chart. */
export function placeOf(chart: Chart, { truth, predicted }: { readonly truth: number; readonly predicted: number }) {
  return chart === 'fit' ? { x: truth, y: predicted } : { x: predicted, y: truth - predicted }
}

/** What both axes reach over: of `fit` the same range, so that its diagonal is perfection; of `residuals` as far up as down. */
export function rangesOf(chart: Chart, clouds: readonly Cloud[]): { readonly x: Range; readonly y: Range } {
  const [x, y] = [rangeOf(clouds.map((cloud) => cloud.x)), rangeOf(clouds.map((cloud) => cloud.y))]
  if (chart === 'fit') {
    const both = withRoom([Math.min(x[0], y[0]), Math.max(x[1], y[1])])
    return { x: both, y: both }
  }
  const most = Math.max(Math.abs(y[0]), Math.abs(y[1]))
  return { x: withRoom(x), y: withRoom([-most, most]) }
}

type Range = readonly [number, number]

/** Of the finite values; nothing at all reaches from 0 to 0. */
function rangeOf(columns: readonly Float64Array[]): Range {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const column of columns) {
    for (const value of column) {
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : [0, 0]
}

/** A range of one value gets room beside it, whatever its size. */
function withRoom([low, high]: Range): Range {
  if (low < high) return [low, high]
  const room = Math.abs(low) / 10 || 1
  return [low - room, high + room]
}

/** How many values fall into each of equal bins of a range; those outside and those that are not finite into none. */
export function countsOf(values: Float64Array, [low, high]: Range, bins: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    if (!(value >= low && value <= high)) continue
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

/** The point nearest to a place on the screen, at most `within` pixels away. */
export function nearestPoint<Points extends { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }>(
  clouds: readonly Points[],
  scale: { readonly x: (value: number) => number; readonly y: (value: number) => number },
  at: { readonly x: number; readonly y: number },
  within: number,
): { readonly cloud: Points; readonly index: number } | null {
  let best: { cloud: Points; index: number } | null = null
  let least = within * within
  for (const cloud of clouds) {
    for (let k = 0; k < cloud.x.length; k++) {
      const dx = scale.x(cloud.x[k] as number) - at.x
      const dy = scale.y(cloud.y[k] as number) - at.y
      const distance = dx * dx + dy * dy
      // A point without a finite place is not near to anything.
      if (!(distance <= least)) continue
      least = distance
      best = { cloud, index: k }
    }
  }
  return best
}
