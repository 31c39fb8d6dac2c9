/** Writing a file so that at every moment either the old version or the whole new one is there. */
import { randomBytes } from 'node:crypto'
import { copyFile, type FileHandle, link, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileError } from './errors'

export interface AtomicOptions {
  /** Keeps the version before as `name.bak`. */
  readonly backup?: boolean
  /** Puts the bytes into the open file; tests pass one that fails. */
  readonly write?: (file: FileHandle, bytes: Uint8Array) => Promise<void>
}

/**
 * Writes a temporary file in the same folder, syncs it and renames it over the path. A symbolic link stays one.
 *
 * @throws UserError naming the path; whatever fails, the version before is intact and no temporary file is left
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array,
  { backup = false, write = writeAll }: AtomicOptions = {},
): Promise<void> {
  const before = await existing(path)
  const target = before?.path ?? path
  const temporary = temporaryBeside(target)
  try {
    if (before?.isFolder) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
    const file = await open(temporary, 'wx', before?.mode ?? 0o666)
    try {
      await write(file, bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    if (backup && before !== null) await keepAs(target, `${target}.bak`)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw fileError(error, 'save', path)
  }
  await syncFolder(dirname(target))
}

/**
 * Copies a file whole or not at all.
 *
 * @throws UserError naming the path that could not be read or written
 */
export async function copyWhole(from: string, to: string): Promise<void> {
  const bytes = await readFile(from).catch((error: unknown) => {
    throw fileError(error, 'read', from)
  })
  await writeFileAtomic(to, bytes)
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  await file.writeFile(bytes)
}

async function existing(path: string): Promise<{ path: string; mode: number; isFolder: boolean } | null> {
  try {
    const real = await realpath(path)
    const found = await stat(real)
    return { path: real, mode: found.mode & 0o777, isFolder: found.isDirectory() }
  } catch {
    return null
  }
}

/** Gives the file a second name; it never goes missing under the first. Where there are no links it is copied. */
async function keepAs(path: string, backup: string): Promise<void> {
  const temporary = temporaryBeside(backup)
  try {
    await link(path, temporary).catch(() => copyFile(path, temporary))
    await rename(temporary, backup)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A short name, so that it fits wherever the file's own name does. */
function temporaryBeside(path: string): string {
  return join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`)
}

/** Makes the rename itself durable, where folders can be opened. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows and some network disks cannot; the file is whole all the same.
  }
}
