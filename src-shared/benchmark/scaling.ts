/** How does a method's time grow with the size of what it computes? Lines over what a report doubles, and their slopes. */
import { productOperations, seriesOf, slopeOf } from './growth'
import type { BenchRow, TIMES } from './results'

export type Measure = (typeof TIMES)[number]

interface ScalingLine {
  /** Method, engine and what else its rows have in common. */
  readonly name: string
  /** By size; times in milliseconds, above 0. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** Of the straight line through the logarithms: 1 is time in proportion to size. Null of a single point. */
  readonly slope: number | null
}

export interface Scaling {
  /** What grows, in words. */
  readonly along: string
  readonly lines: readonly ScalingLine[]
}

/** Null where all rows have one size. */
export function scalingOf(rows: readonly BenchRow[], measure: Measure): Scaling | null {
  const found = seriesAlong(rows)
  if (found === null) return null
  const { axis, series } = found
  const lines = series.flatMap(({ name, rows: own }): readonly ScalingLine[] => {
    const points = own
      .map((row) => ({ x: axis.of(row), y: row[measure].median }))
      .filter(({ x, y }) => x > 0 && y > 0)
      .sort((a, b) => a.x - b.x)
    return points.length > 0 ? [{ name, points, slope: slopeOf(points) }] : []
  })
  return { along: axis.title, lines }
}

interface Axis {
  readonly title: string
  readonly of: (row: BenchRow) => number
  /** Rows of one method here are one line. */
  readonly method: (row: BenchRow) => string
}

const AXES: readonly Axis[] = [
  { title: 'rows of a batch', of: ({ batchSize }) => batchSize, method: seriesOf },
  { title: 'hidden nodes', of: ({ widths }) => widths[1] ?? 0, method: seriesOf },
  { title: 'threads', of: ({ threads }) => threads ?? 0, method: seriesOf },
  // `spline:10` and `spline:20` are one method of two grids.
  {
    title: 'parameters',
    of: ({ parameters }) => parameters ?? 0,
    method: (row) => seriesOf({ ...row, method: row.method.replace(/:.*/, '') }),
  },
]

/** What else rows of one method may differ in: then they are several lines. */
const DETAILS: readonly { readonly axis: string; readonly text: (row: BenchRow) => string }[] = [
  { axis: 'rows of a batch', text: ({ batchSize }) => `batch ${batchSize}` },
  { axis: 'hidden nodes', text: ({ widths }) => widths.join('×') },
  { axis: 'threads', text: ({ threads }) => `${threads ?? 'all'} thread${threads === 1 ? '' : 's'}` },
]

interface Series {
  readonly name: string
  readonly rows: readonly BenchRow[]
}

/** The first axis along which a method grows, and a line of rows for each method; null where nothing grows. */
function seriesAlong(rows: readonly BenchRow[]): { readonly axis: Axis; readonly series: readonly Series[] } | null {
  for (const axis of AXES) {
    const series = seriesOn(axis, rows)
    if (series.some((one) => distinct(one.rows.map(axis.of)) > 1)) return { axis, series }
  }
  return null
}

function seriesOn(axis: Axis, rows: readonly BenchRow[]): readonly Series[] {
  return groupsBy(rows, axis.method)
    .flatMap(([method, own]) => {
      const details = DETAILS.filter((detail) => detail.axis !== axis.title && distinct(own.map(detail.text)) > 1)
      return groupsBy(own, (row) => [method, ...details.map(({ text }) => text(row))].join(', '))
    })
    .map(([name, own]) => ({ name, rows: own }))
}

function groupsBy(rows: readonly BenchRow[], key: (row: BenchRow) => string): readonly [string, readonly BenchRow[]][] {
  const groups = new Map<string, BenchRow[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return [...groups]
}

const distinct = (values: readonly unknown[]) => new Set(values).size

/**
 * What the products of the first method that is known would take at the machine's peak, were nothing else done: an edge's
 * basis functions that are not 0 and its base, once forward and twice back. Null where that is not known.
 */
export function roofline(
  rows: readonly BenchRow[],
  measure: Measure,
  peak: number | null,
): { readonly name: string; readonly peak: number; readonly points: ScalingLine['points'] } | null {
  const found = seriesAlong(rows)
  const first = found?.series.find((one) => one.rows[0] !== undefined && productOperations(one.rows[0]) !== null)
  if (!found || !first || peak === null || !(peak > 0)) return null
  const passes = { forward: 1, backward: 2, step: 3 }[measure]
  const points = first.rows.map((row) => ({
    x: found.axis.of(row),
    y: (1000 * passes * (productOperations(row) ?? 0)) / peak,
  }))
  return { name: first.name, peak, points: points.sort((a, b) => a.x - b.x) }
}
