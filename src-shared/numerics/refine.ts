/** Where do an input's knots or centres go when there are to be more or fewer of them, or when the basis changes? */
import type { Basis } from '../kan/specification'
import { type Grid, gridRange, initialGrid } from './grid'
import { extendKnots, keepApart } from './knots'
import { localScale } from './rbf'

/**
 * A grid of the new basis that keeps the shape of the old one: intervals are divided evenly where the new number is a
 * multiple of the old, else the new points stand at the quantiles of the old. A uniform grid stays uniform. Another kind of
 * basis begins with a uniform grid on the old one's range.
 *
 * @param range of the layer, where the old grid does not tell
 */
export function refinedGrid(from: Basis, old: Grid, to: Basis, range: readonly [number, number]): Grid {
  const [start, end] = gridRange(from, old, range)
  if (from.type === 'spline' && to.type === 'spline' && start === old.grid[from.order]) {
    return { ...old, grid: refinedKnots(from, old.grid, to) }
  }
  if (from.type === 'rbf' && to.type === 'rbf') {
    if (from.centers === to.centers) return old
    if (from.centers > 1) return refinedCenters(old.grid, to.centers)
  }
  return initialGrid(to, [start, end])
}

type Spline = Extract<Basis, { type: 'spline' }>

function refinedKnots({ order, intervals }: Spline, old: Float64Array, to: Spline): Float64Array {
  const last = order + intervals
  const points = quantiles(old.subarray(order, last + 1), to.intervals, to.intervals + 1)
  keepApart(points)
  // Knots outside go on as the old ones did; where there were none, as the first and the last interval do.
  const share = intervals / to.intervals
  const step = (m: number) => share * ((old[m + 1] as number) - (old[m] as number))
  return extendKnots(points, to.order, step(Math.max(0, order - 1)), step(Math.min(last, old.length - 2)))
}

function refinedCenters(old: Float64Array, centers: number): Grid {
  const sorted = old.slice().sort()
  const last = sorted.length - 1
  // The last centre stands a step before the end of the range.
  const end = 2 * (sorted[last] as number) - (sorted[last - 1] as number)
  const grid = quantiles(Float64Array.of(...sorted, end), centers, centers)
  keepApart(grid)
  return { grid, scale: localScale(grid, end - (sorted[0] as number)) }
}

/** The first `count` of the points at 0, 1/parts, 2/parts … of the way through a list, which are exact where they meet it. */
function quantiles(points: Float64Array, parts: number, count: number): Float64Array {
  const length = points.length - 1
  return Float64Array.from({ length: count }, (_, m) => {
    const below = Math.floor((m * length) / parts)
    const rest = (m * length - below * parts) / parts
    const point = points[below] as number
    return rest === 0 ? point : point + rest * ((points[below + 1] as number) - point)
  })
}
