/** A network that computes in WebAssembly: the engine interface over kernels, memory and passes. */
import { availableParallelism } from 'node:os'
import type { Loss } from '../../../../src-shared/contract/job'
import type { LayerParameters, Moments } from '../../../../src-shared/kan/parameters'
import type { EdgeIndex, Specification } from '../../../../src-shared/kan/specification'
import { edgeCurve } from '../../../../src-shared/numerics/curve'
import type {
  Capabilities,
  Columns,
  CompileOptions,
  DataHandle,
  Direction,
  LayerStatistics,
  LossAndGradient,
  Network,
  NonFinite,
  Objective,
  Rows,
  Stretch,
  StretchResult,
  VectorGradient,
} from '../engine'
import { walkStretch } from '../stretch'
import { AdamStep } from './adam-step'
import { Arena } from './arena'
import { WasmData } from './data'
import { Gradients } from './gradients'
import { planLayout } from './layout'
import { instantiate, type Kernels } from './loader'
import { Numbers } from './numbers'
import { type Batch, Passes } from './passes'
import { PykanPasses } from './pykan'
import { readScores } from './scores'
import { meansOf, SpreadMeter } from './spreads'
import { Team } from './team'

export const capabilities: Capabilities = {
  threads: availableParallelism(),
  device: 'CPU, WebAssembly SIMD',
  precision: 'float32',
}

export class WasmNetwork implements Network {
  readonly capabilities: Capabilities
  readonly #arena: Arena
  readonly #team: Team
  readonly #kernels: Kernels
  readonly #numbers: Numbers
  readonly #passes: Passes
  readonly #meter: SpreadMeter
  readonly #gradients: Gradients
  readonly #step: AdamStep

  /** @throws UserError when the network does not fit into 32-bit memory, before allocating */
  constructor(
    module: WebAssembly.Module,
    specification: Specification,
    parameters: readonly LayerParameters[],
    { batch, moments, threads = capabilities.threads }: CompileOptions,
  ) {
    const layout = planLayout(specification, batch, threads)
    this.capabilities = { ...capabilities, threads: layout.scratches.length }
    this.#arena = new Arena(layout.bytes, 'The network')
    this.#kernels = instantiate(module, this.#arena.memory)
    for (const { at, fields } of layout.layers) this.#arena.integers.set(Object.values(fields), at / 4)
    for (const { at, fields } of layout.scratches) this.#arena.integers.set(fields, at / 4)
    this.#kernels.setup(layout.program.at, at(layout.scratches, 0).at)
    const posts = layout.scratches.slice(1).map((scratch) => ({
      ...{ module, memory: this.#arena.memory, program: layout.program.at, scratch: scratch.at },
    }))
    this.#team = new Team(this.#kernels, posts)
    this.#numbers = new Numbers(this.#arena, this.#kernels, layout, specification)
    this.#passes = new Passes(this.#kernels, this.#arena, layout, () => this.#numbers.inputVersion)
    this.#meter = new SpreadMeter(this.#arena, this.#kernels, layout)
    const pykan = new PykanPasses(this.#arena, this.#kernels, layout, this.#passes, this.#meter)
    this.#gradients = new Gradients(this.#numbers, this.#passes, pykan)
    this.#step = new AdamStep(this.#arena, this.#kernels, this.#numbers, this.#passes, this.#gradients)
    this.#numbers.writeParameters(parameters)
    if (moments !== null) this.#numbers.writeMoments(moments)
  }

  load(columns: Columns): DataHandle {
    return new WasmData(this.#arena, columns)
  }

  forward(data: DataHandle): Float64Array {
    const outputs = this.#numbers.layer(this.#numbers.layers.length - 1).fields.outputs
    const result = new Float64Array(data.rows * outputs)
    this.#passes.forward(all(data), (from, rows) => {
      for (let j = 0; j < outputs; j++) {
        const column = this.#passes.column(this.#numbers.layers.length, j) / 4
        for (let row = 0; row < rows; row++) {
          result[(from + row) * outputs + j] = this.#arena.floats[column + row] as number
        }
      }
    })
    return result
  }

  lossAndGradient(data: DataHandle, objective: Objective): LossAndGradient {
    return this.#gradients.full(all(data), objective)
  }

  loss(data: DataHandle, loss: Loss): number {
    return this.#passes.loss(all(data), loss)
  }

  pass(data: DataHandle, objective: Objective, direction: Direction): { loss: number; regularization: number } {
    const batch = all(data)
    this.#team.gather()
    return this.#gradients.pass(batch, objective, direction)
  }

  train(data: DataHandle, stretch: Stretch): StretchResult {
    const table = wasmData(data)
    this.#team.gather()
    return walkStretch(stretch, table.rows, (rows, rateAt) =>
      this.#step.take({ data: table, ...rows }, stretch, rateAt),
    )
  }

  readVector(): Float64Array {
    return this.#numbers.readVector()
  }

  writeVector(vector: Float64Array): void {
    this.#numbers.writeVector(vector)
  }

  vectorGradient(data: DataHandle, rows: Rows, objective: Objective): VectorGradient {
    const batch: Batch = { data: wasmData(data), ...rows }
    this.#team.gather()
    return this.#gradients.vector(batch, objective)
  }

  findNonFinite(data: DataHandle, rows: Rows): NonFinite {
    return this.#step.locate({ data: wasmData(data), ...rows })
  }

  edgeStatistics(data: DataHandle): readonly LayerStatistics[] {
    this.#passes.scores(all(data))
    const statistics = this.#numbers.layers.map((layer) => readScores(this.#arena, layer, data.rows))
    // What follows goes forward once more.
    const layers = this.#numbers.readForSpreads()
    const spreads = this.#meter.measure(layers, (visit) => {
      this.#passes.lossAndColumns(all(data), 'mse', visit)
    })
    const { edges, columns } = spreads
    const means = meansOf(layers, spreads)
    return statistics.map((layer, l) => ({
      ...layer,
      means: Float32Array.from(at(means, l)),
      deviations: Float32Array.from(at(edges, l)),
      outputDeviations: Float32Array.from(at(columns, l + 1).deviation),
    }))
  }

  layerInput(data: DataHandle, layer: number, input: number): Float32Array {
    const values = new Float32Array(data.rows)
    this.#passes.forward(all(data), (from, rows) => {
      const column = this.#passes.column(layer, input) / 4
      values.set(this.#arena.floats.subarray(column, column + rows), from)
    })
    return values
  }

  layerInputs(data: DataHandle, layer: number, rows: Uint32Array | null): Float32Array[] {
    const count = rows?.length ?? data.rows
    const values = Array.from({ length: this.#numbers.layer(layer).fields.inputs }, () => new Float32Array(count))
    this.#passes.forward({ data: wasmData(data), order: rows, from: 0, count }, (from, length) => {
      values.forEach((column, input) => {
        const address = this.#passes.column(layer, input) / 4
        column.set(this.#arena.floats.subarray(address, address + length), from)
      })
    })
    return values
  }

  activations(layer: number, edge: EdgeIndex, points: Float64Array): Float64Array {
    // A curve has few points: the reference draws it, of the numbers that are here.
    const { fields, specification } = this.#numbers.layer(layer)
    return edgeCurve(specification, this.#numbers.readLayer(layer), fields.inputs, edge, points)
  }

  readParameters(): readonly LayerParameters[] {
    return this.#numbers.readParameters()
  }

  readMoments(): Moments {
    return this.#numbers.readMoments()
  }

  writeParameters(parameters: readonly LayerParameters[], moments: Moments | null): void {
    this.#numbers.writeParameters(parameters)
    if (moments !== null) this.#numbers.writeMoments(moments)
    else this.#numbers.clearMoments()
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    this.#numbers.writeLayer(layer, parameters)
  }

  applyMasks(specification: Specification): void {
    this.#numbers.applyMasks(specification)
  }

  memory(): number {
    return this.#arena.bytes
  }

  /** Worker threads that are there; they come a moment after the first step. */
  get workers(): number {
    return this.#team.size
  }

  dispose(): void {
    this.#team.dissolve()
    this.#arena.release()
  }
}

function all(data: DataHandle): Batch {
  return { data: wasmData(data), order: null, from: 0, count: data.rows }
}

function wasmData(data: DataHandle): WasmData {
  if (!(data instanceof WasmData)) throw new TypeError('these data belong to another engine')
  return data
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`no entry ${index}`)
  return item
}
