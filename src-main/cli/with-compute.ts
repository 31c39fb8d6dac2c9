/** A command's compute process: started for one piece of work, watched while it lasts, gone afterwards. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPinnedNode } from '../../bin/pinned-node.mjs'
import type { ComputeEvents } from '../../src-shared/contract/compute'
import { UserError } from '../../src-shared/user-error'
import { type ComputeProcess, startCompute } from '../studio/compute'
import { ROOT } from './root'

export type Calls = ComputeProcess['calls']

/** Lines of a process that died, kept to be shown with --debug. */
const LAST_LINES = 40

/**
 * @param listen what the events do, if they matter
 * @throws UserError if the process ends before the work does; what the work throws
 */
export async function withCompute<T>(
  work: (calls: Calls) => Promise<T>,
  listen: (calls: Calls) => Partial<ComputeEvents> = () => ({}),
): Promise<T> {
  const lines: string[] = []
  const compute = startLocalCompute(
    {
      telemetry: (frame) => events.telemetry?.(frame),
      ended: (result) => events.ended?.(result),
      checkpoint: (saved) => events.checkpoint?.(saved),
      log: (line, warning) => events.log?.(line, warning),
      reading: (share) => events.reading?.(share),
    },
    (line) => {
      lines.push(line)
      if (lines.length > LAST_LINES) lines.shift()
    },
  )
  const events = listen(compute.calls)
  const lost = compute.exited.then(({ code, signal }): never => {
    const how = signal ?? `exit status ${code}`
    throw new UserError(`The compute process ended unexpectedly (${how}).`, { cause: lines.join('\n') })
  })
  const done = work(compute.calls)
  // Whichever comes second is no news.
  lost.catch(() => {})
  done.catch(() => {})
  try {
    return await Promise.race([done, lost])
  } finally {
    await compute.stop()
  }
}

/**
 * A compute process of this installation.
 *
 * @throws UserError where there is no Node that can run it, or it is not built
 */
export function startLocalCompute(events: ComputeEvents, log?: (line: string) => void): ComputeProcess {
  const node = findPinnedNode(import.meta.url)
  if ('reason' in node) throw new UserError(node.reason)
  const script = join(ROOT, 'out', 'node', 'compute.js')
  if (!existsSync(script)) throw new UserError('KAN Studio is not built completely: run `npm run build` in its folder.')
  return startCompute({ nodePath: node.path, script, events, ...(log ? { log } : {}) })
}
