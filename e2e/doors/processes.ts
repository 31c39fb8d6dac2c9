/** Processes that the studio started, found from outside. */
import { execFileSync } from 'node:child_process'

/** Process id of the compute process below a studio. Throws when there is none. */
export function computeOf(studio: number): number {
  const found = descendants(studio).find((pid) => commandOf(pid).includes('compute.js'))
  if (found === undefined) throw new Error(`the studio ${studio} has no compute process`)
  return found
}

function descendants(pid: number): number[] {
  const children = list(['-P', String(pid)])
  return [...children, ...children.flatMap(descendants)]
}

function list(args: string[]): number[] {
  try {
    return execFileSync('pgrep', args, { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number)
  } catch {
    return [] // pgrep answers 1 where nothing matches
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return '' // it ended meanwhile
  }
}

/** Ends a process at once, if it is still there. */
export async function killed(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    return // it ended before
  }
  await ended(pid)
}

export async function ended(pid: number): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`process ${pid} is still there`)
}
