/** Which rows of each split are looked at while training runs, so that looking costs little? */
import type { SplitName } from '../../../src-shared/contract/results'
import { random, shuffle } from '../../../src-shared/numerics/random'
import type { LoadedData } from '../data/load'
import { shortRows } from '../short-work'

/** Rows of a split at most; all splits together are short work. */
const MOST_ROWS = 2000
/** But this many in any case. */
const LEAST_ROWS = 50

export interface SampledSplit {
  readonly name: SplitName
  /** Of the whole split. */
  readonly rows: number
  /** Which rows of the raw data are looked at, ascending. */
  readonly sampled: Uint32Array
}

interface SampleOptions {
  readonly names?: readonly SplitName[]
  readonly most?: number
  /** How many times the work that is short. */
  readonly work?: number
}

/** Of the data and the network's size only: the same rows as long as a network trains, whatever it has learnt. */
export function sampleSplits(
  { rows, rowsOf }: LoadedData,
  parameters: number,
  { names = ['train', 'validation', 'test'], most = MOST_ROWS, work = 1 }: SampleOptions = {},
): readonly SampledSplit[] {
  const there = names.filter((name) => rows[name] > 0)
  const affordable = Math.floor((work * shortRows(parameters)) / there.length)
  const count = Math.max(LEAST_ROWS, Math.min(most, affordable))
  return there.map((name) => ({ name, rows: rows[name], sampled: sampleRows(rowsOf(name), count, name) }))
}

function sampleRows(rows: Uint32Array, most: number, name: SplitName): Uint32Array {
  if (rows.length <= most) return rows
  const places = shuffle(rows.length, random(0, `results ${name}`)).slice(0, most)
  return places.map((place) => rows[place] as number).sort()
}
