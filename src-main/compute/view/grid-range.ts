/** What of a column lies outside of the network's grid, after scaling? */
import type { ColumnCoding } from '../../../src-shared/kan/preprocessing'
import { type Basis, gridSize } from '../../../src-shared/kan/specification'
import type { RawColumn } from '../data/coding/raw-data'
import { unscaled } from '../data/coding/targets'

type Range = readonly [number, number]

export interface OutOfGrid {
  /** What the grid reaches over, in the column's own unit. */
  readonly low: number
  readonly high: number
  /** Rows below and above; missing values are none. */
  readonly below: number
  readonly above: number
}

/** Where an input's curves can bend: from the first to the last knot without those that only carry the ends, or from centre to centre. */
export function rangeOfInput(basis: Basis, grid: Float64Array | null, input: number): Range | null {
  if (grid === null || basis.type === 'chebyshev') return null
  const points = grid.subarray(input * gridSize(basis), (input + 1) * gridSize(basis))
  const ends = basis.type === 'spline' ? basis.order : 0
  const [low, high] = [points[ends], points[points.length - 1 - ends]]
  return low !== undefined && high !== undefined && low < high ? [low, high] : null
}

/** Null of a category, and of a part of a date: their inputs are not the column's own values. */
export function outOfGrid(coding: ColumnCoding, column: RawColumn, range: Range): OutOfGrid | null {
  if (coding.type === 'category' || column.type === 'category') return null
  if (coding.type === 'date' && coding.part !== undefined) return null
  const start = coding.type === 'date' ? (coding.start ?? 0) : 0
  const isLog = 'transform' in coding && coding.transform === 'log'
  const { center, spread } = coding
  // Engines see float32: what rounds onto the edge is not outside.
  const [low, high] = [Math.fround(range[0]), Math.fround(range[1])]
  let [below, above] = [0, 0]
  for (let row = 0; row < column.values.length; row++) {
    const value = (column.values[row] as number) - start
    const input = Math.fround(((isLog ? Math.log(value) : value) - center) / spread)
    if (input < low) below++
    else if (input > high) above++
  }
  // A negative spread turns the axis around.
  const turned = spread < 0
  const ends = [unscaled(coding, range[0]) + start, unscaled(coding, range[1]) + start] as const
  return turned
    ? { low: ends[1], high: ends[0], below: above, above: below }
    : { low: ends[0], high: ends[1], below, above }
}
