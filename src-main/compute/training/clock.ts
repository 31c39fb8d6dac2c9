/** Time as the session sees it, passed in so that tests can turn it by hand. */

export interface Clock {
  /** Milliseconds from any fixed moment. */
  now(): number
  /** Runs something once after some milliseconds; the result cancels it. */
  after(milliseconds: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}
