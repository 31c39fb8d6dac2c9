/** Which cells do the records of a delimited text have? For beginnings of files and a few rows; whole files are scanned. */

export interface CsvRecord {
  readonly cells: readonly string[]
  /** Where it begins: the line, counted from 0, and the place in the text; and the line after it. */
  readonly line: number
  readonly end: number
  readonly at: number
  /** Whether a cell stands in quotes, and whether text follows a closing one, as it does under a wrong delimiter. */
  readonly quoted: boolean
  readonly broken: boolean
}

export interface RecordOptions {
  /** A space stands for runs of spaces and tabs. */
  readonly delimiter: string
  /** Lines that begin with it are left out; '' for none. */
  readonly comment?: string
  /** What a cell stands in that holds a delimiter or a line break; by default a double quote. */
  readonly quote?: '"' | "'"
  /** Whether a quote in a quoted cell is written `\"`, too, and not only doubled. */
  readonly escaped?: boolean
  /** Whether the text is whole; if not, an unfinished record at its end is left out, unless it is the only one. */
  readonly complete: boolean
  readonly limit: number
}

/** Lines that are empty or blank are no records. */
export function parseRecords(
  text: string,
  { delimiter, comment = '', quote = '"', escaped = false, complete, limit }: RecordOptions,
): CsvRecord[] {
  const records: CsvRecord[] = []
  const runs = delimiter === ' '
  let at = 0
  let line = 0
  while (at < text.length && records.length < limit) {
    const start = { line, at }
    if (comment !== '' && text.startsWith(comment, at)) {
      at = afterLine(text, at)
      line++
      continue
    }
    const cells: string[] = []
    let quoted = false
    let broken = false
    for (;;) {
      if (runs) while (isBlank(text[at])) at++
      if (runs && cells.length > 0 && (at >= text.length || isBreak(text[at]))) break
      const cell = readCell(text, at, delimiter, quote, escaped)
      line += breaksIn(text, at, cell.end)
      at = cell.end
      cells.push(cell.text)
      quoted ||= cell.quoted
      broken ||= cell.broken
      if (text[at] !== delimiter && !(runs && text[at] === '\t')) break
      at++
    }
    const finished = at < text.length
    at = afterBreak(text, at)
    line++
    if (!finished && !complete && records.length > 0) break
    if (cells.length > 1 || quoted || !isBlankText(cells[0] ?? ''))
      records.push({ cells, quoted, broken, ...start, end: line })
  }
  return records
}

/** Where the line after some lines begins. */
export function afterLines(text: string, lines: number): number {
  let at = 0
  for (let line = 0; line < lines && at < text.length; line++) at = afterLine(text, at)
  return at
}

function afterLine(text: string, from: number): number {
  let at = from
  while (at < text.length && !isBreak(text[at])) at++
  return afterBreak(text, at)
}

function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}

function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0
  for (let at = from; at < to; at++) if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) breaks++
  return breaks
}

const isBreak = (character: string | undefined) => character === '\n' || character === '\r'
/** As the scanner of whole files has it: no character above the space. A no-break space is one. */
const isBlankText = (text: string) => !/[^\0- ]/.test(text)
const isBlank = (character: string | undefined) => character === ' ' || character === '\t'

interface Cell {
  readonly text: string
  readonly end: number
  readonly quoted: boolean
  readonly broken: boolean
}

function readCell(text: string, from: number, delimiter: string, quote: string, escaped: boolean): Cell {
  const ends = (at: number) =>
    at >= text.length || text[at] === delimiter || isBreak(text[at]) || (delimiter === ' ' && text[at] === '\t')
  let at = from
  while (text[at] === ' ' && delimiter !== ' ') at++
  if (text[at] !== quote) {
    while (!ends(at)) at++
    return { text: text.slice(from, at), end: at, quoted: false, broken: false }
  }
  // Pieces between what stands for a quote: a long cell added up character by character would be as many strings.
  const pieces: string[] = []
  let begun = ++at
  for (; at < text.length; at++) {
    const next = text[at + 1]
    const stands =
      text[at] === quote ? next === quote : escaped && text[at] === '\\' && (next === quote || next === '\\')
    if (stands) {
      pieces.push(text.slice(begun, at))
      begun = ++at
    } else if (text[at] === quote) break
  }
  const value = pieces.join('') + text.slice(begun, at)
  // What is never closed is a fault of a quote, but no sign of an apostrophe's being one.
  const isApostrophe = quote === "'" && at >= text.length
  const closed = ++at
  while (!ends(at)) at++
  const end = Math.min(at, text.length)
  const rest = text.slice(closed, end)
  const broken = rest.trim() !== '' || isApostrophe
  return { text: broken ? value + rest.replace(/^ +/, '') : value, end, quoted: true, broken }
}
