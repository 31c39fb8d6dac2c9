/** Where do texts of other formats lie? In one folder of the system's, which goes when the process ends. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../../../src-shared/user-error'

const PREFIX = 'kan-studio-tables-'

let folder: string | null = null
let files = 0

/** A path for a file that does not exist yet. */
export function temporaryPath(ending: string): string {
  folder ??= makeFolder()
  files++
  return join(folder, `${files}${ending}`)
}

/**
 * Writes a temporary file.
 *
 * @param name of the table, for the sentence when the disk is full
 * @returns its path; nothing is left where `write` fails
 */
export async function writeTemporary(name: string, write: (file: FileHandle) => Promise<void>): Promise<string> {
  const path = temporaryPath('.csv')
  try {
    const file = await open(path, 'wx')
    await write(file).finally(() => file.close())
    return path
  } catch (error) {
    await rm(path, { force: true })
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
      throw new UserError(`${name} cannot be unpacked: the disk of ${tmpdir()} is full`, { cause: error })
    }
    throw error
  }
}

function makeFolder(): string {
  removeLeftovers()
  const made = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}

/** A process that was killed could not tidy up. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
