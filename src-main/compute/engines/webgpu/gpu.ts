/**
 * How does synchronous code use a graphics card, which answers later only? The card lives in a thread of its own; whoever
 * reads sleeps until that thread has answered (docs/decisions/0008-the-card-has-a-thread.md).
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { EngineLost } from '../lost'
import { findCard } from './find-card'
import { code, type Kernel } from './kernels'
import { dawnModule, probeCard, whyNone } from './probe'
import type { Adapter, Answer, Command, Dispatch, Message, Opened, Post, Read } from './protocol'
import { holdCard } from './worker'

// As text, so that nothing has to be found at run time, in the sources or in a bundle.
const LIFE = `(${holdCard})(require('node:worker_threads').workerData, (address) => import(address), ${findCard})`

/** Milliseconds after which a card that says nothing counts as gone. */
const PATIENCE = 120_000

export class Gpu {
  readonly adapter: Adapter
  readonly #port: MessagePort
  readonly #bell: Post['bell']
  #answers = 0
  #commands: Command[] = []
  #buffers = 0
  #bindings = 0
  #isGone = false
  /** Why, where it is. */
  #reason = 'its thread ended'

  private constructor(adapter: Adapter, worker: Worker, port: MessagePort, bell: Post['bell']) {
    this.adapter = adapter
    worker.once('exit', () => {
      this.#isGone = true
    })
    this.#port = port
    this.#bell = bell
    this.#commands.push({ type: 'compile', code })
  }

  /** @returns the card, or one sentence that says why there is none */
  static async open(): Promise<Gpu | string> {
    // A driver that crashes has done so elsewhere.
    const found = await probeCard()
    if (typeof found === 'string') return found
    const dawn = dawnModule()
    if (typeof dawn === 'string') return dawn
    const { port1, port2 } = new MessageChannel()
    const bell = new Int32Array(new SharedArrayBuffer(4))
    const workerData: Post = { port: port2, bell, module: dawn.address }
    const worker = new Worker(LIFE, {
      eval: true,
      workerData,
      transferList: [port2],
      name: 'graphics card',
    })
    const opened = await new Promise<Opened>((resolve) => {
      port1.once('message', resolve)
      worker.once('error', (error) => resolve({ error: String(error) }))
      worker.once('exit', () => resolve({ error: 'its thread ended' }))
    })
    worker.unref()
    port1.unref()
    if ('error' in opened) {
      void worker.terminate()
      return whyNone(opened)
    }
    return new Gpu(opened, worker, port1, bell)
  }

  allocate(bytes: number, uniform = false): number {
    const buffer = this.#buffers++
    this.#commands.push({ type: 'allocate', buffer, bytes, uniform })
    return buffer
  }

  free(buffer: number): void {
    this.#commands.push({ type: 'free', buffer })
  }

  /** The numbers are copied: they may change right after. */
  write(buffer: number, offset: number, { buffer: memory, byteOffset, byteLength }: ArrayBufferView): void {
    const bytes = new Uint8Array(byteLength)
    bytes.set(new Uint8Array(memory, byteOffset, byteLength))
    this.#commands.push({ type: 'write', buffer, offset, bytes })
  }

  /** @param constants what the kernel is made for */
  bind(
    entry: Kernel,
    constants: Readonly<Record<string, number>>,
    buffers: readonly (readonly [number, number])[],
  ): number {
    const binding = this.#bindings++
    this.#commands.push({ type: 'bind', binding, entry, constants, buffers })
    return binding
  }

  unbind(binding: number): void {
    this.#commands.push({ type: 'unbind', binding })
  }

  run(dispatches: readonly Dispatch[], turns = 1): void {
    this.#commands.push({ type: 'run', dispatches, turns })
  }

  /** Whether it failed once: it will not compute any more. */
  get isGone(): boolean {
    return this.#isGone
  }

  /** Gives the card back, with everything on it: whoever computes on it finds it lost. */
  destroy(): void {
    this.#commands.push({ type: 'destroy' })
    this.#send([])
  }

  /** Ends the thread that holds the card, in the middle of whatever it does. */
  end(): void {
    this.#commands.push({ type: 'end' })
    this.#send([])
  }

  /**
   * Waits for everything so far.
   *
   * @throws EngineLost where the card is gone or refuses
   */
  read(...reads: readonly Read[]): ArrayBuffer[] {
    // A thread that is gone never answers.
    if (this.#isGone) this.#fail(this.#reason)
    this.#send(reads)
    while (Atomics.load(this.#bell, 0) === this.#answers) {
      if (Atomics.wait(this.#bell, 0, this.#answers, PATIENCE) === 'timed-out') this.#fail('it does not answer')
    }
    this.#answers++
    const answer: Answer | undefined = receiveMessageOnPort(this.#port)?.message
    if (answer !== undefined && 'values' in answer) return [...answer.values]
    return this.#fail(answer?.error ?? 'it does not answer')
  }

  #fail(reason: string): never {
    this.#isGone = true
    this.#reason = reason
    const [line = ''] = reason.split('\n')
    throw new EngineLost(
      'webgpu',
      `The graphics card (${this.adapter.name}) cannot go on: ${line.trim().replace(/\.$/, '')}`,
    )
  }

  #send(reads: readonly Read[]): void {
    const message: Message = { commands: this.#commands, reads }
    this.#commands = []
    this.#port.postMessage(message)
  }
}
