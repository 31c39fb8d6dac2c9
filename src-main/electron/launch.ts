/** What the desktop was started with: its folder, a file to open, and where its state goes. */
import { join, resolve } from 'node:path'

export interface Launch {
  /** The studio's folder. */
  readonly folder: string
  /** A `.kan` to open, absolute, or null. */
  readonly file: string | null
}

export interface Surroundings {
  readonly cwd: string
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether this is the application itself (double-clicked), not Electron run on the project's folder from a terminal. */
  readonly packaged: boolean
}

/** `--folder=DIR`, else KAN_STUDIO_FOLDER, else the terminal's folder, else `KAN Studio` at home. */
export function launchOf(argv: readonly string[], { cwd, home, env, packaged }: Surroundings): Launch {
  const flag = argv.find((argument) => argument.startsWith('--folder='))?.slice('--folder='.length)
  const named = flag || env.KAN_STUDIO_FOLDER
  const folder = named ? resolve(cwd, named) : packaged ? join(home, 'KAN Studio') : cwd
  return { folder, file: fileIn(argv, cwd) }
}

/** The model named on a command line, absolute; other arguments are switches and the application's own folder. */
export function fileIn(argv: readonly string[], cwd: string): string | null {
  const named = argv.slice(1).find((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith('.kan'))
  return named === undefined ? null : resolve(cwd, named)
}
