/** The numbers of a text's columns, read while its cells are walked over. A column with a cell of another kind has none. */
import type { NumberFormat } from '../../../../src-shared/kan/preprocessing'
import { readDecimal } from './decimal'
import { numberParser } from './number-format'

const SPACE = 32
const TAB = 9

const FIRST_ROWS = 64
/** Columns that are not longer share a buffer: one of its own is some 250 bytes more. */
const SHARED = 1024
const NO_ROWS = new Float64Array()

export class NumberColumns {
  /** NaN where a cell is empty; null where a column has none or is not asked for. */
  private columns: Column[]
  private readonly point: number
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
    values[this.row] = value
    // What is no plain number is NaN.
    if (value - value !== 0) this.takeOther(column, bytes, from, end)
  }

  /** A cell whose bytes are not known: it is too long. */
  giveUp(column: number): void {
    this.columns[column] = null
  }

  endRow(): void {
    this.row++
    if (this.row === this.room) this.grow()
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

  private takeOther(column: number, bytes: Buffer, from: number, end: number): void {
    const text = bytes.subarray(from, end)
    let [first, last] = [0, text.length]
    while (first < last && isSpace(text[first])) first++
    while (first < last && isSpace(text[last - 1])) last--
    const plain = readDecimal(text, first, last, this.point)
    const value = Number.isNaN(plain) ? this.parse(text.toString()) : plain
    const values = this.columns[column] as Float64Array
    if (Number.isFinite(value)) values[this.row] = value
    else this.columns[column] = null
  }

  private grow(): void {
    const held = this.columns.reduce((sum, values) => sum + (values === null ? 0 : 1), 0)
    if (2 * this.room * held > this.most) this.isTooMuch = true
    this.columns = this.isTooMuch ? this.columns.map(() => null) : withRows(this.columns, 2 * this.room)
    this.room *= 2
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
