/** Opens the studio: a window of its own where Electron can run, else in the browser, saying why. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UserError } from '../../src-shared/user-error'
import { isInside } from '../studio/jail'
import { findElectron } from './electron-binary'
import { electronArguments, missingDisplay, runElectron } from './electron-window'
import { ROOT } from './root'
import { serveStudio } from './serve'

/** How long a window that cannot open may take to fail, in milliseconds. */
const FAILS_WITHIN = 8000
const DOWNLOAD_TIMEOUT = 15 * 60_000

/**
 * @param file a `.kan` to open, or null
 * @returns the exit status, when the studio was closed
 */
export async function openStudio(file: string | null): Promise<number> {
  const path = file === null ? null : resolve(file)
  if (path !== null && !existsSync(path)) throw new UserError(`There is no file ${file}.`)
  const outcome = await openWindow(path)
  if (typeof outcome === 'number') return outcome
  process.stderr.write(`${outcome.reason}, so the studio opens in the browser.\n`)
  return serveStudio({ port: null, folder: folderFor(path), open: true, file: path })
}

/** Where the browser's studio may read: here, or where the network lies if that is elsewhere, for its table lies near it. */
function folderFor(file: string | null): string {
  const here = process.cwd()
  return file === null || isInside(here, file) ? here : dirname(file)
}

/** Runs Electron until its window closes; gives the reason where it cannot run. */
async function openWindow(file: string | null): Promise<number | { reason: string }> {
  const display = missingDisplay(process.platform, process.env)
  if (display !== null) return { reason: display }
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const electron = await findElectron({ root: ROOT, env: process.env, say, timeout: DOWNLOAD_TIMEOUT })
  if ('reason' in electron) return electron
  const root = process.platform === 'linux' && process.getuid?.() === 0
  return runElectron(electron.path, electronArguments({ root, app: ROOT, file }), FAILS_WITHIN)
}
