/** How is a table laid out? Found from the whole text, once for as long as the file stays the same, or refused in one sentence. */
import { existsSync } from 'node:fs'
import { type FileHandle, rm } from 'node:fs/promises'
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { NumberFormat } from '../../../../src-shared/kan/preprocessing'
import { UserError } from '../../../../src-shared/user-error'
import { openSource, type Source } from '../sources/source'
import { writeTemporary } from '../sources/temporary'
import { CleanCopy } from './clean-copy'
import { HELD, holdNumbers } from './column-numbers'
import { type Dialect, detectDialect } from './csv-dialect'
import { assemble, type Copied, type CsvLayout, PLAIN, scanOptions, type Told } from './csv-layout'
import { NumberColumns } from './csv-numbers'
import type { CellIndex, Faults } from './csv-rows'
import { CsvScanner, type Scan, type ScanOptions } from './csv-scanner'
import { decideFormat } from './number-format'
import { openText, scanFile } from './scan-file'

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

async function readLayout(source: Source, read: Told, likely: NumberFormat | null): Promise<CsvLayout> {
  const { name } = source
  const told = settle(source, read)
  const handle = await openText(source)
  try {
    const { text, complete } = await readSample(handle)
    const detected = detectDialect(text, complete, told)
    if (detected.first.length === 0) throw new UserError(`${name} is empty: there are no rows in it`)
    if (!complete && !/[\r\n]/.test(text)) {
      throw new UserError(
        `${name} begins with a line of more than ${SAMPLE >> 20} MB, which is too long to be a header`,
      )
    }
    const walk = async (dialect: Dialect) => {
      const options = scanOptions(dialect, read)
      const guess = guessFormat(text, options, source, told, likely)
      const wanted = Array.from({ length: options.columns }, (_, k) => source.columnar?.numbers[k] == null)
      const numbers = new NumberColumns(wanted, guess, HELD)
      return { dialect, options, guess, numbers, scan: await scanFile(handle, { ...options, numbers }) }
    }
    const walked = await walk(detected)
    // Only the whole text tells what a backslash before a quote means.
    const isDoubtful = walked.scan.escapes > 0 && flawsOf(walked.scan) > 0
    const other = isDoubtful ? await walk({ ...detected, escaped: !detected.escaped }) : walked
    const better = flawsOf(other.scan) < flawsOf(walked.scan) ? other : walked
    // So it is of single quotes, which may be apostrophes further down.
    const mayBeApostrophes = detected.quote === "'" && told.quote === undefined && flawsOf(better.scan) > 0
    const plain = mayBeApostrophes ? await walk(detectDialect(text, complete, { ...told, quote: '"' })) : better
    const { dialect, options, guess, numbers, scan } = flawsOf(plain.scan) < flawsOf(better.scan) ? plain : better
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

/** Records that are not as they should be: infinitely many where the text cannot be read. */
function flawsOf({ fault, oddQuotes, short, long }: Scan): number {
  return fault === null ? oddQuotes.count + short.count + long.count : Infinity
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
