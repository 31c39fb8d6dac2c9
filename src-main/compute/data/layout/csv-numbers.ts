/** The numbers of a text's columns, read while its cells are walked over. A column with a cell of another kind has none. */
import type { NumberFormat } from '../../../../src-shared/kan/preprocessing'
import { readDecimal } from './decimal'
import { numberParser } from './number-format'

const SPACE = 32
const TAB = 9

const FIRST_ROWS = 64
/** Columns that are not longer share a buffer: one of its own is some 250 bytes more. */
const SHARED = 1024
/** Rows may be shorter further down. */
const MARGIN = 1.05
const NO_ROWS = new Float64Array()

export class NumberColumns {
  /** NaN where a cell is empty; null where a column has none or is not asked for. */
  private columns: Column[]
  /** The byte of the decimal sign. */
  readonly point: number
  private readonly parse: (text: string) => number
  private row = 0
  private room = FIRST_ROWS
  private isTooMuch = false

  /**
   * @param wanted for each column whether it is asked for
   * @param most   numbers that may be held: where there would be more, all are given up
   */
  constructor(
    wanted: readonly boolean[],
    format: NumberFormat,
    private readonly most = Number.POSITIVE_INFINITY,
  ) {
    this.columns = withRows(
      wanted.map((is) => (is ? NO_ROWS : null)),
      FIRST_ROWS,
    )
    this.point = format.decimal.charCodeAt(0)
    this.parse = numberParser(format)
  }

  /** A cell that is not blank. */
  take(column: number, bytes: Buffer, from: number, end: number): void {
    const values = this.columns[column] as Column
    if (values === null) return
    const value = readDecimal(bytes, from, end, this.point)
    // What is no plain number is NaN.
    values[this.row] = value - value === 0 ? value : (this.read(column, bytes, from, end) ?? Number.NaN)
  }

  /** Makes room for all rows at once, of which those so far are about this share. */
  expect(share: number): void {
    const rows = Math.ceil((MARGIN * this.row) / share)
    if (rows > this.room) this.grow(rows)
  }

  /** Whether a column is wanted, and all of its cells so far are numbers. */
  asks(column: number): boolean {
    return this.columns[column] !== null
  }

  /** Whole rows: of each column that is asked for, its numbers. */
  takeRows(rows: number, valuesOf: (column: number) => Float64Array): void {
    while (this.row + rows >= this.room) this.grow(2 * this.room)
    for (const [column, values] of this.columns.entries()) values?.set(valuesOf(column), this.row)
    this.row += rows
  }

  /** A cell that is not written plainly: its number, or null where it is none and its column holds none from now on. */
  read(column: number, bytes: Buffer, from: number, end: number): number | null {
    const text = bytes.subarray(from, end)
    let [first, last] = [0, text.length]
    while (first < last && isSpace(text[first])) first++
    while (first < last && isSpace(text[last - 1])) last--
    const plain = readDecimal(text, first, last, this.point)
    const value = Number.isNaN(plain) ? this.parse(text.toString()) : plain
    if (Number.isFinite(value)) return value
    this.columns[column] = null
    return null
  }

  /** A cell whose bytes are not known: it is too long. */
  giveUp(column: number): void {
    this.columns[column] = null
  }

  endRow(): void {
    this.row++
    if (this.row === this.room) this.grow(2 * this.room)
  }

  /** Leaves out the row being read. */
  forget(): void {
    for (const values of this.columns) if (values !== null) values[this.row] = Number.NaN
  }

  /** All rows, null where they are too many; nothing is to be taken after this. */
  finish(): Column[] | null {
    if (this.isTooMuch) return null
    return withRows(this.columns, this.row)
  }

  private grow(room: number): void {
    const held = this.columns.reduce((sum, values) => sum + (values === null ? 0 : 1), 0)
    if (room * held > this.most) this.isTooMuch = true
    this.columns = this.isTooMuch ? this.columns.map(() => null) : withRows(this.columns, room)
    this.room = room
  }
}

type Column = Float64Array<ArrayBuffer> | null

/** Columns with fewer rows or with more, which are NaN. They are the only ones to be used from then on. */
function withRows(columns: readonly Column[], rows: number): Column[] {
  if (rows > SHARED) return columns.map((values) => values && resized(values, rows))
  const there = columns.filter((values) => values !== null).length
  const shared = new Float64Array(rows * there).fill(Number.NaN)
  let at = 0
  return columns.map((values) => {
    if (values === null) return null
    const own = shared.subarray(at, at + rows)
    own.set(values.subarray(0, rows))
    at += rows
    return own
  })
}

function resized(values: Float64Array<ArrayBuffer>, rows: number): Float64Array<ArrayBuffer> {
  const { length } = values
  const isShared = values.byteLength < values.buffer.byteLength
  const moved = new Float64Array((isShared ? values.slice() : values).buffer.transfer(8 * rows))
  return rows > length ? moved.fill(Number.NaN, length) : moved
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB
}
