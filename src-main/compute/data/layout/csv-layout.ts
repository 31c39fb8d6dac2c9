/** What is known of a table whose text was walked over: its names, units, columns and rows, and what a person should know of them. */
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { NumberFormat } from '../../../../src-shared/kan/preprocessing'
import type { Source } from '../sources/source'
import { columnNames, type Dialect } from './csv-dialect'
import type { Faults } from './csv-rows'
import type { Scan, ScanOptions } from './csv-scanner'
import type { Evidence } from './csv-signs'
import { unitInName, unitOf } from './csv-units'
import { decideFormat } from './number-format'
import type { RowOffsets } from './row-offsets'

/** The regular text that DuckDB reads: the source's own, or a clean copy of it. */
interface PlainText {
  readonly path: string
  readonly delimiter: string
  readonly header: boolean
  /** For each of its columns the one of the table, or −1 where it is left out. */
  readonly columns: readonly number[]
  readonly longestRecord: number
  readonly breaksInQuotes: boolean
  readonly offsets: RowOffsets
}

/** A table that is known to be well-formed. */
export interface CsvLayout {
  readonly source: Source
  /** The file's name without its folder, for messages. */
  readonly name: string
  readonly text: PlainText
  readonly delimiter: string
  readonly skipLines: number
  readonly comment: string
  readonly header: boolean
  readonly hasUnits: boolean
  readonly rows: number
  readonly columns: number
  /** Names of the columns, all different, and their units where some are written. */
  readonly names: readonly string[]
  readonly units: readonly (string | null)[]
  readonly numbers: NumberFormat
  /** Whether its cells tell how numbers are written. */
  readonly tellsNumbers: boolean
  /** How numbers are written in cells of text, where the file has numbers of its own kind besides; else null. */
  readonly textNumbers: NumberFormat | null
  /** Of each column's cells: how many are blank, whether some begin with 0 like codes, their signs, and bytes of the longest. */
  readonly missing: readonly number[]
  readonly leadingZeros: readonly boolean[]
  readonly signs: readonly number[]
  readonly longest: readonly number[]
  /** Rows with too few or too many cells, whatever is done about them. */
  readonly short: Faults
  readonly long: Faults
  /** How its text was scanned. */
  readonly scanning: ScanOptions
  /** What was understood that a person should know, one sentence each. */
  readonly notes: readonly string[]
}

/** What is told of a layout; the rest is of cells, or settled before. */
export type Told = Omit<ReadOptions, 'bad' | 'types' | 'dates' | 'missing' | 'encoding' | 'sheet'>

interface Parts {
  readonly source: Source
  readonly dialect: Dialect
  readonly scan: Scan
  readonly told: Told
  readonly likely: NumberFormat | null
}

export interface Copied {
  readonly path: string
  readonly scan: Scan
}

export function assemble({ source, dialect, scan, told, likely }: Parts, copied: Copied | null): CsvLayout {
  const { delimiter, header, first, unitCells } = dialect
  const written = columnNames(first, header)
  const found = written.flatMap((_, k) => (isLeftOut(first[k] ?? '', scan, k) && header ? [] : [k]))
  const kept = found.length > 0 ? found : [0]
  const places = written.map((_, k) => kept.indexOf(k))
  const pick = <T>(values: readonly T[]) => kept.map((k) => values[k] as T)
  const names = pick(written)
  const evidence: readonly (Evidence | null)[] = pick(scan.evidence)
  const { numbers, textNumbers, isTelling, notes } = source.settled.decimal
    ? typedFormat(evidence, names, told)
    : textFormat(evidence, names, delimiter, told, likely)
  const left = written.length - kept.length
  return {
    source,
    name: source.name,
    text: {
      path: copied?.path ?? source.text,
      delimiter: copied === null ? delimiter : ',',
      header: copied === null && dialect.leads > 0,
      columns: places,
      longestRecord: (copied?.scan ?? scan).longestRecord * (copied === null ? 1 : 2) + 3 * written.length,
      breaksInQuotes: scan.breaksInQuotes,
      offsets: (copied?.scan ?? scan).offsets,
    },
    delimiter,
    skipLines: dialect.skipLines,
    comment: dialect.comment,
    header,
    hasUnits: dialect.units,
    rows: scan.rows,
    columns: kept.length,
    names,
    units: kept.map((k) => unitOf(unitCells[k]) ?? (header ? unitInName(first[k] ?? '') : null)),
    numbers,
    tellsNumbers: isTelling,
    textNumbers,
    missing: pick(scan.missing),
    leadingZeros: pick(scan.leadingZeros),
    signs: pick(scan.signs),
    longest: pick(scan.longest),
    short: scan.short,
    long: scan.long,
    scanning: scanOptions(dialect, told),
    notes: [
      ...sourceNotes(source),
      ...dialect.notes,
      ...(left === 1 ? ['A column without name and values is left out.'] : []),
      ...(left > 1 ? [`${left} columns without name and values are left out.`] : []),
      ...(scan.emptyExtras && header && !dialect.notes.some((note) => note.startsWith('A column without'))
        ? ['Rows have an empty cell more than there are names: it is left out.']
        : []),
      ...quoteNotes(scan, source, dialect),
      ...(scan.emptyRows > 0 && kept.length > 1 ? [emptyNote(scan.emptyRows)] : []),
      ...notes,
    ],
  }
}

/** As the numbers of a file are that has a kind of its own for them. */
export const PLAIN: NumberFormat = { decimal: '.', thousands: '' }

interface Formats {
  readonly numbers: NumberFormat
  readonly textNumbers: NumberFormat | null
  readonly isTelling: boolean
  readonly notes: readonly string[]
}

function textFormat(
  evidence: readonly (Evidence | null)[],
  names: readonly string[],
  delimiter: string,
  told: Told,
  likely: NumberFormat | null,
): Formats {
  const { decimal, thousands, isTelling, notes } = decideFormat(evidence, names, delimiter, told, likely)
  return { numbers: { decimal, thousands }, textNumbers: null, isTelling, notes }
}

/** Signs are a matter of the cells that hold text: only of columns with one that no plain number has. */
function typedFormat(evidence: readonly (Evidence | null)[], names: readonly string[], told: Told): Formats {
  const ofText = evidence.map((column) => (column !== null && hasOddSign(column) ? column : null))
  const { decimal, thousands, notes } = decideFormat(ofText, names, ',', told)
  const isAsPlain = decimal === PLAIN.decimal && thousands === PLAIN.thousands
  return { numbers: PLAIN, textNumbers: isAsPlain ? null : { decimal, thousands }, isTelling: false, notes }
}

function hasOddSign({ comma, spaces, apostrophes }: Evidence): boolean {
  return comma.decimal + comma.thousands + comma.either + spaces + apostrophes > 0
}

function sourceNotes({ name, isGuess, sheet, sheets, isLargestSheet }: Source): string[] {
  const others = sheets.filter((other) => other !== sheet).map((other) => `'${other}'`)
  const taken = isLargestSheet ? `The largest sheet, '${sheet}', is read` : `The sheet '${sheet}' is read`
  return [
    ...(isGuess
      ? [`${name} is not in UTF-8 and is read as windows-1252, a guess: where letters look wrong, say its encoding.`]
      : []),
    ...(others.length === 0 ? [] : [`${taken}; there are others: ${others.join(', ')}.`]),
  ]
}

function quoteNotes(
  { oddQuotes: { count, line }, escapes }: Scan,
  { place }: Source,
  { quote, escaped: isEscaped }: Dialect,
): string[] {
  const written = [
    ...(quote === "'" ? ["Cells stand in single quotes: 'a, b' is one cell."] : []),
    ...(isEscaped && escapes > 0 ? [`Quotes within cells are written with a backslash: \\${quote}.`] : []),
  ]
  if (count === 0) return written
  const more = count > 1 ? ` (and in ${count - 1} more cells)` : ''
  return [...written, `Text after a closing quote is taken as part of its cell, first in ${place(line)}${more}.`]
}

function emptyNote(rows: number): string {
  return rows === 1 ? 'One row has only empty cells.' : `${rows} rows have only empty cells.`
}

function isLeftOut(name: string, { missing, rows }: Scan, column: number): boolean {
  return name.trim() === '' && missing[column] === rows
}

export function scanOptions(
  { delimiter, skipLines, comment, quote, escaped, leads, first }: Dialect,
  { ragged }: Told,
): ScanOptions {
  const drops = { short: ragged?.short === 'drop', long: ragged?.long === 'drop' }
  return { delimiter, skipLines, comment, quote, escaped, leads, columns: first.length, drops }
}

/** Where the text has a column of the table. */
export function placeOf({ text }: CsvLayout, column: number): number {
  return text.columns.indexOf(column)
}
