/** How does a method's time grow with the size of what it computes? Lines over what a report doubles, and their slopes. */
import { productOperations, seriesOf, slopeOf } from '../../src-shared/benchmark/growth'
import type { BenchRow, TIMES } from '../../src-shared/benchmark/results'

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
  const along = axisOf(rows)
  if (along === null) return null
  const lines = groupsOf(rows, along.key).flatMap((group): readonly ScalingLine[] => {
    const points = group
      .map((row) => ({ x: along.of(row), y: row[measure].median }))
      .filter(({ x, y }) => x > 0 && y > 0)
      .sort((a, b) => a.x - b.x)
    const [first] = group
    return first && points.length > 0 ? [{ name: along.key(first), points, slope: slopeOf(points) }] : []
  })
  return { along: along.title, lines }
}

/** What grows; null where nothing does. */
function axisOf(rows: readonly BenchRow[]): Axis | null {
  return AXES.find(({ of, key }) => groupsOf(rows, key).some((group) => distinct(group.map(of)) > 1)) ?? null
}

interface Axis {
  readonly title: string
  readonly of: (row: BenchRow) => number
  /** Rows of one key are one line. */
  readonly key: (row: BenchRow) => string
}

const AXES: readonly Axis[] = [
  { title: 'rows of a batch', of: ({ batchSize }) => batchSize, key: seriesOf },
  { title: 'hidden nodes', of: ({ widths }) => widths[1] ?? 0, key: seriesOf },
  { title: 'threads', of: ({ threads }) => threads ?? 0, key: seriesOf },
  // `spline:10` and `spline:20` are one method of two grids.
  {
    title: 'parameters',
    of: ({ parameters }) => parameters ?? 0,
    key: (row) => seriesOf({ ...row, method: row.method.replace(/:.*/, '') }),
  },
]

function groupsOf(rows: readonly BenchRow[], key: Axis['key']): readonly (readonly BenchRow[])[] {
  const groups = new Map<string, BenchRow[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return [...groups.values()]
}

const distinct = (values: readonly number[]) => new Set(values).size

/**
 * What the products of the first method that is known would take at the machine's peak, were nothing else done: an edge's
 * basis functions that are not 0 and its base, once forward and twice back. Null where that is not known.
 */
export function roofline(
  rows: readonly BenchRow[],
  measure: Measure,
  peak: number | null,
): { readonly name: string; readonly peak: number; readonly points: ScalingLine['points'] } | null {
  const along = axisOf(rows)
  const group = along && groupsOf(rows, along.key).find(([row]) => row !== undefined && productOperations(row) !== null)
  const [first] = group ?? []
  if (!along || !group || first === undefined || peak === null || !(peak > 0)) return null
  const passes = { forward: 1, backward: 2, step: 3 }[measure]
  const points = group.map((row) => ({ x: along.of(row), y: (1000 * passes * (productOperations(row) ?? 0)) / peak }))
  return { name: along.key(first), peak, points: points.sort((a, b) => a.x - b.x) }
}
