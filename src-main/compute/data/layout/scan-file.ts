/** What does a walk over the whole text of a table find, chunk by chunk? */
import { type FileHandle, open } from 'node:fs/promises'
import { UserError } from '../../../../src-shared/user-error'
import type { Source } from '../sources/source'
import { hasMark } from '../sources/text'
import { CsvScanner, type Scan, type ScanOptions } from './csv-scanner'
import { loadRowKernel } from './plain-rows'

const CHUNK = 1 << 20
/** Bytes from which on the kernel pays, whose memory is some two million. */
const LONG = 1 << 16
/** Milliseconds between two words of how far a walk is, and before the first. */
const TELLING = 150

let tell: (share: number) => void = () => undefined

/** Names who is told how much of a long text was walked over: from 0 to 1, which is the end. */
export function tellReading(listener: (share: number) => void): void {
  tell = listener
}

export function openText(source: Source): Promise<FileHandle> {
  return open(source.text, 'r').catch((cause) => {
    throw changed(source, cause)
  })
}

/** There was such a file a moment ago. */
export function changed({ name }: Source, cause?: unknown): UserError {
  return new UserError(`${name} changed while it was being read: try again`, { cause })
}

/** @param after is waited for behind each chunk */
export async function scanFile(handle: FileHandle, options: ScanOptions, after?: () => Promise<void>): Promise<Scan> {
  const { size } = await handle.stat()
  const kernel = size < LONG ? null : await loadRowKernel()
  let told = performance.now()
  let isLong = false
  let scanner: CsvScanner | null = null
  const chunks = chunksOf(handle)
  try {
    for await (const { bytes, end } of chunks) {
      if (scanner === null) {
        const mark = hasMark(bytes) ? 3 : 0
        scanner = new CsvScanner(options, mark, kernel)
        scanner.push(bytes.subarray(mark))
        options.numbers?.expect(end / size)
      } else scanner.push(bytes)
      await after?.()
      if (end < size && performance.now() - told > TELLING) {
        told = performance.now()
        isLong = true
        tell(end / size)
      }
    }
    return (scanner ?? new CsvScanner(options)).finish()
  } finally {
    if (isLong) tell(1)
  }
}

/** A file from its beginning to its end; a chunk's bytes are others once the next one is asked for. It is read while the one before is used. */
async function* chunksOf(handle: FileHandle): AsyncGenerator<{ readonly bytes: Buffer; readonly end: number }> {
  let [own, other] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)]
  let end = 0
  let reading = handle.read(own, 0, CHUNK, end)
  try {
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      end += bytesRead
      reading = handle.read(other, 0, CHUNK, end)
      yield { bytes: own.subarray(0, bytesRead), end }
      ;[own, other] = [other, own]
    }
  } finally {
    // Nobody closes the file under it.
    await reading.catch(() => undefined)
  }
}
