/** How many cores do other processes keep busy since a moment? */
import { cpus } from 'node:os'

/** Shorter than this, in milliseconds, the system's ticks of 10 ms tell nothing. */
const SHORTEST = 500

/** What it returns tells how many cores others kept busy on average since it was made; null where it is too early to tell. */
export function otherCoresMark(): () => number | null {
  const begun = performance.now()
  const busyBefore = busyMilliseconds()
  const ownBefore = process.cpuUsage()
  return () => {
    const wall = performance.now() - begun
    if (wall < SHORTEST) return null
    const own = process.cpuUsage(ownBefore)
    return Math.max(0, (busyMilliseconds() - busyBefore - (own.user + own.system) / 1000) / wall)
  }
}

function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}
