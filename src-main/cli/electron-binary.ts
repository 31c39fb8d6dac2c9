/** Finds the Electron program, and fetches it where npm has installed only its downloader. Never hangs. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type ElectronBinary = { readonly path: string } | { readonly reason: string }

export interface ElectronSearch {
  /** The project's folder, with `node_modules` in it. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Tells the person what takes so long. */
  readonly say: (sentence: string) => void
  /** Milliseconds that a download may take. */
  readonly timeout: number
}

/** Looks where it may stand already, else downloads it within the time given; else says why there is none. */
export async function findElectron(search: ElectronSearch): Promise<ElectronBinary> {
  const installed = installedElectron(search)
  if (installed !== null) return installed
  const install = join(search.root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(install)) return { reason: 'Electron is not installed' }
  search.say('Downloading Electron (about 110 MB, once) …')
  const failure = await download(install, search)
  if (failure !== null) return { reason: `Electron could not be downloaded (${failure})` }
  return installedElectron(search) ?? { reason: 'Electron could not be downloaded (its program is missing)' }
}

/** What is there already: ELECTRON_OVERRIDE_DIST_PATH, else what npm's package has unpacked; null where it has not. */
export function installedElectron({ root, env }: Pick<ElectronSearch, 'root' | 'env'>): ElectronBinary | null {
  const folder = join(root, 'node_modules', 'electron')
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const path = join(override, programName(folder))
    return existsSync(path)
      ? { path }
      : { reason: `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which holds no Electron` }
  }
  const path = join(folder, 'dist', programName(folder))
  return existsSync(join(folder, 'path.txt')) && existsSync(path) ? { path } : null
}

/** The program inside a distribution: what the package wrote down, else the platform's usual name. */
function programName(folder: string): string {
  const file = join(folder, 'path.txt')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Why the download failed, or null. */
function download(install: string, { env, timeout }: ElectronSearch): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [install], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(`no answer within ${Math.round(timeout / 1000)} s`)
    }, timeout)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
    })
    const end = (failure: string | null) => {
      clearTimeout(timer)
      resolve(failure)
    }
    child.on('error', (error) => end(error.message))
    child.on('exit', (code) => end(code === 0 ? null : firstLine(said) || `exit status ${code}`))
  })
}

/** The first line that says what went wrong, without the stack around it. */
function firstLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return (lines.find((line) => /error|ENOTFOUND|ECONN|ETIMEDOUT/i.test(line)) ?? lines[0] ?? '').slice(0, 200)
}
