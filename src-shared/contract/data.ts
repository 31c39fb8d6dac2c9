/** What is known of a table or of loaded data: enough to choose columns and to draw them. */
import type { Fingerprint } from '../kan/specification'

export interface ColumnSummary {
  readonly name: string
  readonly type: 'number' | 'text' | 'boolean' | 'date'
  readonly missing: number
  readonly distinct: number
  /** Of the finite values; null where the column is not a number. */
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  readonly sum: number | null
  /** Counts in equal bins from min to max; empty where the column is not a number. */
  readonly histogram: readonly number[]
}

export interface TableSummary {
  readonly file: string
  readonly rows: number
  /** How the file was read. */
  readonly read: Readonly<Record<string, unknown>>
  readonly columns: readonly ColumnSummary[]
  /** The first rows as text, as they stand in the file. */
  readonly head: readonly (readonly (string | null)[])[]
}

export interface DataSummary {
  /** Of the file, to know it again; null where the rows are made. */
  readonly fingerprint: Fingerprint | null
  /** The file's or the generator's name. */
  readonly name: string
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number }
  readonly inputs: readonly ColumnSummary[]
  readonly targets: readonly ColumnSummary[]
  /** What a person should know: constant columns, a split that was too small, … one sentence each. */
  readonly notes: readonly string[]
}

/** The distribution of the values that reach one input of a layer. */
export interface Distribution {
  readonly minimum: number
  readonly maximum: number
  readonly counts: Uint32Array
}

/** A column of a table to be written. */
export interface TableColumn {
  readonly name: string
  /** NaN and null where a cell is empty. */
  readonly cells: Float64Array | readonly (string | null)[]
}
