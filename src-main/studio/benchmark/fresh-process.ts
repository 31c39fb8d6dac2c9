/** How is something measured apart from all else? In a compute process of its own, and what that says of the machine. */
import type { ComputeEvents } from '../../../src-shared/contract/compute'
import { UserError } from '../../../src-shared/user-error'
import { COMMIT } from '../../commit'
import type { ComputeProcess } from '../compute'
import type { StartCompute } from '../session'

type Calls = ComputeProcess['calls']

export interface Fresh {
  readonly startCompute: StartCompute
  readonly signal: AbortSignal
}

/**
 * A process whose peak of memory is the work's own. Ends with the work, or when the signal says stop.
 *
 * @param name what it is about, for who is told that it died
 * @param events what is to be heard of it
 * @throws UserError where the process dies under the work, or is stopped
 */
export async function inFreshProcess<T>(
  { startCompute, signal }: Fresh,
  name: string,
  work: (calls: Calls) => Promise<T>,
  events: Partial<ComputeEvents> = {},
): Promise<T> {
  const compute = startCompute({ ...DEAF, ...events })
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => reject(new UserError('The benchmark was cancelled.'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    void compute.exited.then(({ code, signal: killed }) => {
      signal.removeEventListener('abort', stop)
      const how = killed === null ? `exit status ${code ?? 'unknown'}` : killed
      reject(
        new UserError(
          `The process that measured ${name} ended unexpectedly (${how}): it may have been too much for this machine's memory.`,
        ),
      )
    })
  })
  const done = work(compute.calls)
  stopped.catch(() => {})
  done.catch(() => {})
  try {
    return await Promise.race([done, stopped])
  } finally {
    await compute.stop()
  }
}

const DEAF: ComputeEvents = {
  telemetry: () => {},
  ended: () => {},
  checkpoint: () => {},
  log: () => {},
  reading: () => {},
}

/** The engines that are there, the machine, and programs with their versions. */
export async function whereItRuns(calls: Calls, version: string) {
  const [engines, { machine, versions }] = [await calls.engines(), await calls.surroundings()]
  const found = engines.filter(({ available }) => available)
  return {
    engines,
    machine,
    versions: {
      'KAN Studio': version,
      ...(COMMIT === null ? {} : { commit: COMMIT }),
      ...versions,
      ...Object.fromEntries(
        found.map(({ name, version, device, threads }) => [
          `engine ${name}`,
          `${version}, ${device}, ${threads} thread${threads === 1 ? '' : 's'}`,
        ]),
      ),
    },
  }
}
