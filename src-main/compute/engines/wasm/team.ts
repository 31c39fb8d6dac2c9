/** Who else computes on a network's memory? Worker threads that take items of jobs (threads.as.ts) until they are dismissed. */
import { Worker } from 'node:worker_threads'
import type { Kernels } from './loader'

/** What a worker computes with. */
export interface Post {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** Addresses of the program and of the thread's own scratch memory. */
  readonly program: number
  readonly scratch: number
}

// As text, so that nothing has to be found at run time, in the sources or in a bundle.
const LIFE = `
  const { workerData: { module, memory, program, scratch } } = require('node:worker_threads')
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  exports.setup(program, scratch)
  exports.work()
`

type TeamKernels = Pick<Kernels, 'share' | 'workers' | 'dismiss'>

/** Most threads that anything is planned for. */
export const MOST_THREADS = 8

/** The workers of one network. They start at the first call of `gather`, and nobody waits for them. */
export class Team {
  readonly #kernels: TeamKernels
  readonly #posts: readonly Post[]
  #workers: Worker[] | null = null

  /** @param kernels the main thread's */
  constructor(kernels: TeamKernels, posts: readonly Post[]) {
    this.#kernels = kernels
    this.#posts = posts
    if (posts.length > 0) kernels.share()
  }

  gather(): void {
    this.#workers ??= this.#posts.map((post) => {
      const worker = new Worker(LIFE, { eval: true, workerData: post, name: 'kernels' })
      // Work goes on without a worker that cannot start.
      worker.on('error', () => undefined)
      worker.unref()
      return worker
    })
  }

  /** Workers that are there; they come a moment after `gather`. */
  get size(): number {
    return this.#kernels.workers()
  }

  dissolve(): void {
    this.#kernels.dismiss()
    for (const worker of this.#workers ?? []) void worker.terminate()
    this.#workers = []
  }
}
