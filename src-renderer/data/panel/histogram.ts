/** Where the bars of a histogram are drawn, and the range of a grid behind them. */
import type { DataColumnView } from '../../../src-shared/contract/data-view'

interface HistogramShape {
  /** Bars inside of the grid and outside, as paths of SVG. */
  readonly within: string
  readonly beyond: string
  /** What is seen of the grid, and its ends that are in sight. */
  readonly grid: { readonly x: number; readonly width: number } | null
  readonly edges: readonly number[]
}

/** A grid that is wider than the values is shown this far beyond them, in parts of their range. */
const MOST_BEYOND = 0.2

export function histogramOf(
  { min, max, histogram, grid }: Pick<DataColumnView, 'min' | 'max' | 'histogram' | 'grid'>,
  width: number,
  height: number,
): HistogramShape | null {
  if (min === null || max === null || histogram.length === 0) return null
  const span = max - min || Math.abs(max) || 1
  const room = MOST_BEYOND * span
  // A constant stands in the middle.
  const half = max === min ? span / 2 : 0
  const low = grid ? Math.min(min - half, Math.max(grid.low, min - room)) : min - half
  const high = grid ? Math.max(max + half, Math.min(grid.high, max + room)) : max + half
  const at = (value: number) => round(((value - low) / (high - low)) * width)
  const size = max === min ? span / 20 : (max - min) / histogram.length
  const first = max === min ? min - size / 2 : min
  const most = Math.max(1, ...histogram)
  let [within, beyond] = ['', '']
  histogram.forEach((count, bar) => {
    if (count === 0) return
    const [from, to] = [first + bar * size, first + (bar + 1) * size]
    const tall = Math.max(1, (count / most) * (height - 2))
    const path = `M${at(from)} ${height}V${round(height - tall)}H${round(at(from) + 0.88 * (at(to) - at(from)))}V${height}z`
    const middle = (from + to) / 2
    if (grid && (middle < grid.low || middle > grid.high)) beyond += path
    else within += path
  })
  if (grid === null) return { within, beyond, grid: null, edges: [] }
  const [left, right] = [Math.max(0, Math.min(width, at(grid.low))), Math.max(0, Math.min(width, at(grid.high)))]
  const edges = [grid.low, grid.high].filter((end) => end > low && end < high).map(at)
  return { within, beyond, grid: { x: left, width: round(right - left) }, edges }
}

const round = (value: number) => Math.round(value * 10) / 10
