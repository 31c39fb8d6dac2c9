/** A data set before it is split and coded, whether read or generated. */
import type { DateOrder, NumberFormat } from '../../../../src-shared/kan/preprocessing'
import type { Fingerprint } from '../../../../src-shared/kan/specification'

/** Stands in `codes` where a value is missing. */
export const NO_CODE = 0xffffffff

/** A column as its cells are understood. */
export type RawColumn = RawNumbers | RawTexts

export interface RawNumbers {
  readonly type: 'number' | 'boolean' | 'date'
  readonly name: string
  /** NaN where a value is missing; 1 is yes and 0 is no; dates are seconds since 1970, UTC. */
  readonly values: Float64Array
  /** Of dates: how the table writes them. */
  readonly order?: DateOrder | null
  /** What stands behind or before its numbers. Those with % are hundredths. */
  readonly unit?: string | null
  /** The unit that the table's head gives them. */
  readonly headUnit?: string | null
  /** Of yes and no: how the table writes no, and yes. */
  readonly words?: readonly [string, string]
}

export interface RawTexts {
  readonly type: 'category'
  readonly name: string
  /** The different texts, trimmed, in order of their first appearance. */
  readonly texts: readonly string[]
  /** Which of the texts stands in each row; NO_CODE where a value is missing. */
  readonly codes: Uint32Array
}

/** The one copy of its numbers that is kept. */
export interface RawData {
  readonly name: string
  readonly fingerprint: Fingerprint | null
  readonly rows: number
  readonly inputs: readonly RawColumn[]
  readonly targets: readonly RawNumbers[]
  /** The column of labels that all targets were made of; null where each is a column of its own. */
  readonly labels: string | null
  /** What the split looks at; null where it looks at nothing but the order of the rows. */
  readonly splitBy: RawColumn | null
  /** How the table writes its numbers; null where nothing there tells, or rows are made. */
  readonly numbers: NumberFormat | null
  /** How the table was understood, and what became of rows and cells, one sentence each. */
  readonly notes: readonly string[]
  /** Which row of the table each row is, from 0, ascending; null where every row of the table is here. */
  readonly tableRows: Uint32Array | null
  /** Where a row, or its cell of a column, stands, as a person finds it: `table.csv, column 'x', line 7`. */
  readonly place: (row: number, column?: string) => Promise<string>
}

/** Whether a number is missing. Asked of millions of rows, so it is a loop. */
export function hasGaps(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) return true
  return false
}

export function isMissing(column: RawColumn, row: number): boolean {
  return column.type === 'category' ? column.codes[row] === NO_CODE : Number.isNaN(column.values[row])
}

export function countMissing(column: RawColumn): number {
  const length = column.type === 'category' ? column.codes.length : column.values.length
  let count = 0
  for (let row = 0; row < length; row++) if (isMissing(column, row)) count++
  return count
}
