/** Work that must not overlap, one piece after the other in the order in which it was asked for. */

export type Turn = <T>(work: () => T | Promise<T>) => Promise<T>

/** A queue of its own; a piece that fails does not hold up the next. */
export function createTurns(): Turn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
