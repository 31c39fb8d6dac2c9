/** Where does a table come from? Any file that holds one, as UTF-8 text with delimiters on the disk. */
import { existsSync } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UserError } from '../../../../src-shared/user-error'
import { type ColumnarTable, jsonText, parquetText } from './columnar'
import { placeOf } from './records'
import { isJson, kindOf } from './signatures'
import { copyBeginning, decodeText, hasMark } from './text'
import { sheetText } from './xlsx'

export interface Source {
  /** The file itself, absolute. */
  readonly file: string
  /** Without its folder, for messages. */
  readonly name: string
  /** Bytes of the file, and when it was last written. */
  readonly size: number
  readonly modified: number
  /** Path of the text: the file itself where it is UTF-8 text already, else a temporary file. */
  readonly text: string
  /** Where the text says but whether there is a number: what to ask of the file. */
  readonly columnar: ColumnarTable | null
  readonly format: SourceFormat
  /** As TextDecoder names it, or `utf-32le`, `utf-32be`; null where the format has one of its own. */
  readonly encoding: string | null
  /** Whether a text begins with a byte-order mark, or is in an encoding that needs one in UTF-8 to be known from it. */
  readonly mark: boolean
  /** Whether the encoding is a guess. */
  readonly isGuess: boolean
  /** Of a workbook: the sheet that was read, and all that there are. */
  readonly sheet: string | null
  readonly sheets: readonly string[]
  /** Whether that sheet was taken for its size. */
  readonly isLargestSheet: boolean
  /** What is known of the text and needs no detection. */
  readonly settled: SettledText
  /** Where a line of the text, counted from 1, stands in the file: `line 7`. */
  place(line: number): string
}

type SourceFormat = 'text' | 'xlsx' | 'parquet' | 'json'

interface SettledText {
  readonly delimiter?: ','
  readonly decimal?: '.'
  /** Whether the first record holds names. */
  readonly header?: true
  readonly skipLines?: 0
  /** Lines that begin with some sign are no comments. */
  readonly comment?: ''
  /** Whether a line of units follows the names. */
  readonly units?: false
}

export interface SourceOptions {
  /** A label that TextDecoder knows or UTF-32, where the encoding should not be detected. */
  readonly encoding?: string | undefined
  /** Of a workbook, where it is not the largest. */
  readonly sheet?: string | undefined
  /** The first rows are enough: they come at once from a file of any size, and what they tell may be wrong of the rest. */
  readonly beginning?: boolean | undefined
}

/** Bytes that a file is known by. */
const HEAD = 1 << 16
/** How much of a text is its beginning, and how many rows of other formats. */
const FIRST_BYTES = 4 << 20
const FIRST_ROWS = 1000

const known = new Map<string, { readonly state: string; readonly source: Promise<Source> }>()

/**
 * Opens a file as text, once for as long as its size and time stay the same.
 *
 * @throws UserError where it is missing, damaged, a folder or nothing that holds a table; exit status 2 for an encoding or
 * a sheet that there is not
 */
export async function openSource(
  path: string,
  { encoding, sheet, beginning = false }: SourceOptions = {},
): Promise<Source> {
  const file = resolve(path)
  const found = await stat(file).catch((cause) => {
    throw unreadable(file, cause)
  })
  if (found.isDirectory()) throw new UserError(`${file} is a folder: name a table in it`)
  // A pipe or a device may never end, and is read but once.
  if (!found.isFile()) throw new UserError(`${file} is no file: save the table in one first`)
  const key = JSON.stringify([file, encoding, sheet, beginning])
  const state = `${found.size} ${found.mtimeMs}`
  const before = known.get(key)
  if (before !== undefined) {
    const source = await before.source
    if (before.state === state && existsSync(source.text)) return source
    if (source.text !== file) await rm(source.text, { force: true })
  }
  const source = readSource(file, found.size, found.mtimeMs, { encoding, sheet, beginning })
  known.set(key, { state, source })
  source.catch(() => known.delete(key))
  return source
}

/** Records that DuckDB wrote: a line of names, then a line a row. */
const RECORDS: SettledText = { delimiter: ',', decimal: '.', header: true, skipLines: 0, comment: '', units: false }
/** A sheet may have a title, no names, or units. */
const SHEET: SettledText = { delimiter: ',', decimal: '.', comment: '' }

async function readSource(file: string, size: number, modified: number, options: SourceOptions): Promise<Source> {
  const name = basename(file)
  const base = {
    file,
    name,
    size,
    modified,
    encoding: null,
    mark: false,
    isGuess: false,
    sheet: null,
    sheets: [],
    isLargestSheet: false,
    columnar: null,
  }
  const limit = options.beginning ? FIRST_ROWS : null
  const head = await readHead(file)
  const kind = kindOf(head)
  if (options.sheet !== undefined && kind.type !== 'zip' && kind.type !== 'refused') {
    throw new UserError(`${name} is no workbook, and so it has no sheet '${options.sheet}'`, { exitCode: 2 })
  }
  switch (kind.type) {
    case 'refused':
      throw new UserError(`${name} is no table: ${kind.reason}`)
    case 'zip': {
      const { text, continued, sheet, isLargest, sheets } = await sheetText(file, name, options.sheet, limit)
      const place = placeOf('row', 0, continued)
      return { ...base, text, format: 'xlsx', sheet, sheets, isLargestSheet: isLargest, settled: SHEET, place }
    }
    case 'parquet': {
      const { text, continued, columnar } = await parquetText(file, name, limit)
      return { ...base, text, columnar, format: 'parquet', settled: RECORDS, place: placeOf('row', 1, continued) }
    }
    case 'text': {
      if (limit !== null && isJson(head)) return readJson(file)
      const part = limit !== null && size > FIRST_BYTES ? await copyBeginning(file, name, FIRST_BYTES) : file
      const { text, encoding } = await decodeText({ file: part, name, head }, options.encoding)
      if (part !== file && part !== text) await rm(part, { force: true })
      if (isJson(text === part ? head : await readHead(text))) return readJson(text)
      const mark = encoding !== 'utf-8' || hasMark(head)
      return {
        ...base,
        text,
        format: 'text',
        encoding,
        mark,
        isGuess: encoding === 'windows-1252' && options.encoding === undefined,
        settled: {},
        place: (line) => `line ${line}`,
      }
    }
  }

  async function readJson(decoded: string): Promise<Source> {
    try {
      const { text, continued } = await jsonText(decoded, name, limit)
      return { ...base, text, format: 'json', settled: RECORDS, place: placeOf('record', 1, continued) }
    } finally {
      if (decoded !== file) await rm(decoded, { force: true })
    }
  }
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r').catch((cause) => {
    throw unreadable(file, cause)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw unreadable(file, cause)
  } finally {
    await handle.close()
  }
}

function unreadable(file: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return new UserError(`there is no file ${file}`, { cause })
  const reason = code === 'EACCES' || code === 'EPERM' ? 'permission is denied' : `the system says ${code}`
  return new UserError(`${basename(file)} cannot be read: ${reason}`, { cause })
}
