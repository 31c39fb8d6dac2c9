/** Runs a case again in a process of its own: for what an engine, or a peak of memory, keeps for good. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Marks a case that is run so; the words behind it say what to answer. */
export const ANSWER = 'answer'

/** The last line that the case printed. @throws when it failed */
export function freshly(name: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'run.mjs'), name, ANSWER, ...words],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${name} ${words.join(' ')} ended with status ${status}`)
  return stdout.trimEnd().split('\n').at(-1) ?? ''
}
