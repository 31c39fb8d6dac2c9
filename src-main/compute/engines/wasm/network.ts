/** A network that computes in WebAssembly: the engine interface over kernels, memory and passes. */
import { availableParallelism } from 'node:os'
import type { Loss, PykanRegularization } from '../../../../src-shared/contract/job'
import { withGroups } from '../../../../src-shared/kan/groups'
import type { LayerParameters, LayerTensors, Moments } from '../../../../src-shared/kan/parameters'
import type { EdgeIndex, LayerSpecification, Specification } from '../../../../src-shared/kan/specification'
import { adamStep } from '../../../../src-shared/numerics/adam'
import { clipFactor, clipGradients } from '../../../../src-shared/numerics/clip'
import { edgeCurve } from '../../../../src-shared/numerics/curve'
import { lossAndGradient } from '../../../../src-shared/numerics/network'
import { readVector, type TrainableLayer } from '../../../../src-shared/numerics/trainable-vector'
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
import { type StepOutcome, walkStretch } from '../stretch'
import { Arena } from './arena'
import { WasmData } from './data'
import { type LayerFormulas, layerFormulas } from './formulas'
import { type LayerLayout, type Layout, planLayout } from './layout'
import { instantiate, type Kernels } from './loader'
import { Masks } from './masks'
import { findNonFinite } from './non-finite'
import * as packing from './packing'
import { type Batch, Passes } from './passes'
import { addCoefficientGradients, hasCoefficients, PykanPasses } from './pykan'
import { readScores } from './scores'
import { type ReadLayer, SpreadMeter } from './spreads'
import { Team } from './team'
import { VectorMap } from './vector'

export const capabilities: Capabilities = {
  threads: availableParallelism(),
  device: 'CPU, WebAssembly SIMD',
  precision: 'float32',
}

/** Gradients are squared in float32: a loss beyond it is as good as infinite. */
const LARGEST_LOSS = 3.4028234663852886e38

interface PlacedLayer {
  readonly at: number
  readonly fields: LayerLayout
  readonly specification: LayerSpecification
}

export class WasmNetwork implements Network {
  readonly capabilities: Capabilities
  readonly #arena: Arena
  readonly #team: Team
  readonly #kernels: Kernels
  readonly #layout: Layout
  readonly #layers: readonly PlacedLayer[]
  readonly #masks: Masks
  readonly #formulas: readonly LayerFormulas[]
  readonly #passes: Passes
  readonly #meter: SpreadMeter
  readonly #pykan: PykanPasses
  #specification: Specification
  /** Made when it is first asked for. */
  #vectorMap: VectorMap | null = null
  #step = 0

  /** @throws UserError when the network does not fit into 32-bit memory, before allocating */
  constructor(
    module: WebAssembly.Module,
    specification: Specification,
    parameters: readonly LayerParameters[],
    { batch, moments, threads = capabilities.threads }: CompileOptions,
  ) {
    const layout = planLayout(specification, batch, threads)
    this.#layout = layout
    this.#specification = specification
    this.capabilities = { ...capabilities, threads: layout.scratches.length }
    this.#arena = new Arena(layout.bytes, 'The network')
    this.#kernels = instantiate(module, this.#arena.memory)
    this.#layers = specification.layers.map((layer, l) => ({ ...at(layout.layers, l), specification: layer }))
    for (const { at, fields } of this.#layers) this.#arena.integers.set(Object.values(fields), at / 4)
    for (const { at, fields } of layout.scratches) this.#arena.integers.set(fields, at / 4)
    this.#kernels.setup(layout.program.at, at(layout.scratches, 0).at)
    const posts = layout.scratches.slice(1).map((scratch) => ({
      ...{ module, memory: this.#arena.memory, program: layout.program.at, scratch: scratch.at },
    }))
    this.#team = new Team(posts)
    if (posts.length > 0) this.#kernels.share()
    this.#masks = new Masks(this.#arena)
    this.#masks.write(specification, layout.layers)
    this.#formulas = layerFormulas(this.#arena, layout.layers, specification)
    this.#passes = new Passes(this.#kernels, this.#arena, layout)
    this.#meter = new SpreadMeter(this.#arena, this.#kernels, layout)
    this.#pykan = new PykanPasses(this.#arena, this.#kernels, layout, this.#passes, this.#meter)
    this.#write(parameters)
    if (moments !== null) this.#writeMoments(moments)
  }

  load(columns: Columns): DataHandle {
    return new WasmData(this.#arena, columns)
  }

  forward(data: DataHandle): Float64Array {
    const outputs = at(this.#layers, this.#layers.length - 1).fields.outputs
    const result = new Float64Array(data.rows * outputs)
    this.#passes.forward(all(data), (from, rows) => {
      for (let j = 0; j < outputs; j++) {
        const column = this.#passes.column(this.#layers.length, j) / 4
        for (let row = 0; row < rows; row++) {
          result[(from + row) * outputs + j] = this.#arena.floats[column + row] as number
        }
      }
    })
    return result
  }

  lossAndGradient(data: DataHandle, objective: Objective): LossAndGradient {
    const { loss, regularization } = objective
    if (this.#isExact(objective)) return this.#exact(all(data), objective)
    if (regularization?.type === 'pykan') return this.#pykanGradient(all(data), loss, regularization, this.#read())
    const result = this.#passes.gradient(all(data), { loss, regularization })
    return { ...result, gradients: this.#readGradients() }
  }

  /** The gradient that the last pass left, ties pooled. */
  #readGradients(): LayerTensors[] {
    this.#passes.join()
    return this.#layers.map(({ fields }, l) => ({
      ...packing.readGradients(this.#arena, fields, at(this.#masks.curveless, l)),
      symbolic: at(this.#formulas, l).readGradient(this.#passes.slots),
    }))
  }

  loss(data: DataHandle, loss: Loss): number {
    return this.#passes.loss(all(data), loss)
  }

  pass(data: DataHandle, objective: Objective, direction: Direction): { loss: number; regularization: number } {
    const batch = all(data)
    this.#team.gather()
    if (this.#isExact(objective)) return this.#exact(batch, objective)
    if (direction === 'both') return this.#gradient(batch, objective)
    const { loss, regularization } = objective
    return regularization?.type === 'pykan'
      ? this.#pykan.value(batch, loss, regularization, this.#read())
      : this.#passes.value(batch, { loss, regularization })
  }

  train(data: DataHandle, stretch: Stretch): StretchResult {
    const table = wasmData(data)
    const { objective } = stretch
    this.#team.gather()
    return walkStretch(stretch, table.rows, (rows, rateAt) => {
      const batch: Batch = { data: table, ...rows }
      const { regularization: settings } = objective
      if (this.#isExact(objective)) return this.#float64Step(batch, stretch, this.#exact(batch, objective), rateAt)
      if (settings?.type === 'pykan' && hasCoefficients(settings)) {
        const step = this.#pykanGradient(batch, objective.loss, settings, this.#read())
        return this.#float64Step(batch, stretch, step, rateAt)
      }
      const { loss, regularization } = this.#gradient(batch, objective)
      // Written so that NaN fails too.
      if (!(Math.abs(loss + regularization) <= LARGEST_LOSS)) {
        return { nonFinite: this.#locate(batch) }
      }
      if (stretch.optimizer.clipNorm !== null) this.#clip(stretch.optimizer.clipNorm)
      this.#update(rateAt(loss + regularization))
      return { loss, regularization }
    })
  }

  readVector(): Float64Array {
    const vector = this.#vector.read(this.#arena.floats)
    this.#eachFormulas((formulas, places) => formulas.putInto(vector, places, null))
    return vector
  }

  writeVector(vector: Float64Array): void {
    this.#vector.write(this.#arena.floats, vector)
    this.#eachFormulas((formulas, places) => formulas.takeFrom(vector, places))
    for (const { at } of this.#layers) this.#kernels.refresh(at)
  }

  vectorGradient(data: DataHandle, rows: Rows, objective: Objective): VectorGradient {
    const batch: Batch = { data: wasmData(data), ...rows }
    const { regularization: settings } = objective
    this.#team.gather()
    if (settings?.type === 'pykan' && (this.#hasFormulas || hasCoefficients(settings))) {
      const { loss, regularization, gradients } = this.#hasFormulas
        ? this.#exact(batch, objective)
        : this.#pykanGradient(batch, objective.loss, settings, this.#read())
      return { loss, regularization, gradient: readVector(this.#vector.trainable, gradients) }
    }
    const { loss, regularization } = this.#gradient(batch, objective)
    this.#passes.join()
    const isUsable = Math.abs(loss + regularization) <= LARGEST_LOSS
    const gradient = this.#vector.readGradient(this.#arena.floats)
    const { slots } = this.#passes
    this.#eachFormulas((formulas, places) => formulas.putInto(gradient, places, slots))
    return {
      loss: isUsable ? loss : Number.POSITIVE_INFINITY,
      regularization,
      gradient,
    }
  }

  findNonFinite(data: DataHandle, rows: Rows): NonFinite {
    return this.#locate({ data: wasmData(data), ...rows })
  }

  edgeStatistics(data: DataHandle): readonly LayerStatistics[] {
    this.#passes.scores(all(data))
    const statistics = this.#layers.map(({ fields }) => readScores(this.#arena, fields, data.rows))
    // What follows goes forward once more.
    const { edges, columns } = this.#meter.measure(this.#read(), (visit) => {
      this.#passes.lossAndColumns(all(data), 'mse', visit)
    })
    return statistics.map((layer, l) => ({
      ...layer,
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
    const values = Array.from({ length: at(this.#layers, layer).fields.inputs }, () => new Float32Array(count))
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
    const { fields, specification } = at(this.#layers, layer)
    return edgeCurve(specification, this.#readLayer(layer), fields.inputs, edge, points)
  }

  readParameters(): readonly LayerParameters[] {
    return this.#layers.map((_, l) => this.#readLayer(l))
  }

  readMoments(): Moments {
    const read = (order: 'first' | 'second', place: (layer: LayerLayout) => packing.Place): LayerTensors[] =>
      this.#layers.map(({ fields }, l) => ({
        ...packing.readTensors(this.#arena, fields, place(fields)),
        symbolic: at(this.#formulas, l).readMoments()[order],
      }))
    return { first: read('first', packing.firstOf), second: read('second', packing.secondOf), step: this.#step }
  }

  writeParameters(parameters: readonly LayerParameters[], moments: Moments | null): void {
    this.#write(parameters)
    if (moments !== null) {
      this.#writeMoments(moments)
      return
    }
    this.#step = 0
    for (const formulas of this.#formulas) formulas.writeMoments(null, null)
    for (const { fields } of this.#layers) {
      packing.clearTensors(this.#arena, fields, packing.firstOf(fields))
      packing.clearTensors(this.#arena, fields, packing.secondOf(fields))
    }
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    const { at: address, fields, specification } = at(this.#layers, layer)
    packing.writeTensors(this.#arena, fields, packing.parametersOf(fields), parameters)
    packing.writeGrid(this.#arena, fields, specification.basis, parameters)
    at(this.#formulas, layer).writeNumbers(parameters.symbolic)
    this.#kernels.refresh(address)
  }

  applyMasks(specification: Specification): void {
    this.#specification = specification
    this.#vectorMap = null
    this.#masks.write(specification, this.#layout.layers)
    withGroups(specification).layers.forEach((layer, l) => {
      at(this.#formulas, l).mask(layer)
    })
    for (const { at } of this.#layers) this.#kernels.refresh(at)
  }

  memory(): number {
    return this.#arena.bytes
  }

  /** Worker threads that are there; they come a moment after the first step. */
  get workers(): number {
    return this.#kernels.workers()
  }

  dispose(): void {
    this.#kernels.dismiss()
    this.#team.dissolve()
    this.#arena.release()
  }

  /** Leaves the gradient of what is minimised in the memory, but for what pykan asks of the weights as such. */
  #gradient(batch: Batch, { loss, regularization }: Objective): { loss: number; regularization: number } {
    return regularization?.type === 'pykan'
      ? this.#pykan.gradient(batch, loss, regularization, this.#read())
      : this.#passes.gradient(batch, { loss, regularization })
  }

  #pykanGradient(batch: Batch, loss: Loss, regularization: PykanRegularization, layers: readonly ReadLayer[]) {
    const result = this.#pykan.gradient(batch, loss, regularization, layers)
    const gradients = this.#readGradients()
    if (hasCoefficients(regularization)) {
      addCoefficientGradients(gradients, layers, regularization, withGroups(this.#specification))
    }
    return { ...result, gradients }
  }

  // The kernels know gradients by effective weights. Those by the weights themselves make the update a float64 one.
  #float64Step(
    batch: Batch,
    { optimizer }: Stretch,
    { loss, regularization, gradients }: LossAndGradient,
    rateAt: (loss: number) => number,
  ): StepOutcome {
    if (!(Math.abs(loss + regularization) <= LARGEST_LOSS)) {
      return { nonFinite: this.#locate(batch) }
    }
    const learningRate = rateAt(loss + regularization)
    const before = this.readParameters()
    const clipped = clipGradients(this.#specification, gradients, optimizer.clipNorm)
    const next = adamStep(before, clipped, this.readMoments(), { learningRate }, this.#specification)
    this.writeParameters(next.parameters, next.moments)
    return { loss, regularization }
  }

  /** pykan's regulariser looks at the spread of phi, which of a formula only the formulas of all rows tell. */
  #isExact({ regularization }: Objective): boolean {
    return regularization?.type === 'pykan' && this.#hasFormulas
  }

  get #hasFormulas(): boolean {
    return this.#specification.layers.some(({ symbolic }) => symbolic.length > 0)
  }

  #exact({ data, order, from, count }: Batch, objective: Objective): LossAndGradient {
    const { inputs, targets } = data.rowMajor(order, from, count)
    return lossAndGradient(this.#specification, this.readParameters(), inputs, targets, objective)
  }

  #read(): readonly ReadLayer[] {
    return this.#layers.map(({ fields, specification }, l) => ({
      specification,
      inputs: fields.inputs,
      parameters: this.#readLayer(l),
      pruned: at(this.#masks.pruned, l),
    }))
  }

  #locate(batch: Batch): NonFinite {
    const layers = this.#layers.map(({ fields }, l) => ({ fields, formulas: at(this.#formulas, l) }))
    return findNonFinite(this.#arena, layers, this.#passes, batch)
  }

  #clip(maximum: number): void {
    this.#passes.join()
    let squares = 0
    for (const { at } of this.#layers) squares += this.#kernels.squaredNorm(at)
    const { slots } = this.#passes
    for (const formulas of this.#formulas) squares += formulas.squaredNorm(slots)
    const factor = clipFactor(Math.sqrt(squares), maximum)
    if (factor === 1) return
    for (const { at } of this.#layers) this.#kernels.scaleGradient(at, factor)
    for (const formulas of this.#formulas) formulas.scaleGradient(slots, factor)
  }

  #eachFormulas(visit: (formulas: LayerFormulas, places: TrainableLayer['formulas']) => void): void {
    this.#vector.trainable.layers.forEach((layer, l) => {
      visit(at(this.#formulas, l), layer.formulas)
    })
  }

  get #vector(): VectorMap {
    this.#vectorMap ??= new VectorMap(this.#specification, this.#layers)
    return this.#vectorMap
  }

  #update(learningRate: number): void {
    this.#step++
    const stepSize = learningRate / (1 - 0.9 ** this.#step)
    const correction = 1 / Math.sqrt(1 - 0.999 ** this.#step)
    const { slots } = this.#passes
    const rate = { size: stepSize, correction: 1 / correction }
    for (const formulas of this.#formulas) formulas.update(slots, rate)
    this.#passes.update(stepSize, correction, this.#masks.tied)
  }

  #write(parameters: readonly LayerParameters[]): void {
    this.#layers.forEach((_, l) => {
      this.writeLayer(l, at(parameters, l))
    })
  }

  #writeMoments({ first, second, step }: Moments): void {
    this.#layers.forEach(({ fields }, l) => {
      packing.writeTensors(this.#arena, fields, packing.firstOf(fields), at(first, l))
      packing.writeTensors(this.#arena, fields, packing.secondOf(fields), at(second, l))
      at(this.#formulas, l).writeMoments(at(first, l).symbolic, at(second, l).symbolic)
    })
    this.#step = step
  }

  #readLayer(l: number): LayerParameters {
    const { fields, specification } = at(this.#layers, l)
    return {
      ...packing.readTensors(this.#arena, fields, packing.parametersOf(fields)),
      symbolic: at(this.#formulas, l).readNumbers(),
      ...packing.readGrid(this.#arena, fields, specification.basis),
    }
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
  if (item === undefined) throw new RangeError(`no layer ${index}`)
  return item
}
