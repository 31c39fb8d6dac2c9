/** What is the most memory that this process has held since a moment? */
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Remembers what the process holds now; what it returns tells how many bytes the peak since then is above that.
 *
 * Linux forgets peaks when told to. Elsewhere, and where that is forbidden, a peak of the process's start may hide a lower one,
 * so what is asked should be a fresh process.
 */
export function memoryMark(): () => number {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // The peak of the start stays.
  }
  const idle = fromStatus('VmRSS') ?? process.memoryUsage.rss()
  // What getrusage tells begins, on Linux, with the peak of the program that started this one.
  return () => Math.max(0, (fromStatus('VmHWM') ?? 1024 * process.resourceUsage().maxRSS) - idle)
}

/** Bytes of a field of Linux's /proc/self/status, or null. */
function fromStatus(field: 'VmRSS' | 'VmHWM'): number | null {
  if (process.platform !== 'linux') return null
  try {
    const found = new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))
    return found === null ? null : 1024 * Number(found[1])
  } catch {
    return null
  }
}
