/** What is known of a table or of loaded data: enough to choose columns and to draw them. */
import type { Fingerprint } from '../kan/specification'

import type { CellType, ReadAction, ReadOptions } from './job'

/** A text of a column, trimmed, and how many of its cells hold it. */
export interface TextCount {
  readonly text: string
  readonly count: number
}

export interface ColumnSummary {
  readonly name: string
  readonly type: CellType
  readonly unit: string | null
  /** Cells without a value. */
  readonly missing: number
  /** Cells that have one which is not of the type. */
  readonly bad: number
  readonly distinct: number
  /** Of the finite values; of yes and no as 1 and 0, of dates as seconds since 1970 (UTC); null for text. */
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  readonly sum: number | null
  /** Counts in equal bins from min to max; empty where there are no figures. */
  readonly histogram: readonly number[]
  /** The most frequent texts of a column of text or of yes and no, at most 50. */
  readonly values: readonly TextCount[]
  /** Likely codes for missing that count as values or as bad: −999, ?, n/a … */
  readonly suspects: readonly TextCount[]
}

/** How a table was read: every field settled, null where it does not apply. */
export interface ReadReport {
  readonly format: string
  readonly delimiter: string | null
  readonly quote: '"' | "'" | null
  readonly decimal: '.' | ','
  readonly thousands: '' | ',' | '.' | ' ' | "'" | '_'
  readonly encoding: string | null
  readonly header: boolean
  readonly skipLines: number
  readonly comment: string
  readonly units: boolean
  readonly missing: readonly string[]
  readonly sheet: string | null
  /** Of a workbook; empty for other formats. */
  readonly sheets: readonly string[]
  readonly dates: NonNullable<ReadOptions['dates']> | null
}

/** Cells or lines that cannot be taken as they stand, of one kind. */
export interface TableProblem {
  readonly kind: 'not-number' | 'not-boolean' | 'not-date' | 'too-long-integer' | 'short-line' | 'long-line'
  /** Null for lines. */
  readonly column: string | null
  /** The cell, trimmed; null for lines, and for what is left over where a column has very many different ones. */
  readonly text: string | null
  readonly count: number
  /** The first 100: 'line 7'. */
  readonly places: readonly string[]
  /** What is done now. */
  readonly action: ReadAction
}

export interface TableSummary {
  /** Absolute. */
  readonly file: string
  readonly rows: number
  /** How the file was read. */
  readonly read: ReadReport
  readonly columns: readonly ColumnSummary[]
  /** The first rows as text, as they stand in the file; null where a cell is empty. */
  readonly head: readonly (readonly (string | null)[])[]
  readonly problems: readonly TableProblem[]
  /** What was understood that a person should know, one sentence each. */
  readonly notes: readonly string[]
}

/** How a table begins. */
export interface TablePreview {
  readonly read: ReadReport
  readonly names: readonly string[]
  /** Of each column; null where none is written. */
  readonly units: readonly (string | null)[]
  /** The first rows, at most 100, as text. */
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

/** How a text with delimiters is written. */
export interface TextDialect {
  readonly delimiter: string
  readonly decimal: '.' | ','
  /** Whether a byte-order mark comes first. */
  readonly mark: boolean
}

/** A column of a table to be written. */
export interface TableColumn {
  readonly name: string
  /** NaN and null where a cell is empty. */
  readonly cells: Float64Array | readonly (string | null)[]
}
