/** Ctrl+C and its relatives: called once for a wish to end, again when the person insists. */
import { constants } from 'node:os'

/** Signals that ask a command to end, and what its exit status then is. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A terminal sends Ctrl+C to the launcher and to us, and the launcher passes it on: two signals, one wish. */
const SAME_WISH = 500

/**
 * Calls `wish` when the person (or the system) asks to end; when asked once more, ends at once.
 * Losing the launcher (it was killed) is such a wish too.
 *
 * @param wish gets the exit status that the command should end with
 * @returns stops listening; until then the process stays alive where it has a launcher
 */
export function onInterrupt(wish: (exitCode: number) => void): () => void {
  let wishedAt: number | null = null
  const listeners = SIGNALS.map((signal) => {
    const exitCode = 128 + constants.signals[signal]
    const listener = () => {
      if (wishedAt === null) {
        wishedAt = performance.now()
        wish(exitCode)
      } else if (performance.now() - wishedAt > SAME_WISH) {
        process.exit(exitCode)
      }
    }
    process.on(signal, listener)
    return [signal, listener] as const
  })
  const lost = () => process.emit('SIGTERM')
  process.on('disconnect', lost)
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener)
    process.off('disconnect', lost)
  }
}
