/** Where the records and cells of a delimited text are, and what is irregular in it: one walk over its bytes. */

import type { CleanCopy } from './clean-copy'
import type { NumberColumns } from './csv-numbers'
import { type RowLooks, RowTally, type RowTallyOptions } from './csv-rows'
import { Sign, signTable } from './csv-signs'
import { type ColumnLooks, ColumnTally, TELLING_LENGTH } from './csv-tally'
import { MOST_BYTES, PlainRows } from './plain-rows'

export interface ScanOptions extends RowTallyOptions {
  /** An ASCII character; a space stands for runs of spaces and tabs. */
  readonly delimiter: string
  readonly skipLines: number
  /** Lines that begin with it are left out; '' for none. */
  readonly comment: string
  readonly quote: '"' | "'"
  /** Whether a quote in a quoted cell is written `\"`, too, and not only doubled. */
  readonly escaped: boolean
  /** Records before the rows. */
  readonly leads: number
}

export interface Scan extends ColumnLooks, RowLooks {
  /** Whether the text is regular as it stands, but for the names: no skipped lines, comments or uneven rows. */
  readonly plain: boolean
  /** Bytes of the longest record. */
  readonly longestRecord: number
  readonly breaksInQuotes: boolean
  /** Quotes in quoted cells behind a backslash, whatever they are taken for. */
  readonly escapes: number
  /** Cells with text after a closing quote, and the line of the first. */
  readonly oddQuotes: { readonly count: number; readonly line: number }
  /** What cannot be read first, as a sentence without the file's name, and how many further lines have a fault. */
  readonly fault: { readonly line: number; readonly message: string; readonly more: number } | null
}

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const BACKSLASH = 92
const ZERO = 48
const NINE = 57

/** Looked up once, not for every byte. */
const STOP = Sign.stop

const DOUBLE_QUOTE = 34

const NO_TEXT = Buffer.alloc(0)

const isDigit = (byte: number) => byte >= ZERO && byte <= NINE

/** Where in a field the next byte stands: at its start, in plain or quoted text, after a quote or a backslash in quoted text, or behind the closing one. */
type State = 'skipped' | 'comment' | 'start' | 'plain' | 'quoted' | 'quote' | 'escape' | 'closed'

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
  private readonly quote: number
  private readonly escaped: boolean
  private readonly columns: number
  private readonly copy: CleanCopy | null
  private readonly numbers: NumberColumns | null
  private readonly plainRows: PlainRows | null
  private state: State
  private skipLines: number
  /** Bytes before the chunk, and bytes at its end that may begin a comment. */
  private base: number
  private held = NO_TEXT
  private line = 1
  private previous = 0
  private recordLine = 1
  private recordStart: number
  private recordBytes = 0
  private field = 0
  private fieldLine = 1
  private fieldBytes = 0
  private fieldBlank = true
  private fieldQuoted = false
  private fieldSigns = 0
  /** Where the field begins in the chunk, and what of it stood in the chunk before. */
  private fieldStart = 0
  private fieldHead: Buffer | null = null
  private firstByte = 0
  private quoteLine = 1
  private plain = true
  /** Empty lines since the last record of a table with one column: rows only if another record follows. */
  private pending: { line: number; start: number }[] = []
  private readonly tally: ColumnTally
  private readonly rows: RowTally
  private longestRecord = 0
  private breaksInQuotes = false
  private escapes = 0
  /** Line feeds anywhere; carriage returns alone outside quotes. */
  private feeds = 0
  private returns = 0
  private fault: { line: number; message: string } | null = null
  private faults = 0
  private readonly oddQuotes = { count: 0, line: 0 }

  /**
   * @param base   bytes of the text that are not pushed, such as a byte-order mark
   * @param kernel of plain-rows.ts, for long texts
   */
  constructor(options: ScanOptions, base = 0, kernel: WebAssembly.Module | null = null) {
    const { delimiter, skipLines, comment, quote, escaped, leads, columns, copy, numbers } = options
    this.delimiter = delimiter.charCodeAt(0)
    this.runs = delimiter === ' '
    this.table = signTable([this.delimiter, LF, CR, ...(this.runs ? [TAB] : [])])
    this.comment = Buffer.from(comment)
    this.quote = quote.charCodeAt(0)
    this.escaped = escaped
    this.columns = columns
    this.copy = copy ?? null
    this.numbers = numbers ?? null
    this.skipLines = skipLines
    this.state = skipLines > 0 ? 'skipped' : 'start'
    this.base = base
    this.recordStart = base
    if (skipLines > 0 || leads > 1 || this.runs || this.quote !== DOUBLE_QUOTE) this.plain = false
    this.tally = new ColumnTally(columns)
    this.rows = new RowTally(options, this.tally)
    const asksOfRows = this.runs || copy !== undefined || (options.find ?? []).length > 0
    this.plainRows =
      kernel === null || asksOfRows
        ? null
        : new PlainRows(kernel, {
            columns,
            delimiter: this.delimiter,
            comment: this.comment[0] ?? 0,
            quote: this.quote,
            table: this.table,
            tally: this.tally,
            numbers: this.numbers,
          })
  }

  push(chunk: Buffer): void {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
    this.held = NO_TEXT
    const { delimiter, runs, comment, quote } = this
    const plainRows = bytes.length <= MOST_BYTES ? this.plainRows : null
    plainRows?.load(bytes)
    this.fieldStart = 0
    let i = 0
    for (; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (plainRows !== null && this.recordBytes === 0 && this.isBetweenRows()) {
        const next = this.takePlain(plainRows, i, bytes.length)
        if (next > i) {
          this.previous = LF
          i = next - 1
          continue
        }
      }
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
      const before = this.previous
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
          } else if (byte === quote) {
            // Of several spaces before a quote DuckDB makes text.
            if (this.fieldBytes > 1) this.plain = false
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
          if (byte === quote) {
            if (before === BACKSLASH) this.escapes++
            this.state = 'quote'
          } else if (byte === BACKSLASH && this.escaped) this.state = 'escape'
          else this.character(byte)
          break
        case 'escape':
          this.endEscape(byte)
          this.character(byte)
          break
        case 'quote':
        case 'closed':
          if (separates) this.endField(bytes, i)
          else if (byte === quote && this.state === 'quote') {
            this.state = 'quoted'
            this.fieldSigns |= Sign.other
            this.character(byte)
          } else if (byte === SPACE) this.state = 'closed'
          else {
            this.afterQuote()
            this.character(byte)
          }
          break
      }
    }
    if (i < bytes.length) {
      this.held = Buffer.from(bytes.subarray(i))
      this.base += i
    } else this.base += bytes.length
    this.keepHead(bytes, i)
  }

  finish(): Scan {
    if (this.held.length > 0) {
      const rest = this.held
      this.held = NO_TEXT
      // Too short for a comment: a further byte that ends the line lets it be read as text.
      this.push(Buffer.concat([rest, Buffer.alloc(Math.max(0, this.comment.length - rest.length), LF)]))
    }
    if (this.state === 'quoted' || this.state === 'escape')
      this.fail(this.quoteLine, 'opens a quote that is never closed')
    if (this.recordBytes > 0 || this.field > 0) this.endRecord(NO_TEXT, 0)
    if (this.feeds > 0 && this.returns > 0) this.plain = false
    if (this.columns === 1 && (this.tally.missing[0] ?? 0) > 0) this.plain = false
    return {
      ...this.tally.looks(),
      ...this.rows.looks(),
      plain: this.plain && this.rows.isEven,
      longestRecord: this.longestRecord,
      breaksInQuotes: this.breaksInQuotes,
      escapes: this.escapes,
      oddQuotes: this.oddQuotes,
      fault: this.fault === null ? null : { ...this.fault, more: this.faults - 1 },
    }
  }

  private isBetweenRows(): boolean {
    if (this.state !== 'start' || this.field > 0 || this.fieldBytes > 0 || !this.rows.isData) return false
    return this.previous !== CR && this.pending.length === 0
  }

  /** Takes rows of plain cells, as the steps would that it spares, and says where the next one begins. */
  private takePlain(plainRows: PlainRows, from: number, end: number): number {
    const { rows, next, longest, starts } = plainRows.take(from, end)
    if (rows === 0) return from
    const begin = this.base + from
    this.rows.addPlain(rows, (k) => begin + (starts[k] as number))
    this.line += rows
    this.feeds += rows
    this.longestRecord = Math.max(this.longestRecord, longest)
    this.recordStart = this.base + next
    this.recordLine = this.line
    this.fieldLine = this.line
    return next
  }

  /** Whether plain fields may be taken at once: at the beginning of one, in a row where no cell is sought. */
  private mayLeap(): boolean {
    if (this.state !== 'start' || this.fieldBytes > 0 || !this.rows.isData || this.runs) return false
    return !this.rows.isSought
  }

  /**
   * Takes fields that are empty or plain text, up to the last of the record or one that must be looked at byte by byte. It
   * does what the steps do that it spares, and is where nearly all time goes.
   */
  private plainFields(bytes: Buffer, from: number): number {
    const { table, delimiter, quote, tally, rows, copy, numbers } = this
    const last = this.columns - 1
    const { length } = bytes
    let field = this.field
    let at = from
    for (; field < last && at < length; field++) {
      const first = bytes[at] as number
      if (first === delimiter) {
        rows.blank(field)
        copy?.endField()
        at++
        continue
      }
      if (first <= SPACE || first === quote) break
      let end = at
      let found = 0
      for (; end < length; end++) {
        const sign = table[bytes[end] as number] as number
        if (sign >= STOP) break
        found |= sign
      }
      if (end === length || bytes[end] !== delimiter) break
      if (first === ZERO && end > at + 1 && isDigit(bytes[at + 1] as number)) tally.leadingZeros[field] = 1
      tally.take(field, found, end - at, bytes, at, end)
      numbers?.take(field, bytes, at, end)
      copy?.range(bytes, at, end)
      copy?.endField()
      rows.isBlank = false
      at = end + 1
    }
    this.field = field
    this.recordBytes += at - from
    return at
  }

  /** Takes a field from its first byte to where it ends or must be looked at again, and says where that is. */
  private plainText(bytes: Buffer, from: number): number {
    const first = bytes[from] as number
    const second = bytes[from + 1] ?? 0
    if (first === ZERO && isDigit(second) && this.rows.isData) this.tally.leadingZeros[this.field] = 1
    this.firstByte = first
    this.fieldBlank = false
    this.state = 'plain'
    this.recordBytes--
    return this.plainRest(bytes, from)
  }

  private plainRest(bytes: Buffer, from: number): number {
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
    else if (this.fieldBytes === 1 && this.firstByte === ZERO && isDigit(byte) && this.rows.isData) {
      this.tally.leadingZeros[this.field] = 1
    }
    this.fieldBytes++
    if (byte > SPACE) this.fieldBlank = false
    this.fieldSigns |= (this.table[byte] as number) & ~STOP
    this.copy?.byte(byte)
  }

  private lineBreak(byte: number, bytes: Buffer, i: number): void {
    const second = byte === LF && this.previous === CR
    if (!second) this.line++
    if (byte === LF) this.feeds++
    if (this.state === 'escape') this.endEscape(byte)
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
    if (!this.rows.isData || this.columns > 1) {
      if (this.rows.isFirst) this.plain = false
    } else this.pending.push({ line: this.line - 1, start: this.recordStart })
  }

  private endField(bytes: Buffer, end: number): void {
    if (this.pending.length > 0) this.takePending()
    if (this.rows.isData) this.measure(bytes, end)
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

  private endRecord(bytes: Buffer, end: number): void {
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
    if (this.rows.isData) this.rows.end(this.field, this.recordLine, this.recordStart)
    else {
      if (this.field !== this.columns) this.plain = false
      this.rows.endLead()
    }
    this.longestRecord = Math.max(this.longestRecord, this.recordBytes)
    this.field = 0
  }

  /** Empty lines between records of a table with one column are rows with an empty cell. */
  private takePending(): void {
    const lines = this.pending
    this.pending = []
    const quoted = this.copy?.takeCell()
    for (const { line, start } of lines) this.rows.addEmpty(line, start)
    if (quoted !== undefined) this.copy?.putCell(quoted)
  }

  private measure(bytes: Buffer, end: number): void {
    const field = this.field
    if (!this.fieldBlank) this.rows.isBlank = false
    if (field >= this.columns) {
      if (!this.fieldBlank) this.rows.hasWrittenExtra = true
      return
    }
    this.rows.locate(field, this.fieldLine)
    if (this.fieldBlank) {
      this.rows.blank(field)
      return
    }
    // What stands in the field, and behind it a quote that closes it; of a long one in two chunks its beginning and its end.
    const isWhole = this.fieldHead === null
    const text = this.fieldHead === null ? bytes : Buffer.concat([this.fieldHead, bytes.subarray(0, end)])
    const from = isWhole ? this.fieldStart : 0
    const to = isWhole ? end : text.length
    this.tally.take(field, this.fieldSigns, this.fieldBytes, text, from, to)
    if (to - from >= this.fieldBytes) this.numbers?.take(field, text, from, from + this.fieldBytes)
    else this.numbers?.giveUp(field)
  }

  /** Keeps what an unfinished field has of this chunk, in case it is a number. */
  private keepHead(bytes: Buffer, end: number): void {
    if (this.fieldBytes === 0) {
      this.fieldHead = null
      return
    }
    const here = Buffer.from(
      bytes.subarray(
        this.fieldHead === null ? this.fieldStart : 0,
        Math.min(end, this.fieldStart + TELLING_LENGTH + 2),
      ),
    )
    this.fieldHead = this.fieldHead === null ? here : Buffer.concat([this.fieldHead, here])
  }

  /** A backslash stands for itself but before a quote and before another one. */
  private endEscape(byte: number): void {
    this.state = 'quoted'
    if (byte !== this.quote && byte !== BACKSLASH) this.character(BACKSLASH)
    if (byte === this.quote) this.escapes++
    this.plain = false
    // Of two, the second begins nothing.
    this.previous = 0
  }

  /** What follows a closing quote belongs to the cell, as lenient readers have it. */
  private afterQuote(): void {
    this.oddQuotes.count++
    if (this.oddQuotes.count === 1) this.oddQuotes.line = this.line
    this.plain = false
    this.state = 'plain'
  }

  private fail(line: number, message: string): void {
    this.faults++
    this.fault ??= { line, message }
  }
}
