/** Who holds which bytes of a network's WebAssembly memory? The plan first, then blocks that come and go. */
import { formatBytes } from '../../../../src-shared/kan/memory'
import { UserError } from '../../../../src-shared/user-error'

const PAGE = 65536
/** 32-bit addresses reach no further. */
const LIMIT = 65536 * PAGE
const ALIGNMENT = 64

interface Block {
  readonly at: number
  readonly bytes: number
}

/** One memory. It grows when a block does not fit, and never shrinks; freed blocks are used again. */
export class Arena {
  #memory: WebAssembly.Memory | null
  #floats = new Float32Array(0)
  #integers = new Int32Array(0)
  /** Free blocks above the plan, by address; no two touch. */
  #free: Block[] = []
  #end: number

  /**
   * @param planned bytes at the beginning that are taken for good
   * @param purpose what needs them, as a sentence begins
   * @throws UserError when they are more than the memory can hold; nothing is allocated then
   */
  constructor(planned: number, purpose: string) {
    refuseBeyond(planned, purpose)
    this.#end = align(planned)
    try {
      this.#memory = new WebAssembly.Memory({ initial: Math.ceil(planned / PAGE), maximum: LIMIT / PAGE, shared: true })
    } catch (cause) {
      throw outOfMemory(planned, purpose, cause)
    }
  }

  /** @throws after `release` */
  get memory(): WebAssembly.Memory {
    if (this.#memory === null) throw new Error('this network was disposed of')
    return this.#memory
  }

  /** All of the memory as float32. Ask anew after `allocate`: growing puts a new array in place of the old one. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.memory.buffer) this.#floats = new Float32Array(this.memory.buffer)
    return this.#floats
  }

  get integers(): Int32Array {
    if (this.#integers.buffer !== this.memory.buffer) this.#integers = new Int32Array(this.memory.buffer)
    return this.#integers
  }

  get bytes(): number {
    return this.#memory?.buffer.byteLength ?? 0
  }

  /** Lets go of the memory: its bytes are free as soon as nobody holds the arena's views. */
  release(): void {
    this.#memory = null
    this.#floats = new Float32Array(0)
    this.#integers = new Int32Array(0)
  }

  /** Address of a new block, its bytes as they come. @throws UserError when the memory can hold no more */
  allocate(size: number, purpose: string): number {
    const bytes = align(size)
    const index = this.#free.findIndex((block) => block.bytes >= bytes)
    const hole = this.#free[index]
    if (hole !== undefined) {
      const rest = { at: hole.at + bytes, bytes: hole.bytes - bytes }
      this.#free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []))
      return hole.at
    }
    const at = this.#end
    refuseBeyond(at + bytes, purpose)
    const missing = Math.ceil((at + bytes - this.bytes) / PAGE)
    try {
      if (missing > 0) this.memory.grow(missing)
    } catch (cause) {
      throw outOfMemory(at + bytes, purpose, cause)
    }
    this.#end = at + bytes
    return at
  }

  /** Gives back a block of `allocate`, with the size it was asked for. */
  free(at: number, size: number): void {
    const blocks = [...this.#free, { at, bytes: align(size) }].sort((a, b) => a.at - b.at)
    const joined: Block[] = []
    for (const block of blocks) {
      const last = joined.at(-1)
      if (last !== undefined && last.at + last.bytes === block.at) {
        joined[joined.length - 1] = { at: last.at, bytes: last.bytes + block.bytes }
      } else joined.push(block)
    }
    const top = joined.at(-1)
    if (top !== undefined && top.at + top.bytes === this.#end) {
      this.#end = top.at
      joined.pop()
    }
    this.#free = joined
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
}

function refuseBeyond(bytes: number, purpose: string): void {
  if (bytes <= LIMIT - PAGE) return
  throw new UserError(
    `${purpose} needs ${formatBytes(bytes)} of memory, more than the ${formatBytes(LIMIT)} that the wasm engine can ` +
      'hold: use narrower layers, smaller bases or fewer rows.',
    { exitCode: 2 },
  )
}

function outOfMemory(bytes: number, purpose: string, cause: unknown): UserError {
  return new UserError(
    `${purpose} needs ${formatBytes(bytes)} of memory, which this machine did not give: close other programs, or use ` +
      'narrower layers or fewer rows.',
    { cause },
  )
}
