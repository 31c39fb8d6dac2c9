/** Where the records and cells of a CSV file are, and what is wrong with them: one walk over its bytes. */

/** A cell by its data row and its column, both counted from 0. */
export interface CellIndex {
  readonly row: number
  readonly column: number
}

export interface ScanOptions {
  /** An ASCII character. */
  readonly delimiter: string
  /** Whether the first record holds names. */
  readonly header: boolean
  /** Cells whose lines are asked for, by row, then by column. */
  readonly find?: readonly CellIndex[]
}

export interface Scan {
  /** Data rows: records without the header. */
  readonly rows: number
  /** Fields of the first record. */
  readonly columns: number
  /** Lines before the first record, all of them empty. */
  readonly emptyLines: number
  /** Data cells of each column that hold nothing or only spaces. */
  readonly missing: readonly number[]
  /** Whether a data cell of a column begins with a 0 before another digit, as postal codes do. */
  readonly leadingZeros: readonly boolean[]
  /** Whether a column has a cell with an underscore, which DuckDB takes for a separator of digits. */
  readonly underscores: readonly boolean[]
  /** Bytes of the longest data cell of each column. */
  readonly longest: readonly number[]
  /** Bytes of the longest record. */
  readonly longestRecord: number
  readonly breaksInQuotes: boolean
  /** What is wrong first, as a sentence without the file's name, and how many further lines have a fault. */
  readonly fault: { readonly line: number; readonly message: string; readonly more: number } | null
  /** The line on which each cell of `find` begins, counted from 1. */
  readonly lines: readonly number[]
}

const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 34
const UNDERSCORE = 95
const ZERO = 48
const NINE = 57

/** Where in a field the next byte stands: at its start, in plain or quoted text, after a quote in quoted text, or behind the closing one. */
type State = 'start' | 'plain' | 'quoted' | 'quote' | 'closed'

/**
 * Walks a file chunk by chunk. Records end at \n, \r\n or \r outside quotes; a quote counts where a field begins and is
 * doubled inside; empty lines are no records, except between the records of a file with one column, where they are
 * empty cells.
 */
export class CsvScanner {
  private readonly delimiter: number
  private readonly find: readonly CellIndex[]
  private state: State = 'start'
  private line = 1
  private previous = 0
  private recordLine = 1
  private recordBytes = 0
  private field = 0
  private fieldLine = 1
  private fieldBytes = 0
  private fieldBlank = true
  private firstByte = 0
  private quoteLine = 1
  /** The row being read; the header is row −1. */
  private row: number
  private columns = 0
  private emptyLines = 0
  private emptyBreak = 0
  /** Empty lines since the last record of a file with one column: rows only if another record follows. */
  private pending: number[] = []
  private readonly missing: number[] = []
  private readonly leadingZeros: boolean[] = []
  private readonly underscores: boolean[] = []
  private readonly longest: number[] = []
  private longestRecord = 0
  private breaksInQuotes = false
  /** Line feeds anywhere; carriage returns alone outside quotes, and the line of the last one. */
  private feeds = 0
  private returns = 0
  private returnLine = 0
  private earlierReturnLine = 0
  private fault: { line: number; message: string } | null = null
  private faults = 0
  private readonly lines: number[] = []

  constructor({ delimiter, header, find = [] }: ScanOptions) {
    this.delimiter = delimiter.charCodeAt(0)
    this.find = find
    this.row = header ? -1 : 0
  }

  /** The line that the next byte stands on. */
  get currentLine(): number {
    return this.line
  }

  push(bytes: Uint8Array): void {
    const delimiter = this.delimiter
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (byte === LF || byte === CR) {
        this.lineBreak(byte)
        this.previous = byte
        continue
      }
      this.previous = byte
      this.recordBytes++
      switch (this.state) {
        case 'plain':
          if (byte === delimiter) this.endField()
          else {
            this.character(byte)
            if (this.fieldBytes > 2 && !this.fieldBlank) {
              const end = plainEnd(bytes, i + 1, delimiter)
              this.recordBytes += end - i - 1
              this.fieldBytes += end - i - 1
              i = end - 1
            }
          }
          break
        case 'start':
          if (byte === delimiter) this.endField()
          else if (byte === QUOTE && this.fieldBytes < 2) {
            this.state = 'quoted'
            this.quoteLine = this.line
            this.fieldBytes = 0
          } else {
            if (byte !== SPACE) this.state = 'plain'
            this.character(byte)
          }
          break
        case 'quoted':
          if (byte === QUOTE) this.state = 'quote'
          else this.character(byte)
          break
        case 'quote':
        case 'closed':
          if (byte === delimiter) this.endField()
          else if (byte === QUOTE && this.state === 'quote') {
            this.state = 'quoted'
            this.character(byte)
          } else if (byte === SPACE) this.state = 'closed'
          else {
            this.fail(this.line, 'has text after a closing quote; quotes inside a quoted cell are written twice')
            this.state = 'plain'
          }
          break
      }
    }
  }

  finish(): Scan {
    if (this.state === 'quoted') {
      this.fail(this.quoteLine, 'opens a quote that is never closed')
    }
    if (this.recordBytes > 0 || this.field > 0) this.endRecord()
    if (this.feeds > 0 && this.returns > 0) {
      this.fail(this.returnLine, 'ends with a carriage return alone, other lines with a line feed')
    }
    return {
      rows: Math.max(this.row, 0),
      columns: this.columns,
      emptyLines: this.emptyLines,
      missing: filled(this.missing, this.columns, 0),
      leadingZeros: filled(this.leadingZeros, this.columns, false),
      underscores: filled(this.underscores, this.columns, false),
      longest: filled(this.longest, this.columns, 0),
      longestRecord: this.longestRecord,
      breaksInQuotes: this.breaksInQuotes,
      fault: this.fault === null ? null : { ...this.fault, more: this.faults - 1 },
      lines: this.lines,
    }
  }

  /** A byte of a cell's text. */
  private character(byte: number): void {
    if (this.fieldBytes === 0) this.firstByte = byte
    else if (this.fieldBytes === 1 && this.firstByte === ZERO && byte >= ZERO && byte <= NINE && this.row >= 0) {
      this.leadingZeros[this.field] = true
    }
    this.fieldBytes++
    if (byte > SPACE) this.fieldBlank = false
    if (byte === UNDERSCORE) this.underscores[this.field] = true
  }

  private lineBreak(byte: number): void {
    const second = byte === LF && this.previous === CR
    if (!second) this.line++
    this.countBreak(byte, second)
    if (this.state === 'quoted') {
      this.breaksInQuotes = true
      this.recordBytes++
      this.character(byte)
    } else if (this.recordBytes > 0 || this.field > 0) this.endRecord()
    else if (!second) this.emptyLine(byte)
    if (this.state !== 'quoted') this.beginRecord()
  }

  /** A \r counts as a break of its own until the \n behind it is seen. */
  private countBreak(byte: number, second: boolean): void {
    if (byte === LF) this.feeds++
    if (this.state === 'quoted') return
    if (byte === CR) {
      this.returns++
      this.earlierReturnLine = this.returnLine
      this.returnLine = this.line - 1
    } else if (second) {
      this.returns--
      this.returnLine = this.earlierReturnLine
    }
  }

  private beginRecord(): void {
    this.recordLine = this.line
    this.recordBytes = 0
    this.fieldLine = this.line
  }

  private emptyLine(byte: number): void {
    if (this.columns === 0) {
      if (this.emptyLines > 0 && byte !== this.emptyBreak) {
        this.fail(1, 'and others at the start are empty, and end in different ways: remove them')
      }
      this.emptyBreak = byte
      this.emptyLines++
    } else if (this.columns === 1) this.pending.push(this.line - 1)
  }

  private endField(): void {
    if (this.pending.length > 0) this.takePending()
    if (this.row >= 0) this.measure(this.fieldBlank, this.fieldLine)
    this.field++
    this.fieldLine = this.line
    this.fieldBytes = 0
    this.fieldBlank = true
    this.state = 'start'
  }

  private endRecord(): void {
    // The line break that ends a record is counted already, and the field began before it.
    this.endField()
    if (this.columns === 0) this.columns = this.field
    else if (this.field !== this.columns) {
      const found = this.field === 1 ? '1 cell' : `${this.field} cells`
      this.fail(this.recordLine, `has ${found} where the first line has ${this.columns}`)
    }
    this.longestRecord = Math.max(this.longestRecord, this.recordBytes)
    this.field = 0
    this.row++
  }

  /** Empty lines between records of a file with one column are rows with an empty cell. */
  private takePending(): void {
    const lines = this.pending
    this.pending = []
    for (const line of lines) {
      if (this.row >= 0) this.measure(true, line)
      this.row++
    }
  }

  private measure(blank: boolean, line: number): void {
    const field = this.field
    if (blank) this.missing[field] = (this.missing[field] ?? 0) + 1
    if (this.fieldBytes > (this.longest[field] ?? 0)) this.longest[field] = this.fieldBytes
    const wanted = this.find[this.lines.length]
    if (wanted !== undefined && wanted.row === this.row && wanted.column === field) this.lines.push(line)
  }

  private fail(line: number, message: string): void {
    this.faults++
    this.fault ??= { line, message }
  }
}

/** Where plain text must be looked at again: at a delimiter, a line break or an underscore, or at the end of the chunk. */
function plainEnd(bytes: Uint8Array, from: number, delimiter: number): number {
  let i = from
  for (; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === delimiter || byte === LF || byte === CR || byte === UNDERSCORE) break
  }
  return i
}

function filled<T>(values: readonly (T | undefined)[], length: number, fill: T): T[] {
  return Array.from({ length }, (_, index) => values[index] ?? fill)
}
