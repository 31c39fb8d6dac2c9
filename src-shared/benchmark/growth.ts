/** What do a benchmark's charts say of a row: which line is it of, what are its products, how steep is the line? */
import { readMethod } from './method'
import type { BenchRow } from './results'

/** Method, engine and regularisation: what rows of several sizes have in common. */
export function seriesOf({ method, engine, regularized }: Pick<BenchRow, 'method' | 'engine' | 'regularized'>): string {
  return `${method}${engine === null ? '' : `-${engine}`}${regularized ? '+l1' : ''}`
}

/**
 * Operations of a row's products on the way forward, where a multiply-add counts as two: for each sample and edge its basis
 * functions that are not 0 there, and its base. Twice as many go back. Null where they are not known.
 */
export function productOperations(row: BenchRow): number | null {
  const count = terms(row)
  if (count === null) return null
  const edges = row.widths.slice(1).reduce((sum, width, l) => sum + width * (row.widths[l] ?? 0), 0)
  return 2 * row.batchSize * edges * count
}

/** Multiply-adds of an edge at a point. */
function terms({ method, engine }: BenchRow): number | null {
  if (engine === null || method === 'open' || method === 'mlp') return null
  const basis = readMethod(method)
  switch (basis.type) {
    case 'spline':
      return basis.order + 2
    case 'rbf':
      return basis.centers + 1
    case 'chebyshev':
      return basis.degree + 2
    default:
      return null
  }
}

/** Of the straight line through the logarithms, by least squares: 1 is y in proportion to x. Null where all x are one. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const)
  const mean = (i: 0 | 1) => logs.reduce((sum, point) => sum + point[i], 0) / logs.length
  const [mx, my] = [mean(0), mean(1)]
  const spread = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return spread === 0 ? null : logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread
}
