/** Which commit is being built? For reports, which tell it beside the version. */
import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'

/** Bundlers put the commit in place of this name; nothing where it is not known. */
export function commitDefined(): Record<string, string> {
  const commit = commitOf(import.meta.dirname.replace(/[/\\]scripts$/, ''))
  return commit === null ? {} : { 'process.env.KAN_STUDIO_COMMIT': JSON.stringify(commit) }
}

/** Null where the folder is not a checkout of its own, as where a package was unpacked, or git is not there. */
function commitOf(folder: string): string | null {
  const git = (...flags: readonly string[]) =>
    execFileSync('git', flags, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim()
  try {
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync(folder)) return null
    return git('describe', '--always', '--abbrev=12', '--exclude=*', '--dirty=, changed since')
  } catch {
    return null
  }
}
