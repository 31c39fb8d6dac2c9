/** Which encoding is a text in, and how does it become UTF-8? Judged by the whole file, which never stands in memory. */
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { UserError } from '../../../../src-shared/user-error'
import { linesIn } from './records'
import { isBinary } from './signatures'
import { writeTemporary } from './temporary'
import { Utf32Decoder, utf32In } from './utf-32'

export interface TextFile {
  readonly file: string
  readonly name: string
  /** Its first bytes. */
  readonly head: Uint8Array
}

export interface DecodedText {
  /** Path of the text in UTF-8, with or without a mark: the file itself where it is so already. */
  readonly text: string
  /** As TextDecoder names it. */
  readonly encoding: string
}

const CHUNK = 1 << 20
const LF = 10
const CR = 13
const QUOTE = 34

/**
 * A byte-order mark decides, else zeros in every second byte (UTF-16) or in more of them (UTF-32), else what is valid UTF-8 is UTF-8 and the rest
 * windows-1252, in which every byte is a character.
 *
 * @param told a label that TextDecoder knows, which is then believed
 * @throws UserError where it is no text, or not in the encoding that was told
 */
export async function decodeText(source: TextFile, told?: string): Promise<DecodedText> {
  const wide = wideEncoding(source.head)
  const encoding = told === undefined ? wide : toldEncoding(told, wide)
  if (encoding !== null && encoding !== 'utf-8') return decode(source, encoding, told !== undefined)
  const bad = await firstBadLine(source.file)
  if (bad === null) return { text: source.file, encoding: 'utf-8' }
  if (encoding === 'utf-8' || hasMark(source.head)) {
    throw new UserError(`${source.name} is not in UTF-8 (see line ${bad.line}): name the encoding that it is in`)
  }
  if (bad.hasZero) throw notText(source.name, bad.line)
  if (isBinary(source.head)) throw new UserError(`${source.name} is no table: it seems to be a binary file`)
  return decode(source, 'windows-1252', false)
}

function toldEncoding(label: string, wide: string | null): string {
  const decoder = decoderOf(label)
  // Whoever says UTF-16 may not know which of the two it is: the mark does.
  const width = /^utf-(16|32)/.exec(decoder.encoding)?.[0]
  return width !== undefined && wide?.startsWith(width) ? wide : decoder.encoding
}

type Decoder = Pick<TextDecoder, 'encoding' | 'decode'>

/** @throws UserError (exit status 2) for a label that means no encoding */
export function decoderOf(label: string): Decoder {
  try {
    return Utf32Decoder.of(label) ?? new TextDecoder(label, { fatal: true })
  } catch (cause) {
    throw new UserError(`there is no encoding '${label}'; common ones are utf-8, utf-16le, windows-1252, iso-8859-15`, {
      exitCode: 2,
      cause,
    })
  }
}

/**
 * Copies the beginning of a file, to the end of a line that does not lie in quotes.
 *
 * @returns the copy's path
 */
export function copyBeginning(file: string, name: string, size: number): Promise<string> {
  return writeTemporary(name, async (output) => {
    const chunks: Buffer[] = []
    for await (const chunk of createReadStream(file, { end: size - 1, highWaterMark: CHUNK })) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    await output.writeFile(bytes.subarray(0, wholeLines(bytes)))
  })
}

/** Length up to a line break with as many quotes before it as close again; all where there is none. */
function wholeLines(bytes: Buffer): number {
  let quotes = 0
  for (const byte of bytes) if (byte === QUOTE) quotes++
  let outside = 0
  for (let end = bytes.length; end > 0 && outside === 0; end--) {
    const byte = bytes[end - 1]
    if (byte === QUOTE) quotes--
    else if ((byte === LF || byte === CR) && quotes % 2 === 0) outside = end
  }
  if (outside === 0) return bytes.length
  // The other bytes of a line feed.
  const width = { 'utf-16le': 2, 'utf-32le': 4 }[wideEncoding(bytes.subarray(0, 1 << 16)) ?? ''] ?? 1
  return Math.min(bytes.length, Math.ceil(outside / width) * width)
}

/** By a mark, or by the zeros that Latin letters, digits and delimiters have in all of their bytes but one. */
function wideEncoding(head: Uint8Array): string | null {
  const utf32 = utf32In(head)
  if (utf32 !== null) return utf32
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = head.length / 10
  if (odd > many && odd > 10 * even) return 'utf-16le'
  if (even > many && even > 10 * odd) return 'utf-16be'
  return null
}

/** Whether UTF-8 begins with a byte-order mark. */
export function hasMark(head: Uint8Array): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
}

async function decode({ file, name, head }: TextFile, encoding: string, told: boolean): Promise<DecodedText> {
  const decoder = decoderOf(encoding)
  let lines = 1
  const text = await writeTemporary(name, async (output) => {
    for await (const chunk of chunksOf(file)) {
      const part = decoded(() => decoder.decode(chunk, { stream: true }))
      const zero = part.indexOf('\0')
      if (zero >= 0) throw notText(name, lines + linesIn(part.slice(0, zero)))
      lines += linesIn(part)
      await output.writeFile(part)
    }
    await output.writeFile(decoded(() => decoder.decode()))
  })
  return { text, encoding }

  function decoded(attempt: () => string): string {
    try {
      return attempt()
    } catch (cause) {
      const why = told
        ? `is not in ${encoding}`
        : isBinary(head)
          ? 'is no table: it is no text'
          : 'is damaged or no text'
      throw new UserError(`${name} ${why} (see line ${lines} and below)`, { cause })
    }
  }
}

function notText(name: string, line: number): UserError {
  return new UserError(`${name} is no table: line ${line} has bytes that stand in no text`)
}

/** The line of the first byte that is a zero or no UTF-8. */
async function firstBadLine(file: string): Promise<{ line: number; hasZero: boolean } | null> {
  const handle = await open(file)
  try {
    const buffer = Buffer.allocUnsafe(CHUNK)
    let kept = 0
    for (let position = 0; ; ) {
      const { bytesRead } = await handle.read(buffer, kept, CHUNK - kept, position)
      const bytes = buffer.subarray(0, kept + bytesRead)
      const whole = bytesRead === 0 ? bytes.length : wholeCharacters(bytes)
      const part = bytes.subarray(0, whole)
      if (part.includes(0) || !isUtf8(part)) return badLine(part, await linesBefore(file, position - kept))
      if (bytesRead === 0) return null
      kept = bytes.length - whole
      buffer.copyWithin(0, whole, bytes.length)
      position += bytesRead
    }
  } finally {
    await handle.close()
  }
}

function badLine(bytes: Buffer, first: number): { line: number; hasZero: boolean } {
  const lines = bytes.toString('latin1').split('\n')
  const isBad = (text: string) => text.includes('\0') || !isUtf8(Buffer.from(text, 'latin1'))
  return { line: first + Math.max(0, lines.findIndex(isBad)), hasZero: bytes.includes(0) }
}

/** The number of the line that a byte stands on. Only asked where something is wrong: good files need not be counted through. */
async function linesBefore(file: string, position: number): Promise<number> {
  let line = 1
  if (position === 0) return line
  for await (const chunk of createReadStream(file, { end: position - 1, highWaterMark: CHUNK })) line += linesIn(chunk)
  return line
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

function chunksOf(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: CHUNK })
}
