/** Runs a case again in a process of its own: for a peak of memory, which never falls. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Marks a case that is run so; the words behind it say what to answer. */
export const ANSWER = 'answer'

/** The last line that the case printed. @throws when it failed */
export function freshly(name: string, words: readonly string[]): string {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'run.mjs'), name, ANSWER, ...words],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${name} ${words.join(' ')} ended with status ${status}`)
  return stdout.trimEnd().split('\n').at(-1) ?? ''
}
