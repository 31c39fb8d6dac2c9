/** How is a CSV file laid out: its delimiter, header, columns and rows? Found from the whole file, or refused in one sentence. */
import { isUtf8 } from 'node:buffer'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { UserError } from '../../../src-shared/user-error'
import { columnNames, detectDialect } from './csv-dialect'
import { type CellIndex, CsvScanner, type Scan, type ScanOptions } from './csv-scanner'

/** A CSV file that is known to be well-formed. */
export interface CsvLayout extends Scan {
  /** Absolute. */
  readonly file: string
  /** Without its folder, for messages. */
  readonly name: string
  /** Bytes, and when it was last written. */
  readonly size: number
  readonly modified: number
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
 * @throws UserError where it is missing, a folder, empty, without rows, not UTF-8, or its rows differ in length
 */
export async function layOut(path: string, read: ReadOptions = {}): Promise<CsvLayout> {
  const file = resolve(path)
  const name = basename(file)
  checkDelimiter(read.delimiter)
  const { size, modified } = await fileState(file, name)
  if (size === 0) throw new UserError(`${name} is empty: there are no rows in it`)
  const handle = await opened(file, name)
  try {
    const sample = await readSample(handle, name, size)
    const dialect = detectDialect(sample, size <= SAMPLE, read)
    if (dialect.first.length === 0) throw new UserError(`${name} is empty: there are no rows in it`)
    const scan = await scanFile(handle, name, dialect)
    if (scan.fault !== null) {
      const more = scan.fault.more > 0 ? ` (and ${scan.fault.more} more such lines)` : ''
      throw new UserError(`${name}, line ${scan.fault.line} ${scan.fault.message}${more}`)
    }
    if (scan.rows === 0) throw new UserError(`${name} has only a header line: there are no rows below it`)
    if (scan.columns !== dialect.first.length) {
      throw new UserError(
        `${name} begins with a line of more than ${SAMPLE >> 20} MB, which is too long to be a header`,
      )
    }
    return {
      ...scan,
      file,
      name,
      size,
      modified,
      delimiter: dialect.delimiter,
      header: dialect.header,
      names: columnNames(dialect.first, dialect.header),
    }
  } finally {
    await handle.close()
  }
}

/** The lines of a file, counted from 1, on which cells begin. `cells` go by row, then by column. */
export async function linesOf(layout: CsvLayout, cells: readonly CellIndex[]): Promise<readonly number[]> {
  const handle = await opened(layout.file, layout.name)
  try {
    const { delimiter, header } = layout
    return (await scanFile(handle, layout.name, { delimiter, header, find: cells })).lines
  } finally {
    await handle.close()
  }
}

function checkDelimiter(delimiter: string | undefined): void {
  if (delimiter === undefined || (delimiter.charCodeAt(0) < 128 && !/["\r\n\0]/.test(delimiter))) return
  throw new UserError(`the delimiter ${JSON.stringify(delimiter)} cannot separate cells; use one of , ; | or a tab`, {
    exitCode: 2,
  })
}

async function fileState(file: string, name: string): Promise<{ size: number; modified: number }> {
  const found = await stat(file).catch((cause) => {
    throw unreadable(file, name, cause)
  })
  if (found.isDirectory()) throw new UserError(`${file} is a folder: name a CSV file in it`)
  return { size: found.size, modified: found.mtimeMs }
}

function opened(file: string, name: string): Promise<FileHandle> {
  return open(file, 'r').catch((cause) => {
    throw unreadable(file, name, cause)
  })
}

function unreadable(file: string, name: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return new UserError(`there is no file ${file}`, { cause })
  const reason = code === 'EACCES' || code === 'EPERM' ? 'permission is denied' : `the system says ${code}`
  return new UserError(`${name} cannot be read: ${reason}`, { cause })
}

async function readSample(handle: FileHandle, name: string, size: number): Promise<string> {
  const bytes = Buffer.alloc(Math.min(SAMPLE, size))
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
  const begin = bytes.subarray(0, bytesRead)
  if (begin.includes(0) || !isUtf8(begin.subarray(0, wholeCharacters(begin)))) throw notText(name, begin, 1)
  return new TextDecoder().decode(begin)
}

async function scanFile(handle: FileHandle, name: string, options: ScanOptions): Promise<Scan> {
  const scanner = new CsvScanner(options)
  const buffer = Buffer.alloc(CHUNK)
  let position = 0
  let kept = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, CHUNK - kept, position)
    if (bytesRead === 0) break
    const bytes = buffer.subarray(0, kept + bytesRead)
    const whole = wholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, whole)) || bytes.includes(0)) throw notText(name, bytes, scanner.currentLine)
    const mark = position === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    scanner.push(bytes.subarray(mark, whole))
    kept = bytes.length - whole
    buffer.copyWithin(0, whole, bytes.length)
    position += bytesRead
  }
  if (kept > 0) throw notText(name, buffer.subarray(0, kept), scanner.currentLine)
  return scanner.finish()
}

/** Length without a character that is cut off at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

/** @param firstLine the line that the bytes begin in */
function notText(name: string, bytes: Buffer, firstLine: number): UserError {
  const lines = bytes.toString('latin1').split(/\r\n|\r|\n/)
  const bad = lines.findIndex((line) => line.includes('\0') || !isUtf8(Buffer.from(line, 'latin1')))
  const where = bad < 0 ? '' : ` (see line ${firstLine + bad})`
  return new UserError(`${name} is not a CSV file in UTF-8${where}: save it as “CSV UTF-8”`)
}
