/** One thing after the other: calls that change the document wait for the one before. */

export class Queue {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** Whether nothing runs or waits. */
  get idle(): boolean {
    return this.#waiting === 0
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
