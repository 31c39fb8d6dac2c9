/** The rows that the open document trains on, as the window looks at them. */
import type { ColumnCoding, OutputCoding } from '../kan/preprocessing'
import type { TextCount } from './data'
import type { SplitName } from './results'

/** The whole table that the rows come from; a generator's own columns where there is none. */
export interface DataTable {
  readonly names: readonly string[]
  readonly rows: number
}

export interface DataRow {
  /** As they stand in the file; null where one is empty. */
  readonly cells: readonly (string | null)[]
  /** Null where the row is left out. */
  readonly part: SplitName | null
}

/** How closely a column goes with a target, by a sample of the rows; null where that is undefined. */
export type Strength =
  | { readonly type: 'number'; readonly pearson: number | null; readonly rank: number | null }
  /** The correlation ratio η of a category. */
  | { readonly type: 'category'; readonly ratio: number | null }

/** A column that is used, as it stands in a list of thousands. */
export interface DataColumn {
  readonly name: string
  readonly role: 'input' | 'target'
  readonly kind: 'number' | 'boolean' | 'date' | 'category'
  /** Of its values; null where there is none. */
  readonly unit: string | null
  readonly missing: number
  /** Whether all rows have the same value. */
  readonly constant: boolean
  /** The first column that is the same in every row; null where there is none. */
  readonly twin: string | null
  /** Rows whose value lies outside of the grid of its input; null where there is no grid, or not one for the column's own values. */
  readonly outside: number | null
  readonly strength: Strength
}

export interface DataColumns {
  /** Used rows: a number of them may have been left out of the table. */
  readonly rows: number
  /** Rows that the strengths are of. */
  readonly sampled: number
  readonly targets: readonly string[]
  readonly target: number
  /** The inputs, then the targets. */
  readonly columns: readonly DataColumn[]
}

/** Where in {@link DataColumns} a column is, and the target that it is shown against. */
export interface DataColumnRequest {
  readonly column: number
  readonly target: number
}

/** One column, in its own unit. */
export interface DataColumnView {
  readonly name: string
  readonly kind: DataColumn['kind']
  /** Of an input: how it is coded, a coding for each part of a date. */
  readonly codings: readonly ColumnCoding[]
  /** Of a target. */
  readonly output: OutputCoding | null
  readonly distinct: number
  /** Null of a category. */
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  /** Counts in equal bins from min to max. */
  readonly histogram: readonly number[]
  /** The most frequent values of a category. */
  readonly values: readonly TextCount[]
  /** What the grid of its input reaches over, and how many values lie below and above. */
  readonly grid: { readonly low: number; readonly high: number; readonly below: number; readonly above: number } | null
  readonly points: DataPoints
}

/** Sampled rows, always the same ones. */
export interface DataPoints {
  /** Of the used rows. */
  readonly rows: number
  /** The column's values, of a category the place in `texts`; NaN where one is missing. */
  readonly x: Float64Array
  readonly texts: readonly string[]
  /** The target. */
  readonly y: Float64Array
  /** What the network says; null before it has learnt, or where it does not fit. */
  readonly predicted: Float64Array | null
}
