/** How does what is used of a zip file come onto the disk? */
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/**
 * Unpacks the files of a zip that are wanted, under their paths in it.
 *
 * @param report bytes written so far, and in all
 */
export async function unpack(
  file: string,
  folder: string,
  isWanted: (path: string) => boolean,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (done: number, total: number) => void },
): Promise<void> {
  // Names that lead out of the folder are refused by yauzl.
  const zip = await openPromise(file, { autoClose: false })
  try {
    const entries = []
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/') && isWanted(entry.fileName)) entries.push(entry)
    }
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    let done = 0
    for (const entry of entries) {
      const target = join(folder, entry.fileName)
      await mkdir(dirname(target), { recursive: true })
      const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          done += chunk.length
          report(done, total)
          yield chunk
        }
      }
      await pipeline(await zip.openReadStreamPromise(entry), counted, createWriteStream(target), { signal })
    }
  } finally {
    zip.close()
  }
}
