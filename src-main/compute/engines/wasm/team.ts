/** Who else computes on a network's memory? Worker threads that take items of jobs (threads.as.ts) until they are dismissed. */
import { Worker } from 'node:worker_threads'

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

/** The workers of one network. They start at the first call of `gather`, and nobody waits for them. */
export class Team {
  readonly #posts: readonly Post[]
  #workers: Worker[] | null = null

  constructor(posts: readonly Post[]) {
    this.#posts = posts
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

  /** To be called after the kernels' `dismiss`. */
  dissolve(): void {
    for (const worker of this.#workers ?? []) void worker.terminate()
    this.#workers = []
  }
}
