/** What does a network hold on the card, and with which of it does a kernel run? */

import { formatBytes } from '../../../../src-shared/kan/memory'
import { UserError } from '../../../../src-shared/user-error'
import type { Gpu } from './gpu'
import { BUFFERS, type BufferName, FORMED, type Form, KERNELS, type Kernel } from './kernels'
import type { Dispatch } from './protocol'

/** Buffers of a network by their names; records of layers are buffers of their own. */
export class Buffers {
  readonly #gpu: Gpu
  readonly #held = new Map<number, number>()
  readonly #named = new Map<BufferName, number>()
  readonly #bindings = new Map<string, number>()

  constructor(gpu: Gpu) {
    this.#gpu = gpu
  }

  /**
   * @param instead what would fit, for the sentence
   * @throws UserError where the card has no buffer of that size
   */
  allocate(bytes: number, what: string, uniform = false, instead = 'train in smaller batches'): number {
    const { largest, name } = this.#gpu.adapter
    if (bytes > largest) {
      throw new UserError(
        `${what} would need ${formatBytes(bytes)} at once, more than the ${formatBytes(largest)} that the graphics card (${name}) gives: ${instead} or choose the engine wasm.`,
      )
    }
    const size = Math.max(16, Math.ceil(bytes / 16) * 16)
    const buffer = this.#gpu.allocate(size, uniform)
    this.#held.set(buffer, size)
    return buffer
  }

  free(buffer: number): void {
    if (this.#held.delete(buffer)) this.#gpu.free(buffer)
    this.#forget()
  }

  /** Gives a name to a new buffer of at least so many bytes; what had it is freed unless it is as large. */
  hold(name: BufferName, bytes: number, what: string, instead?: string): number {
    const held = this.#named.get(name)
    if (held !== undefined && (this.#held.get(held) ?? 0) >= bytes) return held
    const buffer = this.allocate(bytes, what, name === 'run', instead)
    if (held !== undefined) this.free(held)
    this.#named.set(name, buffer)
    this.#forget()
    return buffer
  }

  named(name: BufferName): number {
    const buffer = this.#named.get(name)
    if (buffer === undefined) throw new RangeError(`no buffer ${name}`)
    return buffer
  }

  /**
   * A kernel on groups of a grid.
   *
   * @param record the buffer of a layer's record
   * @param table  of the data, for kernels that read it
   * @param form   of the layer
   */
  dispatch(kernel: Kernel, record: number, x: number, y = 1, table = -1, form: Form = PLAIN): Dispatch {
    const key = `${kernel} ${record} ${table}`
    let binding = this.#bindings.get(key)
    if (binding === undefined) {
      const bufferOf = (name: BufferName) => (name === 'layer' ? record : name === 'table' ? table : this.named(name))
      binding = this.#gpu.bind(
        kernel,
        constantsOf(kernel, form),
        KERNELS[kernel].map((name) => [BUFFERS[name], bufferOf(name)] as const),
      )
      this.#bindings.set(key, binding)
    }
    return [binding, x, y]
  }

  get bytes(): number {
    return [...this.#held.values()].reduce((sum, size) => sum + size, 0)
  }

  dispose(): void {
    for (const buffer of this.#held.keys()) this.#gpu.free(buffer)
    this.#held.clear()
    this.#forget()
  }

  #forget(): void {
    for (const binding of this.#bindings.values()) this.#gpu.unbind(binding)
    this.#bindings.clear()
  }
}

const PLAIN: Form = { basisType: 0, hasFormulas: 0 }

function constantsOf(kernel: Kernel, form: Form): Readonly<Record<string, number>> {
  const made = FORMED[kernel]
  return made === undefined ? {} : { [made]: form[made] }
}
