/** How does a table lie in a network's memory? Column by column, float32, inputs first. */
import type { Columns, DataHandle } from '../engine'
import type { Arena } from './arena'

/** A table in a network's memory. */
export class WasmData implements DataHandle {
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
  readonly inputsAt: number
  readonly targetsAt: number
  /** Bytes from one column to the next. */
  readonly stride: number
  readonly #arena: Arena
  #freed = false

  constructor(arena: Arena, { rows, inputs, targets }: Columns) {
    this.#arena = arena
    this.rows = rows
    this.inputs = inputs.length
    this.outputs = targets.length
    // Kernels read four rows at a time, also beyond the last one; an odd number of cache lines spreads the columns.
    this.stride = 4 * (Math.ceil(rows / 32) * 32 + 16)
    this.inputsAt = arena.allocate(this.#bytes, `The table of ${rows} rows`)
    this.targetsAt = this.inputsAt + this.inputs * this.stride
    const columns = [...inputs, ...targets]
    columns.forEach((column, c) => {
      const from = (this.inputsAt + c * this.stride) / 4
      if (column.length !== rows) throw new RangeError(`column ${c} has ${column.length} values, not ${rows}`)
      arena.floats.set(column, from)
      arena.floats.fill(0, from + rows, from + this.stride / 4)
    })
  }

  /** Rows one after the other, as the formulas of src-shared/numerics take them. */
  rowMajor(order: Uint32Array | null, from: number, count: number): { inputs: Float64Array; targets: Float64Array } {
    const { floats } = this.#arena
    const read = (at: number, width: number) =>
      Float64Array.from({ length: count * width }, (_, k) => {
        const row = from + Math.floor(k / width)
        return floats[(at + (k % width) * this.stride) / 4 + (order?.[row] ?? row)] as number
      })
    return { inputs: read(this.inputsAt, this.inputs), targets: read(this.targetsAt, this.outputs) }
  }

  get #bytes(): number {
    return (this.inputs + this.outputs) * this.stride
  }

  dispose(): void {
    if (this.#freed) return
    this.#freed = true
    this.#arena.free(this.inputsAt, this.#bytes)
  }
}
