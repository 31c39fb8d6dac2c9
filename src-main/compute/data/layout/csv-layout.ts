/** How is a table laid out: its delimiter, names, units, columns and rows? Found from the whole text, or refused in one sentence. */
import { existsSync } from 'node:fs'
import { type FileHandle, rm } from 'node:fs/promises'
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { NumberFormat } from '../../../../src-shared/kan/preprocessing'
import { UserError } from '../../../../src-shared/user-error'
import { openSource, type Source } from '../sources/source'
import { writeTemporary } from '../sources/temporary'
import { CleanCopy } from './clean-copy'
import { HELD, holdNumbers } from './column-numbers'
import { columnNames, type Dialect, detectDialect, unitInName } from './csv-dialect'
import { NumberColumns } from './csv-numbers'
import type { CellIndex, Faults } from './csv-rows'
import { CsvScanner, type Scan, type ScanOptions } from './csv-scanner'
import type { Evidence } from './csv-signs'
import { decideFormat } from './number-format'
import type { RowOffsets } from './row-offsets'
import { openText, scanFile } from './scan-file'

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

/** The first record must fit, however many columns it has. */
const SAMPLE = 4 << 20
const BEGINNING = 1 << 18
const LINES = 200
/** Layouts that are known at a time, with their clean copies. */
const KEPT = 8

const known = new Map<string, { readonly state: string; readonly layout: Promise<CsvLayout> }>()

/**
 * Reads a whole file once, for as long as it stays the same.
 *
 * @param likely how its numbers are likely written, where they do not tell
 * @throws UserError where it is missing, a folder, empty, without rows, no text, or has rows whose length is to stop
 */
export async function layOut(
  path: string,
  read: ReadOptions = {},
  likely: NumberFormat | null = null,
): Promise<CsvLayout> {
  const layout = await survey(path, read, likely)
  const { short = 'missing', long = 'stop' } = read.ragged ?? {}
  if (short === 'stop') refuseUneven(layout, layout.short)
  if (long === 'stop') refuseUneven(layout, layout.long)
  return layout
}

/** The same, but rows of another length are only told of. */
export async function survey(
  path: string,
  read: ReadOptions = {},
  likely: NumberFormat | null = null,
): Promise<CsvLayout> {
  const source = await openSource(path, read)
  const { bad, types, dates, missing, encoding, sheet, ...told } = read
  const key = JSON.stringify([source.file, source.sheet, source.encoding, toldIn(told), likely])
  const state = `${source.size} ${source.modified} ${source.text}`
  const before = known.get(key)
  if (before?.state === state) {
    const layout = await before.layout
    if (existsSync(layout.text.path)) {
      // The latest one used is the last to be forgotten.
      known.delete(key)
      known.set(key, before)
      return layout
    }
  } else if (before !== undefined) forget(before.layout)
  const layout = readLayout(source, told, likely)
  known.delete(key)
  known.set(key, { state, layout })
  layout.catch(() => known.get(key)?.layout === layout && known.delete(key))
  const [oldest, old] = known.entries().next().value ?? []
  if (known.size > KEPT && oldest !== undefined && old !== undefined) {
    known.delete(oldest)
    forget(old.layout)
  }
  return layout
}

/** In an order of its own, whatever they were told in. */
const toldIn = (told: Told) =>
  Object.entries(told)
    .flatMap((one) => (one[1] === undefined ? [] : [one]))
    .sort()

/** Removes a clean copy. One that is still read somewhere may stay until the process ends. */
function forget(layout: Promise<CsvLayout>): void {
  layout
    .then(({ text, source }) => (text.path === source.text ? undefined : rm(text.path, { force: true })))
    .catch(() => undefined)
}

type Told = Omit<ReadOptions, 'bad' | 'types' | 'dates' | 'missing' | 'encoding' | 'sheet'>

async function readLayout(source: Source, read: Told, likely: NumberFormat | null): Promise<CsvLayout> {
  const { name } = source
  const told = settle(source, read)
  const handle = await openText(source)
  try {
    const { text, complete } = await readSample(handle)
    const dialect = detectDialect(text, complete, told)
    if (dialect.first.length === 0) throw new UserError(`${name} is empty: there are no rows in it`)
    const options = scanOptions(dialect, read)
    if (!complete && !/[\r\n]/.test(text)) {
      throw new UserError(
        `${name} begins with a line of more than ${SAMPLE >> 20} MB, which is too long to be a header`,
      )
    }
    const guess = guessFormat(text, options, source, told, likely)
    const wanted = Array.from({ length: options.columns }, (_, k) => source.columnar?.numbers[k] == null)
    const numbers = new NumberColumns(wanted, guess, HELD)
    const scan = await scanFile(handle, { ...options, numbers })
    refuseFaults(source, scan, dialect)
    const copied = scan.plain ? null : await writeCopy(handle, name, options)
    const layout = assemble({ source, dialect, scan, told, likely }, copied)
    const { decimal, thousands } = layout.numbers
    if (decimal === guess.decimal && thousands === guess.thousands) holdNumbers(layout, numbers)
    return layout
  } finally {
    await handle.close()
  }
}

/** Numbers of a kind of its own are no matter of signs: those that are told are of its texts. */
function settle({ settled: { decimal: _, ...settled } }: Source, read: Told): Told {
  return { ...settled, ...read }
}

/** How numbers are written at the beginning of a text, and so most likely everywhere. */
function guessFormat(
  text: string,
  options: ScanOptions,
  { settled }: Source,
  told: Told,
  likely: NumberFormat | null,
): NumberFormat {
  if (settled.decimal !== undefined) return PLAIN
  const scanner = new CsvScanner(options)
  scanner.push(Buffer.from(text))
  return decideFormat(scanner.finish().evidence, [], options.delimiter, told, likely)
}

/** How a table begins, from its first bytes only. */
export async function surveyBeginning(
  path: string,
  read: ReadOptions,
): Promise<{ layout: CsvLayout; text: string; complete: boolean }> {
  const source = await openSource(path, { ...read, beginning: true })
  const told = settle(source, read)
  const handle = await openText(source)
  try {
    const sample = await readBeginning(handle)
    const dialect = detectDialect(sample.text, sample.complete, told)
    if (dialect.first.length === 0) throw new UserError(`${source.name} is empty: there are no rows in it`)
    const scanner = new CsvScanner(scanOptions(dialect, read))
    scanner.push(Buffer.from(sample.text))
    return { layout: assemble({ source, dialect, scan: scanner.finish(), told, likely: null }, null), ...sample }
  } finally {
    await handle.close()
  }
}

function scanOptions({ delimiter, skipLines, comment, leads, first }: Dialect, { ragged }: Told): ScanOptions {
  const drops = { short: ragged?.short === 'drop', long: ragged?.long === 'drop' }
  return { delimiter, skipLines, comment, leads, columns: first.length, drops }
}

function refuseFaults({ name, place }: Source, { fault, rows }: Scan, { header }: Dialect): void {
  if (fault !== null) {
    const more = fault.more > 0 ? ` (and ${fault.more} more such lines)` : ''
    throw new UserError(`${name}, ${place(fault.line)} ${fault.message}${more}`)
  }
  if (rows > 0) return
  const what = header ? 'has only a header line: there are no rows below it' : 'is empty: there are no rows in it'
  throw new UserError(`${name} ${what}`)
}

function refuseUneven({ name, source, names }: CsvLayout, { count, lines, cells }: Faults): void {
  const [line] = lines
  if (line === undefined) return
  const found = cells === 1 ? '1 cell' : `${cells} cells`
  const more = count > 1 ? ` (and ${count - 1} more such lines)` : ''
  throw new UserError(`${name}, ${source.place(line)} has ${found} where the table has ${names.length} columns${more}`)
}

interface Parts {
  readonly source: Source
  readonly dialect: Dialect
  readonly scan: Scan
  readonly told: Told
  readonly likely: NumberFormat | null
}

interface Copied {
  readonly path: string
  readonly scan: Scan
}

function assemble({ source, dialect, scan, told, likely }: Parts, copied: Copied | null): CsvLayout {
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
      ...quoteNotes(scan, source),
      ...(scan.emptyRows > 0 && kept.length > 1 ? [emptyNote(scan.emptyRows)] : []),
      ...notes,
    ],
  }
}

/** As the numbers of a file are that has a kind of its own for them. */
const PLAIN: NumberFormat = { decimal: '.', thousands: '' }

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

function sourceNotes({ name, isGuess, sheet, sheets }: Source): string[] {
  const others = sheets.filter((other) => other !== sheet).map((other) => `'${other}'`)
  return [
    ...(isGuess
      ? [`${name} is not in UTF-8 and is read as windows-1252, a guess: where letters look wrong, say its encoding.`]
      : []),
    ...(others.length === 0 ? [] : [`The sheet '${sheet}' is read; there are others: ${others.join(', ')}.`]),
  ]
}

function quoteNotes({ oddQuotes: { count, line } }: Scan, { place }: Source): string[] {
  if (count === 0) return []
  const more = count > 1 ? ` (and in ${count - 1} more cells)` : ''
  return [`Text after a closing quote is taken as part of its cell, first in ${place(line)}${more}.`]
}

function emptyNote(rows: number): string {
  return rows === 1 ? 'One row has only empty cells.' : `${rows} rows have only empty cells.`
}

function isLeftOut(name: string, { missing, rows }: Scan, column: number): boolean {
  return name.trim() === '' && missing[column] === rows
}

function unitOf(cell: string | undefined): string | null {
  const unit = (cell ?? '')
    .trim()
    .replace(/^\[(.*)\]$|^\((.*)\)$/, '$1$2')
    .trim()
  return unit === '' || unit === '-' ? null : unit
}

/** The lines of the text, counted from 1, on which cells begin. `cells` go by row, then by column. */
export async function linesOf(layout: CsvLayout, cells: readonly CellIndex[]): Promise<readonly number[]> {
  const handle = await openText(layout.source)
  try {
    const written = layout.text.columns.flatMap((place, column) => (place >= 0 ? [column] : []))
    const find = cells.map(({ row, column }) => ({ row, column: written[column] ?? 0 }))
    return (await scanFile(handle, { ...layout.scanning, find })).lines
  } finally {
    await handle.close()
  }
}

async function writeCopy(handle: FileHandle, name: string, options: ScanOptions): Promise<Copied> {
  const copy = new CleanCopy(options.columns)
  let scan: Scan | null = null
  const path = await writeTemporary(name, async (file) => {
    scan = await scanFile(handle, { ...options, copy }, () => file.writeFile(copy.take()))
    await file.writeFile(copy.take())
  })
  if (scan === null) throw new Error('the copy was not written')
  return { path, scan }
}

/** Enough for some rows, in no time; more of it where lines are long. */
async function readBeginning(handle: FileHandle): Promise<{ text: string; complete: boolean }> {
  const sample = await readSample(handle, BEGINNING)
  return sample.complete || sample.text.split('\n', LINES).length === LINES ? sample : readSample(handle)
}

async function readSample(handle: FileHandle, size = SAMPLE): Promise<{ text: string; complete: boolean }> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0)
  // Without the mark, which TextDecoder takes off.
  return { text: new TextDecoder().decode(buffer.subarray(0, bytesRead)), complete: bytesRead < size }
}
