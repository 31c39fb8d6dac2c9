/** Where the records and cells of a delimited text are, and what is irregular in it: one walk over its bytes. */

import type { CleanCopy } from './clean-copy'
import { type Evidence, noEvidence, SILENT, Sign, signTable, TELLING, weigh } from './csv-signs'
import { RowOffsets } from './row-offsets'

/** A cell by its data row and its column, both counted from 0. */
export interface CellIndex {
  readonly row: number
  readonly column: number
}

export interface ScanOptions {
  /** An ASCII character; a space stands for runs of spaces and tabs. */
  readonly delimiter: string
  readonly skipLines: number
  /** Lines that begin with it are left out; '' for none. */
  readonly comment: string
  /** Records before the rows. */
  readonly leads: number
  /** Cells of a regular record. */
  readonly columns: number
  /** Whether rows with too few or too many cells are left out. */
  readonly drops: { readonly short: boolean; readonly long: boolean }
  /** Cells whose lines are asked for, by row, then by column. */
  readonly find?: readonly CellIndex[]
  /** Receives the cells of all rows. */
  readonly copy?: CleanCopy
}

/** Lines that have a fault in common. */
export interface Faults {
  readonly count: number
  /** The first of them, counted from 1. */
  readonly lines: readonly number[]
  /** Cells of the first of them. */
  readonly cells: number
}

export interface Scan {
  /** Data rows. */
  readonly rows: number
  /** Rows all of whose cells are empty. */
  readonly emptyRows: number
  /** Whether rows have empty cells beyond the regular ones. */
  readonly emptyExtras: boolean
  /** Whether the text is regular as it stands, but for the names: no skipped lines, comments or uneven rows. */
  readonly plain: boolean
  readonly short: Faults
  readonly long: Faults
  /** Data cells of each column that hold nothing or only spaces. */
  readonly missing: readonly number[]
  /** Whether a data cell of a column begins with a 0 before another digit, as postal codes do. */
  readonly leadingZeros: readonly boolean[]
  /** Whether a cell of a column cannot be a number: it has no digit, or a + or − that begins neither it nor an exponent. */
  readonly unlikeNumbers: readonly boolean[]
  /** Which signs the cells of a column have. */
  readonly signs: readonly number[]
  readonly evidence: readonly (Evidence | null)[]
  /** Bytes of the longest data cell of each column. */
  readonly longest: readonly number[]
  /** Bytes of the longest record. */
  readonly longestRecord: number
  readonly breaksInQuotes: boolean
  /** Where rows begin in the text. */
  readonly offsets: RowOffsets
  /** What cannot be read first, as a sentence without the file's name, and how many further lines have a fault. */
  readonly fault: { readonly line: number; readonly message: string; readonly more: number } | null
  /** The line on which each cell of `find` begins, counted from 1. */
  readonly lines: readonly number[]
}

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const QUOTE = 34
const PLUS = 43
const MINUS = 45
const EXPONENT = 101
/** Makes a letter small. */
const SMALL = 32
const ZERO = 48
const NINE = 57

/** Looked up once, not for every byte. */
const STOP = Sign.stop

/** Numbers are not longer. */
const TELLING_LENGTH = 40
/** So many cells that can be read in one way only settle what a column says. */
const SETTLED = 1000
const PLACES = 100

/** What tells at a glance that a cell can be a number. */
const NUMERAL = Sign.digit | Sign.plusMinus

const isDigit = (byte: number) => byte >= ZERO && byte <= NINE

/** Where in a field the next byte stands: at its start, in plain or quoted text, after a quote in quoted text, or behind the closing one. */
type State = 'skipped' | 'comment' | 'start' | 'plain' | 'quoted' | 'quote' | 'closed'

/**
 * Walks a text chunk by chunk. Records end at \n, \r\n or \r outside quotes; a quote counts where a field begins and is
 * doubled inside; lines that are empty or blank are no records, except between the records of a table with one column,
 * where they are empty cells.
 */
export class CsvScanner {
  private readonly delimiter: number
  private readonly runs: boolean
  private readonly table: Uint16Array
  private readonly comment: Buffer
  private readonly columns: number
  private readonly drops: ScanOptions['drops']
  private readonly copy: CleanCopy | null
  private readonly find: readonly CellIndex[]
  private state: State
  private skipLines: number
  /** Bytes before the chunk, and bytes at its end that may begin a comment. */
  private base: number
  private held: Uint8Array = new Uint8Array()
  private line = 1
  private previous = 0
  private recordLine = 1
  private recordStart: number
  private recordBytes = 0
  private recordBlank = true
  private recordWrittenExtra = false
  private linesBefore = 0
  private blanks: number[] = []
  private field = 0
  private fieldLine = 1
  private fieldBytes = 0
  private fieldBlank = true
  private fieldQuoted = false
  private fieldSigns = 0
  /** Where the field begins in the chunk, and what of it stood in the chunk before. */
  private fieldStart = 0
  private fieldHead: Uint8Array | null = null
  private firstByte = 0
  private quoteLine = 1
  /** The row being read; names and units have negative ones. */
  private row: number
  private emptyRows = 0
  private emptyExtras = false
  private plain = true
  /** Empty lines since the last record of a table with one column: rows only if another record follows. */
  private pending: { line: number; start: number }[] = []
  private readonly missing: number[]
  private readonly leadingZeros: Uint8Array
  private readonly unlikeNumbers: Uint8Array
  private readonly signs: Uint16Array
  private readonly evidence: (Evidence | null)[]
  private readonly settled: Uint8Array
  private readonly longest: Float64Array
  private longestRecord = 0
  private breaksInQuotes = false
  /** Line feeds anywhere; carriage returns alone outside quotes. */
  private feeds = 0
  private returns = 0
  private readonly short = { count: 0, lines: [] as number[], cells: 0 }
  private readonly long = { count: 0, lines: [] as number[], cells: 0 }
  private fault: { line: number; message: string } | null = null
  private faults = 0
  private readonly offsets = new RowOffsets()
  private readonly lines: number[] = []

  /** @param base bytes of the text that are not pushed, such as a byte-order mark */
  constructor({ delimiter, skipLines, comment, leads, columns, drops, find = [], copy }: ScanOptions, base = 0) {
    this.delimiter = delimiter.charCodeAt(0)
    this.runs = delimiter === ' '
    this.table = signTable([this.delimiter, LF, CR, ...(this.runs ? [TAB] : [])])
    this.comment = Buffer.from(comment)
    this.columns = columns
    this.drops = drops
    this.find = find
    this.copy = copy ?? null
    this.skipLines = skipLines
    this.state = skipLines > 0 ? 'skipped' : 'start'
    this.base = base
    this.recordStart = base
    this.row = -leads
    if (skipLines > 0 || leads > 1 || this.runs) this.plain = false
    this.missing = new Array<number>(columns).fill(0)
    this.leadingZeros = new Uint8Array(columns)
    this.unlikeNumbers = new Uint8Array(columns)
    this.signs = new Uint16Array(columns)
    this.evidence = new Array<Evidence | null>(columns).fill(null)
    this.settled = new Uint8Array(columns)
    this.longest = new Float64Array(columns)
  }

  push(chunk: Uint8Array): void {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
    this.held = new Uint8Array()
    const { delimiter, runs, comment } = this
    this.fieldStart = 0
    let i = 0
    for (; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (byte > SPACE && this.mayLeap() && (this.recordBytes > 0 || byte !== comment[0])) {
        const next = this.plainFields(bytes, i)
        if (next > i) {
          this.previous = delimiter
          i = next - 1
          continue
        }
      }
      if (byte === LF || byte === CR) {
        this.lineBreak(byte, bytes, i)
        this.previous = byte
        continue
      }
      this.previous = byte
      if (this.state === 'skipped' || this.state === 'comment') continue
      if (comment.length > 0 && this.recordBytes === 0 && this.state === 'start' && byte === comment[0]) {
        if (i + comment.length > bytes.length) break
        if (comment.every((other, k) => bytes[i + k] === other)) {
          this.state = 'comment'
          this.plain = false
          continue
        }
      }
      this.recordBytes++
      const separates = byte === delimiter || (runs && byte === TAB)
      switch (this.state) {
        case 'plain':
          if (separates) this.endField(bytes, i)
          else {
            this.character(byte)
            if (this.fieldBytes > 2 && !this.fieldBlank) {
              i = this.plainRest(bytes, i + 1) - 1
            }
          }
          break
        case 'start':
          if (separates) {
            if (!runs) this.endField(bytes, i)
          } else if (byte === QUOTE && this.fieldBytes < 2) {
            this.state = 'quoted'
            this.quoteLine = this.line
            this.fieldBytes = 0
            this.fieldQuoted = true
            this.copy?.beginQuoted()
            this.fieldStart = i + 1
          } else if (this.fieldBytes === 0 && byte > SPACE) {
            this.fieldStart = i
            i = this.plainText(bytes, i) - 1
          } else {
            if (this.fieldBytes === 0) this.fieldStart = i
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
          if (separates) this.endField(bytes, i)
          else if (byte === QUOTE && this.state === 'quote') {
            this.state = 'quoted'
            this.fieldSigns |= Sign.other
            this.character(byte)
          } else if (byte === SPACE) this.state = 'closed'
          else {
            this.fail(this.line, 'has text after a closing quote; quotes inside a quoted cell are written twice')
            this.state = 'plain'
          }
          break
      }
    }
    if (i < bytes.length) {
      this.held = bytes.slice(i)
      this.base += i
    } else this.base += bytes.length
    this.keepHead(bytes, i)
  }

  finish(): Scan {
    if (this.held.length > 0) {
      const rest = this.held
      this.held = new Uint8Array()
      // Too short for a comment: a further byte that ends the line lets it be read as text.
      this.push(Buffer.concat([rest, Buffer.alloc(Math.max(0, this.comment.length - rest.length), LF)]))
    }
    if (this.state === 'quoted') this.fail(this.quoteLine, 'opens a quote that is never closed')
    if (this.recordBytes > 0 || this.field > 0) this.endRecord(new Uint8Array(), 0)
    if (this.feeds > 0 && this.returns > 0) this.plain = false
    if (this.columns === 1 && (this.missing[0] ?? 0) > 0) this.plain = false
    return {
      rows: Math.max(this.row, 0),
      emptyRows: this.emptyRows,
      emptyExtras: this.emptyExtras,
      plain: this.plain,
      short: this.short,
      long: this.long,
      missing: this.missing,
      leadingZeros: Array.from(this.leadingZeros, (found) => found === 1),
      unlikeNumbers: Array.from(this.unlikeNumbers, (found) => found === 1),
      signs: [...this.signs],
      evidence: this.evidence,
      longest: [...this.longest],
      longestRecord: this.longestRecord,
      breaksInQuotes: this.breaksInQuotes,
      offsets: this.offsets,
      fault: this.fault === null ? null : { ...this.fault, more: this.faults - 1 },
      lines: this.lines,
    }
  }

  /** Whether plain fields may be taken at once: at the beginning of one, in a row where no cell is sought. */
  private mayLeap(): boolean {
    if (this.state !== 'start' || this.fieldBytes > 0 || this.row < 0 || this.runs) return false
    const wanted = this.find[this.lines.length]
    return wanted === undefined || wanted.row > this.row
  }

  /**
   * Takes fields that are empty or plain text, up to the last of the record or one that must be looked at byte by byte. It
   * does what the steps do that it spares, and is where nearly all time goes.
   */
  private plainFields(bytes: Uint8Array, from: number): number {
    const { table, delimiter, signs, longest, settled, copy } = this
    const last = this.columns - 1
    const { length } = bytes
    let field = this.field
    let at = from
    for (; field < last && at < length; field++) {
      const first = bytes[at] as number
      if (first === delimiter) {
        this.blanks.push(field)
        copy?.endField()
        at++
        continue
      }
      if (first <= SPACE || first === QUOTE) break
      let end = at
      let found = 0
      for (; end < length; end++) {
        const sign = table[bytes[end] as number] as number
        if (sign >= STOP) break
        found |= sign
      }
      if (end === length || bytes[end] !== delimiter) break
      if (first === ZERO && end > at + 1 && isDigit(bytes[at + 1] as number)) this.leadingZeros[field] = 1
      signs[field] = (signs[field] as number) | found
      if ((found & NUMERAL) !== Sign.digit && isUnlikeNumber(bytes, at, end, found)) this.unlikeNumbers[field] = 1
      if (end - at > (longest[field] as number)) longest[field] = end - at
      if (settled[field] === 0 && (found & TELLING) !== 0 && (found & SILENT) === 0) {
        this.field = field
        this.weighField(bytes.subarray(at, end), found)
      }
      copy?.range(bytes, at, end)
      copy?.endField()
      this.recordBlank = false
      at = end + 1
    }
    this.field = field
    this.recordBytes += at - from
    return at
  }

  /** Takes a field from its first byte to where it ends or must be looked at again, and says where that is. */
  private plainText(bytes: Uint8Array, from: number): number {
    const first = bytes[from] as number
    const second = bytes[from + 1] ?? 0
    if (first === ZERO && isDigit(second) && this.row >= 0) this.leadingZeros[this.field] = 1
    this.firstByte = first
    this.fieldBlank = false
    this.state = 'plain'
    this.recordBytes--
    return this.plainRest(bytes, from)
  }

  private plainRest(bytes: Uint8Array, from: number): number {
    const { table } = this
    let end = from
    let signs = 0
    for (; end < bytes.length; end++) {
      const sign = table[bytes[end] as number] as number
      if (sign >= STOP) break
      signs |= sign
    }
    this.fieldSigns |= signs
    this.recordBytes += end - from
    this.fieldBytes += end - from
    this.copy?.range(bytes, from, end)
    return end
  }

  /** A byte of a cell's text. */
  private character(byte: number): void {
    if (this.fieldBytes === 0) this.firstByte = byte
    else if (this.fieldBytes === 1 && this.firstByte === ZERO && isDigit(byte) && this.row >= 0) {
      this.leadingZeros[this.field] = 1
    }
    this.fieldBytes++
    if (byte > SPACE) this.fieldBlank = false
    this.fieldSigns |= (this.table[byte] as number) & ~STOP
    this.copy?.byte(byte)
  }

  private lineBreak(byte: number, bytes: Uint8Array, i: number): void {
    const second = byte === LF && this.previous === CR
    if (!second) this.line++
    if (byte === LF) this.feeds++
    if (this.state === 'quoted') {
      this.breaksInQuotes = true
      this.recordBytes++
      this.character(byte)
      return
    }
    if (byte === CR) this.returns++
    else if (second) this.returns--
    if (this.state === 'skipped') {
      // The \n of \r\n belongs to the line before it.
      if (!second) this.skipLines--
      if (this.skipLines === 0) this.state = 'start'
    } else if (this.state === 'comment') this.state = 'start'
    else if (this.recordBytes > 0 || this.field > 0) this.endRecord(bytes, i)
    else if (!second) this.emptyLine()
    this.recordStart = this.base + i + 1
    this.recordLine = this.line
    this.recordBytes = 0
    this.fieldLine = this.line
  }

  private emptyLine(): void {
    if (this.row < 0 || this.columns > 1) {
      if (this.row <= 0) this.plain = false
    } else this.pending.push({ line: this.line - 1, start: this.recordStart })
  }

  private endField(bytes: Uint8Array, end: number): void {
    if (this.pending.length > 0) this.takePending()
    if (this.row >= 0) this.measure(bytes, end)
    this.copy?.endField()
    this.field++
    this.fieldLine = this.line
    this.fieldBytes = 0
    this.fieldBlank = true
    this.fieldQuoted = false
    this.fieldSigns = 0
    this.fieldHead = null
    this.state = 'start'
  }

  private endRecord(bytes: Uint8Array, end: number): void {
    const isOpen = this.field === 0 || !this.runs || this.state !== 'start' || this.fieldBytes > 0
    const isBlankLine = this.field === 0 && this.fieldBlank && !this.fieldQuoted && this.columns > 1
    if (isBlankLine) {
      this.plain = false
      this.copy?.forget()
      this.fieldBytes = 0
      this.fieldSigns = 0
      this.fieldHead = null
      this.state = 'start'
      return
    }
    // The line break that ends a record is counted already, and the field began before it.
    if (isOpen) this.endField(bytes, end)
    this.state = 'start'
    if (this.row >= 0) this.endRow()
    else {
      if (this.field !== this.columns) this.plain = false
      this.copy?.forget()
      this.row++
    }
    this.longestRecord = Math.max(this.longestRecord, this.recordBytes)
    this.field = 0
  }

  private endRow(): void {
    const dropped = this.field === this.columns ? false : this.isDropped()
    if (dropped) {
      this.lines.length = this.linesBefore
      this.copy?.forget()
    } else {
      for (const column of this.blanks) this.missing[column] = (this.missing[column] ?? 0) + 1
      for (let column = this.field; column < this.columns; column++) {
        this.missing[column] = (this.missing[column] ?? 0) + 1
        this.locate(column, this.recordLine)
      }
      if (this.recordBlank) this.emptyRows++
      this.offsets.add(this.row, this.copy?.written ?? this.recordStart)
      this.copy?.endRow()
      this.row++
    }
    this.blanks.length = 0
    this.recordBlank = true
    this.recordWrittenExtra = false
    this.linesBefore = this.lines.length
  }

  /** Whether a row of another length is left out. */
  private isDropped(): boolean {
    this.plain = false
    const isShort = this.field < this.columns
    if (!isShort && !this.recordWrittenExtra) {
      this.emptyExtras = true
      return false
    }
    const faults = isShort ? this.short : this.long
    if (faults.count === 0) faults.cells = this.field
    faults.count++
    if (faults.lines.length < PLACES) faults.lines.push(this.recordLine)
    return isShort ? this.drops.short : this.drops.long
  }

  /** Empty lines between records of a table with one column are rows with an empty cell. */
  private takePending(): void {
    const lines = this.pending
    this.pending = []
    const quoted = this.copy?.takeCell()
    for (const { line, start } of lines) {
      this.locate(0, line)
      this.missing[0] = (this.missing[0] ?? 0) + 1
      this.emptyRows++
      this.offsets.add(this.row, this.copy?.written ?? start)
      this.copy?.endField()
      this.copy?.endRow()
      this.row++
    }
    this.linesBefore = this.lines.length
    if (quoted !== undefined) this.copy?.putCell(quoted)
  }

  private measure(bytes: Uint8Array, end: number): void {
    const field = this.field
    if (!this.fieldBlank) this.recordBlank = false
    if (field >= this.columns) {
      if (!this.fieldBlank) this.recordWrittenExtra = true
      return
    }
    this.locate(field, this.fieldLine)
    if (this.fieldBlank) {
      this.blanks.push(field)
      return
    }
    const signs = this.fieldSigns
    this.signs[field] = (this.signs[field] as number) | signs
    if ((signs & Sign.digit) === 0) this.unlikeNumbers[field] = 1
    else if ((signs & Sign.plusMinus) !== 0 && this.unlikeNumbers[field] === 0) {
      const text = this.textOfField(bytes, end)
      if (isUnlikeNumber(text, 0, text.length, signs)) this.unlikeNumbers[field] = 1
    }
    if (this.fieldBytes > (this.longest[field] as number)) this.longest[field] = this.fieldBytes
    if ((signs & TELLING) !== 0 && (signs & SILENT) === 0 && this.settled[field] === 0) {
      this.weighField(this.textOfField(bytes, end), signs)
    }
  }

  private locate(column: number, line: number): void {
    const wanted = this.find[this.lines.length]
    if (wanted !== undefined && wanted.row === this.row && wanted.column === column) this.lines.push(line)
  }

  /** What stands in the field; of a long one its beginning and its end. */
  private textOfField(bytes: Uint8Array, end: number): Uint8Array {
    const here = bytes.subarray(this.fieldHead === null ? this.fieldStart : 0, end)
    return this.fieldHead === null ? here : Buffer.concat([this.fieldHead, here])
  }

  private weighField(whole: Uint8Array, signs: number): void {
    if ((signs & Sign.digit) === 0 || whole.length > TELLING_LENGTH) return
    const field = this.field
    const text = new TextDecoder().decode(whole).replace(/"\s*$/, '')
    const evidence = this.evidence[field] ?? noEvidence()
    this.evidence[field] = evidence
    weigh(evidence, text)
    const { comma, point } = evidence
    const decided = comma.decimal + comma.thousands + point.thousands
    // A point that can only be a decimal sign is the rule, and needs no further proof.
    if (decided >= SETTLED || (decided === 0 && point.decimal >= 20)) this.settled[field] = 1
  }

  /** Keeps what an unfinished field has of this chunk, in case it is a number. */
  private keepHead(bytes: Uint8Array, end: number): void {
    if (this.fieldBytes === 0) {
      this.fieldHead = null
      return
    }
    const here = bytes.slice(
      this.fieldHead === null ? this.fieldStart : 0,
      Math.min(end, this.fieldStart + TELLING_LENGTH + 2),
    )
    this.fieldHead = this.fieldHead === null ? here : Buffer.concat([this.fieldHead, here])
  }

  private fail(line: number, message: string): void {
    this.faults++
    this.fault ??= { line, message }
  }
}

function isUnlikeNumber(bytes: Uint8Array, from: number, end: number, signs: number): boolean {
  if ((signs & Sign.digit) === 0) return true
  for (let at = from + 1; at < end; at++) {
    const byte = bytes[at]
    if ((byte === PLUS || byte === MINUS) && ((bytes[at - 1] as number) | SMALL) !== EXPONENT) return true
  }
  return false
}
