/** One thing after the other: calls that change the document wait for the one before. */

export class Queue {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** Whether nothing runs or waits. */
  get idle(): boolean {
    return this.#waiting === 0
  }

  /** Waits until what runs or waits now has ended; false if it takes longer than so many milliseconds. */
  async idleWithin(patience: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), patience)
    })
    const idle = await Promise.race([this.#last.then(() => true), late])
    clearTimeout(timer)
    return idle
  }

  /** Runs the task once all earlier ones have ended, however they ended. */
  run<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting++
    const result = this.#last.then(task).finally(() => {
      this.#waiting--
    })
    this.#last = result.catch(() => {})
    return result
  }
}
