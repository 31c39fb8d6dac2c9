/** The studio's end of one compute process: calls that never hang, and word when the process is gone. */
import type { ComputeEvents, Opened } from '../../src-shared/contract/compute'
import type { Model } from '../../src-shared/kan/parameters'
import { UserError } from '../../src-shared/user-error'
import type { ComputeProcess } from './compute'

export type StartCompute = (events: ComputeEvents) => ComputeProcess
type Calls = ComputeProcess['calls']

export class Session {
  readonly #process: ComputeProcess
  readonly #pending = new Set<(error: Error) => void>()
  #ended: string | null = null
  /** Ends once the session has its model, however that went: what is asked of it before waits. */
  #opening: Promise<unknown> | null = null
  #isOpen = false

  /**
   * Starts the process. Throws UserError where it cannot be started.
   *
   * @param onLost is told, in a sentence, when the process ends without being asked to
   */
  constructor(start: StartCompute, events: ComputeEvents, onLost: (message: string) => void) {
    this.#process = start(events)
    this.#process.exited.then(({ code, signal }) => {
      if (this.#ended !== null) return
      const how = signal !== null ? `was ended by ${signal}` : `ended with exit status ${code ?? 'unknown'}`
      this.#end(`The compute process ${how}. The network is safe: resume to go on from where it was last kept.`)
      if (this.#ended !== null) onLost(this.#ended)
    })
  }

  get alive(): boolean {
    return this.#ended === null
  }

  /** Whether it has its model: it answers without waiting for that. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Gives it its model: see {@link ComputeCalls.open}. All other calls wait for this one. */
  open(model: Model, step: number, resume: string | null): Promise<Opened> {
    this.#isOpen = false
    const opened = this.#ask((calls) => calls.open(model, step, resume))
    this.#opening = opened.then(
      () => {
        this.#isOpen = true
      },
      () => {},
    )
    return opened
  }

  /** Calls the process. Rejects with a UserError if it is gone, or ends before it has answered. */
  call<T>(run: (calls: Calls) => Promise<T>): Promise<T> {
    return this.#isOpen || this.#opening === null ? this.#ask(run) : this.#opening.then(() => this.#ask(run))
  }

  #ask<T>(run: (calls: Calls) => Promise<T>): Promise<T> {
    if (this.#ended !== null) return Promise.reject(new UserError(this.#ended))
    return new Promise<T>((resolve, reject) => {
      this.#pending.add(reject)
      run(this.#process.calls)
        .then(resolve, reject)
        .finally(() => this.#pending.delete(reject))
    })
  }

  /** Sends without waiting for an answer. */
  tell(run: (calls: Calls) => Promise<unknown>): void {
    this.call(run).catch(() => {})
  }

  /** Ends the process; training stops with a checkpoint. */
  async stop(): Promise<void> {
    if (this.#ended !== null) return
    this.#end('The compute process was stopped.')
    await this.#process.stop()
  }

  #end(sentence: string): void {
    this.#ended = sentence
    for (const reject of [...this.#pending]) reject(new UserError(sentence))
    this.#pending.clear()
  }
}
