/** What does a walk over the whole text of a table find, chunk by chunk? */
import { type FileHandle, open } from 'node:fs/promises'
import { UserError } from '../../../../src-shared/user-error'
import type { Source } from '../sources/source'
import { hasMark } from '../sources/text'
import { CsvScanner, type Scan, type ScanOptions } from './csv-scanner'

const CHUNK = 1 << 20
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

export async function scanFile(handle: FileHandle, options: ScanOptions, after?: () => Promise<void>): Promise<Scan> {
  const { size } = await handle.stat()
  const buffer = Buffer.alloc(CHUNK)
  let told = performance.now()
  let isLong = false
  let position = 0
  let scanner: CsvScanner | null = null
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, position)
      if (scanner === null) {
        const mark = hasMark(buffer) ? 3 : 0
        scanner = new CsvScanner(options, mark)
        scanner.push(buffer.subarray(mark, bytesRead))
      } else if (bytesRead > 0) scanner.push(buffer.subarray(0, bytesRead))
      if (bytesRead === 0) return scanner.finish()
      position += bytesRead
      await after?.()
      if (position < size && performance.now() - told > TELLING) {
        told = performance.now()
        isLong = true
        tell(position / size)
      }
    }
  } finally {
    if (isLong) tell(1)
  }
}
