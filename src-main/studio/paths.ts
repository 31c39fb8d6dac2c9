/** Paths as they are written into files: they survive a folder's move, and are found again from where the file lies. */
import { access } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { DataChoice } from '../../src-shared/contract/job'
import { isInside } from './jail'

/**
 * A path as it should stand in a file: relative to the file's folder if both lie in the studio's folder (or the path
 * below the file's folder), else absolute. Always with `/`.
 *
 * @param from folder of the file that will hold the path
 */
export function storedPath(path: string, from: string, studioFolder: string): string {
  const together = isInside(from, path) || (isInside(studioFolder, path) && isInside(studioFolder, from))
  return together ? relative(from, path).split(sep).join('/') : path
}

/** A choice of data whose file, if it has one, is named as seen from a folder. */
export function withStoredFile(data: DataChoice, from: string, studioFolder: string): DataChoice {
  return 'file' in data ? { ...data, file: storedPath(data.file, from, studioFolder) } : data
}

/**
 * A stored path made absolute: relative ones start at the first of the folders in which they exist.
 *
 * @returns null for a path that no file of ours holds (a network share: opening a file must not contact a server)
 */
export async function foundPath(stored: string, folders: readonly string[]): Promise<string | null> {
  if (/^(\\\\|\/\/)/.test(stored)) return null
  if (isAbsolute(stored)) return stored
  for (const folder of folders) {
    const path = join(folder, stored)
    const there = await access(path).then(
      () => true,
      () => false,
    )
    if (there) return path
  }
  return resolve(folders[0] ?? '.', stored)
}
