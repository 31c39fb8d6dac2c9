/** How is a table laid out: its delimiter, header, columns and rows? Found from the whole text, or refused in one sentence. */
import { type FileHandle, open } from 'node:fs/promises'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { UserError } from '../../../src-shared/user-error'
import { columnNames, detectDialect } from './csv-dialect'
import { type CellIndex, CsvScanner, type Scan, type ScanOptions } from './csv-scanner'
import { openSource, type Source } from './source'

/** A table that is known to be well-formed. */
export interface CsvLayout extends Scan {
  readonly source: Source
  /** The file's name without its folder, for messages. */
  readonly name: string
  readonly delimiter: string
  readonly header: boolean
  /** Names of the columns, all different. */
  readonly names: readonly string[]
}

const CHUNK = 1 << 20
/** The first record must fit, however many columns it has. */
const SAMPLE = 4 << 20

/**
 * Reads a whole file once.
 *
 * @throws UserError where it is missing, a folder, empty, without rows, no text, or its rows differ in length
 */
export async function layOut(path: string, read: ReadOptions = {}): Promise<CsvLayout> {
  checkDelimiter(read.delimiter)
  refuseUnbuilt(read)
  const source = await openSource(path, read)
  const { name } = source
  const handle = await openText(source)
  try {
    const { text, complete } = await readSample(handle)
    const dialect = detectDialect(text, complete, { ...source.settled, ...read })
    if (dialect.first.length === 0) throw new UserError(`${name} is empty: there are no rows in it`)
    const scan = await scanFile(handle, dialect)
    if (scan.fault !== null) {
      const more = scan.fault.more > 0 ? ` (and ${scan.fault.more} more such lines)` : ''
      throw new UserError(`${name}, ${source.place(scan.fault.line)} ${scan.fault.message}${more}`)
    }
    if (scan.rows === 0) throw new UserError(`${name} has only a header line: there are no rows below it`)
    if (scan.columns !== dialect.first.length) {
      throw new UserError(
        `${name} begins with a line of more than ${SAMPLE >> 20} MB, which is too long to be a header`,
      )
    }
    return {
      ...scan,
      source,
      name,
      delimiter: dialect.delimiter,
      header: dialect.header,
      names: columnNames(dialect.first, dialect.header),
    }
  } finally {
    await handle.close()
  }
}

/** The lines of the text, counted from 1, on which cells begin. `cells` go by row, then by column. */
export async function linesOf(layout: CsvLayout, cells: readonly CellIndex[]): Promise<readonly number[]> {
  const handle = await openText(layout.source)
  try {
    const { delimiter, header } = layout
    return (await scanFile(handle, { delimiter, header, find: cells })).lines
  } finally {
    await handle.close()
  }
}

/** What may stand in `read` and is not built yet. */
function refuseUnbuilt({ delimiter, header, encoding, ...others }: ReadOptions): void {
  const [asked] = Object.entries(others).find(([, value]) => value !== undefined) ?? []
  if (asked !== undefined) throw new UserError(`read.${asked} is not available yet: leave it out`, { exitCode: 2 })
}

function checkDelimiter(delimiter: string | undefined): void {
  if (delimiter === undefined || (delimiter.charCodeAt(0) < 128 && !/["\r\n\0]/.test(delimiter))) return
  throw new UserError(`the delimiter ${JSON.stringify(delimiter)} cannot separate cells; use one of , ; | or a tab`, {
    exitCode: 2,
  })
}

function openText({ text, name }: Source): Promise<FileHandle> {
  return open(text, 'r').catch((cause) => {
    throw new UserError(`${name} changed while it was being read: try again`, { cause })
  })
}

async function readSample(handle: FileHandle): Promise<{ text: string; complete: boolean }> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
  return { text: new TextDecoder().decode(buffer.subarray(0, bytesRead)), complete: bytesRead < SAMPLE }
}

async function scanFile(handle: FileHandle, options: ScanOptions): Promise<Scan> {
  const scanner = new CsvScanner(options)
  const buffer = Buffer.alloc(CHUNK)
  let position = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, position)
    if (bytesRead === 0) return scanner.finish()
    const mark = position === 0 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0
    scanner.push(buffer.subarray(mark, bytesRead))
    position += bytesRead
  }
}
