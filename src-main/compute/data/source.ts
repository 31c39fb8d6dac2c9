/** Where does a table come from? Any file that holds one, as UTF-8 text with delimiters on the disk. */
import { existsSync } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UserError } from '../../../src-shared/user-error'
import { kindOf } from './sources/signatures'
import { decodeText } from './sources/text'

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
  readonly format: 'text'
  /** As TextDecoder names it. */
  readonly encoding: string
  /** Where a line of the text, counted from 1, stands in the file: `line 7`. */
  place(line: number): string
}

export interface SourceOptions {
  /** A label that TextDecoder knows, where the encoding should not be detected. */
  readonly encoding?: string | undefined
}

/** Bytes that a file is known by. */
const HEAD = 1 << 16

const known = new Map<string, { readonly state: string; readonly source: Promise<Source> }>()

/**
 * Opens a file as text, once for as long as its size and time stay the same.
 *
 * @throws UserError where it is missing, a folder or nothing that holds a table; exit status 2 for an unknown encoding
 */
export async function openSource(path: string, { encoding }: SourceOptions = {}): Promise<Source> {
  const file = resolve(path)
  const found = await stat(file).catch((cause) => {
    throw unreadable(file, cause)
  })
  if (found.isDirectory()) throw new UserError(`${file} is a folder: name a table in it`)
  const key = JSON.stringify([file, encoding])
  const state = `${found.size} ${found.mtimeMs}`
  const before = known.get(key)
  if (before !== undefined) {
    const source = await before.source
    if (before.state === state && existsSync(source.text)) return source
    if (source.text !== file) await rm(source.text, { force: true })
  }
  const source = readSource(file, found.size, found.mtimeMs, { encoding })
  known.set(key, { state, source })
  source.catch(() => known.delete(key))
  return source
}

async function readSource(file: string, size: number, modified: number, options: SourceOptions): Promise<Source> {
  const name = basename(file)
  const head = await readHead(file)
  const kind = kindOf(head)
  if (kind.type === 'refused') throw new UserError(`${name} is no table: ${kind.reason}`)
  const { text, encoding } = await decodeText({ file, name, head }, options.encoding)
  return { file, name, size, modified, text, format: 'text', encoding, place: (line) => `line ${line}` }
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
