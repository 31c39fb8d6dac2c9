/** How does a program of the system run for an installation, and what if there is none? */
import { spawn } from 'node:child_process'
import { UserError } from '../../src-shared/user-error'

/** Lines of what a failed program said that are told. */
const LAST_LINES = 5

/**
 * The standard output of a program.
 *
 * @throws UserError where it is missing or fails, with its last lines
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { signal, folder, missing }: { readonly signal: AbortSignal; readonly folder: string; readonly missing: string },
): Promise<string> {
  const child = spawn(command, args, { cwd: folder, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-100_000)
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const code = await ended.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(missing, { cause: error })
    throw error
  })
  if (code !== 0) {
    const last = errors.trim().split('\n').slice(-LAST_LINES).join(' ')
    throw new UserError(`${command} failed: ${last || `exit status ${code}`}`, { cause: errors })
  }
  return output
}

/** The first of some programs that is there. @throws UserError where none is */
export async function firstProgram(
  commands: readonly string[],
  options: { readonly signal: AbortSignal; readonly folder: string; readonly missing: string },
): Promise<string> {
  for (const command of commands) {
    const isThere = await runProgram(command, ['--version'], options).then(
      () => true,
      () => false,
    )
    if (isThere) return command
  }
  throw new UserError(options.missing)
}
