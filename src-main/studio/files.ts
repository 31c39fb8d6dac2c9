/** The browser's view of the studio's folder: what is in it, and a place for files that are dropped into the page. */
import { lstat, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type FileEntry, UPLOAD_LIMIT } from '../../src-shared/contract/studio'
import { TABLE_ENDINGS } from '../../src-shared/contract/table-endings'
import { UserError } from '../../src-shared/user-error'
import { isInside, type Jail } from './jail'

const ENDINGS = { model: ['.kan'], data: TABLE_ENDINGS.map((ending) => `.${ending}`) }

/** Folders and the files of a kind in a folder, folders first, then by name. Hidden ones and ways out are left out. */
export async function listFiles(jail: Jail, folder: string, kind: 'model' | 'data'): Promise<readonly FileEntry[]> {
  const real = await jail.reading(folder)
  const names = await readdir(real).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') throw new UserError(`${folder} is a file, not a folder.`, { cause: error })
    throw new UserError(`${folder} cannot be read: ${error.code ?? error.message}.`, { cause: error })
  })
  const visible = names.filter((name) => !name.startsWith('.') && name !== 'node_modules')
  const entries = await Promise.all(visible.map((name) => entryOf(jail, join(real, name), name)))
  const endings: readonly string[] = ENDINGS[kind]
  return entries
    .filter((entry) => entry !== null)
    .filter((entry) => entry.folder || endings.includes(extname(entry.name).toLowerCase()))
    .sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, undefined, { numeric: true }))
}

async function entryOf(jail: Jail, path: string, name: string): Promise<FileEntry | null> {
  try {
    const about = await stat(await jail.reading(path))
    if (!about.isDirectory() && !about.isFile()) return null
    return { name, path, folder: about.isDirectory(), modifiedAt: about.mtimeMs }
  } catch {
    // A dangling link, a file that just went, or a link that leads out of the folder.
    return null
  }
}

/**
 * Keeps a dropped file under `data/` of a folder. A file of that name with the same bytes is reused; with others, the
 * new one gets ` (2)`.
 *
 * @returns the kept file's absolute path
 */
export async function keepUpload(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  if (bytes.length > UPLOAD_LIMIT) {
    throw new UserError(
      `${name} has ${Math.ceil(bytes.length / 2 ** 20)} MB, and a dropped file may have ${UPLOAD_LIMIT / 2 ** 20}: copy it into ${folder} and open it from there.`,
    )
  }
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true }).catch((error) => failToKeep(name, error))
  const real = await realpath(data)
  if (!isInside(folder, real)) throw new UserError(`${data} leads out of the studio's folder: nothing is kept there.`)
  const safe = safeName(name)
  const ending = extname(safe)
  const stem = safe.slice(0, safe.length - ending.length)
  for (let copy = 1; ; copy++) {
    const path = join(real, copy === 1 ? safe : `${stem} (${copy})${ending}`)
    if (await keepAs(path, bytes, name)) return path
  }
}

/** Whether the file is there with these bytes now; false if another one has the name. */
async function keepAs(path: string, bytes: Uint8Array, name: string): Promise<boolean> {
  try {
    await writeFile(path, bytes, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return sameBytes(path, bytes)
    await rm(path, { force: true })
    return failToKeep(name, error)
  }
}

async function sameBytes(path: string, bytes: Uint8Array): Promise<boolean> {
  const about = await lstat(path)
  return about.isFile() && about.size === bytes.length && (await readFile(path)).equals(bytes)
}

function failToKeep(name: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException
  const reason = code === 'ENOSPC' ? 'the disk is full' : (code ?? String(error))
  throw new UserError(`${name} could not be kept in the studio's folder: ${reason}.`, { cause: error })
}

/** A name that is one plain file on every system: no folders, no reserved signs or device names. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const plain = last.replace(/[<>:"|?*\u0000-\u001f\u007f]/g, '_').replace(/^[. ]+|[. ]+$/g, '')
  const ending = extname(plain).slice(0, 20)
  const stem = plain.slice(0, plain.length - extname(plain).length).slice(0, 120)
  const whole = `${stem}${ending}` || 'table.csv'
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(whole) ? `_${whole}` : whole
}
