/** Which rows of each split are looked at while training runs, so that looking costs little? */
import type { SplitName } from '../../../src-shared/contract/results'
import { random, shuffle } from '../../../src-shared/numerics/random'
import type { LoadedData } from '../data/load'
import type { Columns } from '../engines/engine'

/** Rows of a split at most. */
const MOST_ROWS = 2000
/** And so few that they are this much work at most (rows × parameters of all splits): some 50 ms of one core. */
const MOST_WORK = 5e7
/** But this many in any case. */
const LEAST_ROWS = 50

export interface SampledSplit {
  readonly name: SplitName
  /** All rows of the split. */
  readonly columns: Columns
  /** The sampled ones, ascending; null where that is all of them. */
  readonly sampled: Uint32Array | null
  /** For each row of the split, which row of the table it is; null where they are the same. */
  readonly source: Uint32Array | null
}

/** Of the data and the network's size only: the same rows as long as a network trains, whatever it has learnt. */
export function sampleSplits(data: LoadedData, parameters: number): readonly SampledSplit[] {
  const splits = (['train', 'validation', 'test'] as const).flatMap((name) => {
    const columns = data[name]
    return columns === null ? [] : [{ name, columns, source: data.sourceRows[name] }]
  })
  const affordable = Math.floor(MOST_WORK / parameters / splits.length)
  const most = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, affordable))
  return splits.map((split) => ({ ...split, sampled: sampleRows(split.columns.rows, most, split.name) }))
}

function sampleRows(rows: number, most: number, name: SplitName): Uint32Array | null {
  return rows <= most
    ? null
    : shuffle(rows, random(0, `results ${name}`))
        .slice(0, most)
        .sort()
}

/** The sampled rows of all splits, one split after the other. */
export function sampledColumns(splits: readonly SampledSplit[]): Columns {
  const rows = splits.reduce((sum, split) => sum + sampleSize(split), 0)
  const gather = (kind: 'inputs' | 'targets') =>
    (splits[0]?.columns[kind] ?? []).map((_, c) => {
      const column = new Float64Array(rows)
      let next = 0
      for (const { columns, sampled } of splits) {
        const values = columns[kind][c] ?? new Float64Array(0)
        const count = sampled?.length ?? columns.rows
        for (let k = 0; k < count; k++) column[next++] = values[sampled?.[k] ?? k] as number
      }
      return column
    })
  return { rows, inputs: gather('inputs'), targets: gather('targets') }
}

/** Which row of the table a row of the split is. */
export function sourceRow({ source }: SampledSplit, row: number): number {
  return source?.[row] ?? row
}

export function sampleSize({ sampled, columns }: SampledSplit): number {
  return sampled?.length ?? columns.rows
}
