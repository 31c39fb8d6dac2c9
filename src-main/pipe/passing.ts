/** When may a process that computes go on? Once what is under way on its pipes has passed. */
import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds after which computing goes on all the same: whoever is at the other end may be stopped, or read slowly. */
const PATIENCE = 50

/**
 * A pause between two pieces of computing, in which messages pass in both directions. A turn of the event loop moves only
 * what fits into a pipe: a large network would take as many pieces of computing as it fills pipes, and hold up all that is
 * behind it for seconds.
 */
export function createPause(
  input: { readonly bytesRead: number },
  output: { readonly writableLength: number },
): () => Promise<void> {
  return async () => {
    const end = performance.now() + PATIENCE
    let before: number
    do {
      before = input.bytesRead
      await turn()
    } while ((output.writableLength > 0 || input.bytesRead > before) && performance.now() < end)
  }
}
