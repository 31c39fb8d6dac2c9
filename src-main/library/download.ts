/** How does a large file come from the net: with progress, going on where it stopped before, and checked? */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../src-shared/user-error'
import { fileError } from '../files/errors'

export interface Source {
  /** http, https or file. */
  readonly url: string
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: string
}

/**
 * Puts a file there, unless it is there already. What was loaded of it when something stopped it is kept beside it, as `.part`.
 *
 * @param report bytes so far, and in all (0 where nobody knows)
 * @throws UserError where the net or the disk fails, or what came is not what was asked for
 */
export async function download(
  { url, sha256 }: Source,
  path: string,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (done: number, total: number) => void },
): Promise<void> {
  if (existsSync(path) && (await hashOf(path)) === sha256) return
  const part = `${path}.part`
  try {
    if (url.startsWith('file:')) await copyFile(fileURLToPath(url), part)
    else await load(url, part, signal, report)
  } catch (error) {
    if (signal.aborted) throw error
    const known = fileError(error, 'save', part)
    if (known instanceof UserError) throw known
    throw new UserError(
      `The download of ${nameOf(url)} stopped (${reasonOf(error)}): install again, and it goes on from there.`,
      { cause: error },
    )
  }
  if ((await hashOf(part)) !== sha256) {
    await rm(part, { force: true })
    throw new UserError(`What came for ${nameOf(url)} is not the file that was published: install again.`)
  }
  await rename(part, path)
}

async function load(url: string, part: string, signal: AbortSignal, report: (done: number, total: number) => void) {
  const held = existsSync(part) ? statSync(part).size : 0
  const response = await fetch(url, { signal, headers: held > 0 ? { range: `bytes=${held}-` } : {} })
  // All of it was there already.
  if (response.status === 416) return
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`)
  const goesOn = response.status === 206
  let done = goesOn ? held : 0
  const length = Number(response.headers.get('content-length') ?? 0)
  const total = length === 0 ? 0 : done + length
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      done += chunk.length
      report(done, total)
      yield chunk
    }
  }
  await pipeline(response.body, counted, createWriteStream(part, { flags: goesOn ? 'a' : 'w' }))
}

/** SHA-256 of a file in hexadecimal digits. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function nameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? url)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
