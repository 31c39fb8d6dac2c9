/** Where the bars of a benchmark stand: a group a row, a bar for each time, its quartiles as a whisker. */
import { scaleLinear, scaleLog } from 'd3'
import { type BenchRow, TIMES } from '../../src-shared/benchmark/results'

interface Bar {
  readonly time: (typeof TIMES)[number]
  readonly y: number
  readonly width: number
  /** Where the quartiles are, from the left. */
  readonly lower: number
  readonly upper: number
}

interface BarGroup {
  readonly row: BenchRow
  readonly y: number
  readonly bars: readonly Bar[]
}

export interface BarChart {
  /** Where the bars begin. */
  readonly left: number
  readonly width: number
  readonly height: number
  readonly groups: readonly BarGroup[]
  readonly ticks: readonly { readonly x: number; readonly value: number }[]
}

export const BAR = 7
const GAP = 12
export const GROUP = TIMES.length * BAR + GAP
/** Below the bars, for the axis. */
const AXIS = 22
const RIGHT = 16

/** @param left room for the names, in pixels */
export function barChart(rows: readonly BenchRow[], width: number, left: number, isLog: boolean): BarChart {
  const uppers = rows.flatMap((row) => TIMES.map((time) => Math.max(row[time].upper, row[time].median)))
  const positive = rows.flatMap((row) => TIMES.map((time) => row[time].median)).filter((median) => median > 0)
  const most = Math.max(1e-6, ...uppers)
  const range = [0, Math.max(1, width - left - RIGHT)]
  // A logarithm has no zero to begin at: bars begin a little below the smallest.
  const least = Math.min(most, ...positive) / 2
  const scale = isLog
    ? scaleLog().domain([least, most]).range(range).clamp(true)
    : scaleLinear().domain([0, most]).range(range).clamp(true)
  const groups = rows.map((row, r) => ({
    row,
    y: r * GROUP,
    bars: TIMES.map((time, t) => {
      const { median, lower, upper } = row[time]
      const at = (value: number) => (value <= 0 ? 0 : scale(value))
      return { time, y: r * GROUP + GAP / 2 + t * BAR, width: at(median), lower: at(lower), upper: at(upper) }
    }),
  }))
  const ticks = isLog
    ? logTicks(least, most)
    : scaleLinear()
        .domain([0, most])
        .ticks(Math.max(2, Math.floor(width / 120)))
  return {
    ...{ left, width, height: rows.length * GROUP + AXIS, groups },
    ticks: ticks.map((value) => ({ value, x: value <= 0 ? 0 : scale(value) })),
  }
}

/** 1, 2, 5, 10 …; of many decades only the powers of ten. */
export function logTicks(from: number, to: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))]
  const steps = last - first > 3 ? [1] : [1, 2, 5]
  const all = Array.from({ length: last - first + 1 }, (_, d) => steps.map((step) => step * 10 ** (first + d))).flat()
  return all.filter((value) => value >= from && value <= to)
}
