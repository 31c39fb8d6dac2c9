/** How is an irregular text rewritten as a regular one? Rows of equal length with commas, quoted where needed. */

const COMMA = 44
const QUOTE = 34
const LF = 10
const CR = 13
const SPACE = 32

/** Collects the cells of rows and writes those that are kept. */
export class CleanCopy {
  private readonly columns: number
  private cells = new Uint8Array(1 << 12)
  private length = 0
  private ends: number[] = []
  private output = new Uint8Array(1 << 21)
  private filled = 0
  private flushed = 0

  /** @param columns of a regular row */
  constructor(columns: number) {
    this.columns = columns
  }

  /** Bytes of the copy so far: where the next row begins. */
  get written(): number {
    return this.flushed + this.filled
  }

  byte(byte: number): void {
    if (this.length === this.cells.length) this.cells = grown(this.cells, this.length + 1)
    this.cells[this.length++] = byte
  }

  range(bytes: Uint8Array, from: number, to: number): void {
    const length = this.length + to - from
    if (length > this.cells.length) this.cells = grown(this.cells, length)
    this.cells.set(bytes.subarray(from, to), this.length)
    this.length = length
  }

  /** What stands before an opening quote is no part of the cell. */
  beginQuoted(): void {
    this.length = this.ends.at(-1) ?? 0
  }

  endField(): void {
    this.ends.push(this.length)
  }

  /** The unfinished cell, taken away, and put back. */
  takeCell(): Uint8Array {
    const cell = this.cells.slice(this.ends.at(-1) ?? 0, this.length)
    this.length = this.ends.at(-1) ?? 0
    return cell
  }

  putCell(cell: Uint8Array): void {
    this.range(cell, 0, cell.length)
  }

  endRow(): void {
    const most = 2 * this.length + 3 * this.columns + 2
    if (this.filled + most > this.output.length) this.output = grown(this.output, this.filled + most)
    let from = 0
    for (let column = 0; column < this.columns; column++) {
      if (column > 0) this.output[this.filled++] = COMMA
      const to = this.ends[column] ?? from
      this.writeCell(from, to)
      from = to
    }
    this.output[this.filled++] = LF
    this.forget()
  }

  /** Leaves the record out. */
  forget(): void {
    this.length = 0
    this.ends.length = 0
  }

  /** What was written since the last time. */
  take(): Uint8Array {
    const taken = this.output.slice(0, this.filled)
    this.flushed += this.filled
    this.filled = 0
    return taken
  }

  /** Alone on its line, such a cell would be taken for no record. */
  private isBlank(from: number, to: number): boolean {
    for (let k = from; k < to; k++) if ((this.cells[k] as number) > SPACE) return false
    return true
  }

  private writeCell(from: number, to: number): void {
    const { cells } = this
    let needsQuotes = this.columns === 1 && this.isBlank(from, to)
    for (let k = from; k < to && !needsQuotes; k++) {
      const byte = cells[k]
      needsQuotes = byte === COMMA || byte === QUOTE || byte === LF || byte === CR
    }
    const { output } = this
    if (!needsQuotes) {
      for (let k = from; k < to; k++) output[this.filled++] = cells[k] as number
      return
    }
    output[this.filled++] = QUOTE
    for (let k = from; k < to; k++) {
      if (cells[k] === QUOTE) output[this.filled++] = QUOTE
      output[this.filled++] = cells[k] as number
    }
    output[this.filled++] = QUOTE
  }
}

function grown(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * bytes.length, least))
  larger.set(bytes)
  return larger
}
