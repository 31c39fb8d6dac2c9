/** A network's numbers on the card, and rows of tables on their way through it. */
import type { LayerParameters, LayerTensors, Moments } from '../../../../src-shared/kan/parameters'
import type { Specification } from '../../../../src-shared/kan/specification'
import type { AdamRate } from '../../../../src-shared/numerics/adam'
import type { Columns, DataHandle, Objective, Rows } from '../engine'
import { Buffers } from './buffers'
import type { Gpu } from './gpu'
import { type LayerRecord, type Layout, layoutOf, MOST_STEPS, RECORD_BYTES, recordBytes } from './layout'
import { masksOf } from './masks'
import { Passes, runBytes } from './passes'
import type { Dispatch } from './protocol'
import { pack, packGrids, unpack } from './tensors'

/** Rows of a step, and how far it moves. */
export interface Step {
  readonly from: number
  readonly count: number
  readonly rate: AdamRate
}

const STILL: AdamRate = { size: 0, correction: 1 }
/** Of `control` that a run sets: step, stopped, loss, penalty, clip. */
const CONTROL = 5
const NONE: Objective = { loss: 'mse', regularization: null }

export class Card {
  readonly layout: Layout
  readonly passes: Passes
  readonly #gpu: Gpu
  readonly #buffers: Buffers
  readonly #shapes: readonly LayerParameters[]
  readonly #records: { readonly layers: readonly number[]; readonly results: number }
  /** Rows that there is room for. */
  #stride = 0

  constructor(gpu: Gpu, specification: Specification, parameters: readonly LayerParameters[], batch: number) {
    this.#gpu = gpu
    this.#shapes = parameters
    this.layout = layoutOf(specification)
    const buffers = new Buffers(gpu)
    this.#buffers = buffers
    const { layout } = this
    try {
      buffers.hold('parameters', 4 * layout.parameters, 'The network’s parameters')
      buffers.hold('gradients', 4 * layout.parameters, 'The network’s gradients')
      buffers.hold('moments', 8 * layout.parameters, 'The optimiser’s moments')
      buffers.hold('grids', 4 * layout.grids, 'The network’s grids')
      buffers.hold('statistics', 4 * layout.statistics, 'The network’s statistics')
      buffers.hold('control', 4 * layout.control, 'The control of a run')
      buffers.hold('steps', 16 * (MOST_STEPS + 1), 'The steps of a run')
      buffers.hold('order', 4, 'A list of rows')
      buffers.hold('run', 64, 'The settings of a run')
      this.#reserve(batch)
      const record = () => buffers.allocate(RECORD_BYTES, 'A layer', true)
      const records = { layers: layout.layers.map(record), outputs: record(), clip: record(), results: record() }
      this.#records = records
      const write = (at: number, of: LayerRecord) => gpu.write(at, 0, recordBytes(of))
      write(records.outputs, layout.outputs)
      write(records.clip, layout.clip)
      write(records.results, layout.results)
      this.passes = new Passes(layout, buffers, records)
      this.writeMasks(specification)
    } catch (error) {
      buffers.dispose()
      throw error
    }
  }

  writeParameters(parameters: readonly LayerParameters[]): void {
    const values = new Float32Array(this.layout.parameters)
    pack(this.layout, parameters, values)
    this.#gpu.write(this.#buffers.named('parameters'), 0, values)
    this.#gpu.write(this.#buffers.named('grids'), 0, packGrids(this.layout, parameters))
  }

  writeMoments({ first, second }: Moments): void {
    const values = new Float32Array(2 * this.layout.parameters)
    pack(this.layout, first, values, 2)
    pack(this.layout, second, values, 2, 1)
    this.#gpu.write(this.#buffers.named('moments'), 0, values)
  }

  writeMasks(specification: Specification): void {
    const { masks, places } = masksOf(specification)
    const buffer = this.#buffers.hold('masks', masks.byteLength, 'The network’s masks')
    this.#gpu.write(buffer, 0, masks)
    this.layout.layers.forEach((record, l) => {
      this.#gpu.write(this.#records.layers[l] as number, 0, recordBytes({ ...record, ...places[l] }))
    })
    this.passes.ties = places.map(({ tieCount }) => tieCount)
  }

  readParameters(): LayerTensors[] {
    return unpack(this.layout, this.#shapes, this.read('parameters', 0, this.layout.parameters))
  }

  readGradients(): LayerTensors[] {
    return unpack(this.layout, this.#shapes, this.read('gradients', 0, this.layout.parameters))
  }

  readMoments(step: number): Moments {
    const values = this.read('moments', 0, 2 * this.layout.parameters)
    const part = (from: number) => unpack(this.layout, this.#shapes, values, 2, from)
    return { first: part(0), second: part(1), step }
  }

  load(columns: Columns): Table {
    const { rows, inputs, targets } = columns
    const values = new Float32Array(rows * (inputs.length + targets.length))
    ;[...inputs, ...targets].forEach((column, c) => {
      if (column.length !== rows) throw new RangeError(`column ${c} has ${column.length} values, not ${rows}`)
      values.set(column, c * rows)
    })
    const buffer = this.#buffers.allocate(values.byteLength, `The table of ${rows} rows`)
    this.#gpu.write(buffer, 0, values)
    return new Table(rows, inputs.length, targets.length, buffer, () => this.#buffers.free(buffer))
  }

  /** Makes room for the rows, and tells the kernels of them and of what is computed. */
  prepare(
    table: Table,
    steps: readonly Step[],
    order: Uint32Array | null,
    objective = NONE,
    clipNorm: number | null = null,
  ): void {
    this.#reserve(Math.max(...steps.map(({ count }) => count)))
    const run = runBytes(this.#stride, table, objective, { listed: order !== null, clipNorm })
    this.#gpu.write(this.#buffers.named('run'), 0, run)
    if (order !== null) {
      if (order.some((row) => row >= table.rows)) throw new RangeError(`a row beyond a table of ${table.rows}`)
      this.#gpu.write(this.#buffers.hold('order', order.byteLength, 'A list of rows'), 0, order)
    }
    const bytes = new Uint32Array(4 * (steps.length + 1))
    const floats = new Float32Array(bytes.buffer)
    steps.forEach(({ from, count, rate }, k) => {
      bytes.set([from, count], 4 * k)
      floats.set([rate.size, rate.correction], 4 * k + 2)
    })
    this.#gpu.write(this.#buffers.named('steps'), 0, bytes)
    this.#gpu.write(this.#buffers.named('control'), 0, new Float32Array(CONTROL))
  }

  /** Adam's rate of the one step that is prepared. */
  writeRate({ size, correction }: AdamRate): void {
    this.#gpu.write(this.#buffers.named('steps'), 8, Float32Array.of(size, correction))
  }

  /** Rows that are computed once. */
  prepareRows(table: Table, { order, from, count }: Rows, objective = NONE): void {
    const listed = order?.subarray(from, from + count) ?? null
    this.prepare(
      table,
      [{ from: order === null ? from : 0, count: listed?.length ?? count, rate: STILL }],
      listed,
      objective,
    )
  }

  run(dispatches: readonly Dispatch[], turns = 1): void {
    this.#gpu.run(dispatches, turns)
  }

  write(name: 'statistics' | 'control', from: number, values: Float32Array): void {
    this.#gpu.write(this.#buffers.named(name), 4 * from, values)
  }

  read(
    name: 'parameters' | 'gradients' | 'moments' | 'statistics' | 'control',
    from: number,
    count: number,
  ): Float32Array {
    if (count === 0) return new Float32Array(0)
    const [values] = this.#gpu.read({ buffer: this.#buffers.named(name), offset: 4 * from, bytes: 4 * count })
    return new Float32Array(values ?? new ArrayBuffer(0))
  }

  /** Columns of the rows that were computed last, each of so many rows. */
  readColumns(first: number, count: number, rows: number): Float32Array[] {
    const buffer = this.#buffers.named('activations')
    const bytes = 4 * this.#stride
    const [values] = this.#gpu.read({ buffer, offset: first * bytes, bytes: count * bytes })
    return Array.from({ length: count }, (_, c) => new Float32Array(values ?? new ArrayBuffer(0), c * bytes, rows))
  }

  /** Rows that fit without more memory. */
  get stride(): number {
    return this.#stride
  }

  get bytes(): number {
    return this.#buffers.bytes
  }

  dispose(): void {
    this.#buffers.dispose()
  }

  #reserve(rows: number): void {
    if (rows <= this.#stride) return
    const stride = Math.ceil(rows / 64) * 64
    const bytesOfRow = 4 * this.layout.columns
    const fitting = 64 * Math.floor(this.#gpu.adapter.largest / bytesOfRow / 64)
    const instead = `train in batches of ${fitting} rows or fewer`
    this.#buffers.hold('activations', bytesOfRow * stride, `A batch of ${rows} rows`, instead)
    this.#stride = stride
  }
}

/** A table on the card, column by column, inputs first. */
export class Table implements DataHandle {
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
  readonly buffer: number
  readonly #free: () => void

  constructor(rows: number, inputs: number, outputs: number, buffer: number, free: () => void) {
    this.rows = rows
    this.inputs = inputs
    this.outputs = outputs
    this.buffer = buffer
    this.#free = free
  }

  dispose(): void {
    this.#free()
  }
}
