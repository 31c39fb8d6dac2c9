/** What is a file known by, wherever it lies and whatever it is called? */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Fingerprint } from '../../../src-shared/kan/specification'
import type { CsvLayout } from './layout/csv-layout'

/** Reads the whole file once more, while others read it too. */
export async function fingerprintOf({ source, rows }: CsvLayout): Promise<Fingerprint> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(source.file, { highWaterMark: 1 << 20 }), hash)
  return { size: source.size, rows, hash: hash.digest('hex') }
}
