/** A network that computes by the float64 formulas of src-shared/numerics. */
import type { Loss } from '../../../../src-shared/contract/job'
import type { LayerParameters, LayerTensors, Moments } from '../../../../src-shared/kan/parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../../../../src-shared/kan/specification'
import { adamStep, copyTensors, zeroMoments } from '../../../../src-shared/numerics/adam'
import { clipGradients } from '../../../../src-shared/numerics/clip'
import { edgeCurve } from '../../../../src-shared/numerics/curve'
import { dataLoss } from '../../../../src-shared/numerics/loss'
import {
  edgeStatistics,
  forward,
  forwardLayers,
  lossAndGradient,
  lossOf,
} from '../../../../src-shared/numerics/network'
import { readVector, trainableVector, writeVector } from '../../../../src-shared/numerics/trainable-vector'
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

export const capabilities: Capabilities = { threads: 1, device: 'CPU, JavaScript', precision: 'float64' }

export class ReferenceNetwork implements Network {
  readonly capabilities = capabilities
  #specification: Specification
  #parameters: readonly LayerParameters[]
  #moments: Moments
  readonly #tables = new Set<Table>()

  constructor(specification: Specification, parameters: readonly LayerParameters[], { moments }: CompileOptions) {
    this.#specification = specification
    this.#parameters = parameters.map(copyParameters)
    this.#moments = moments === null ? zeroMoments(parameters) : copyMoments(moments)
  }

  load(columns: Columns): DataHandle {
    const table = new Table(columns, (freed) => this.#tables.delete(freed))
    this.#tables.add(table)
    return table
  }

  forward(data: DataHandle): Float64Array {
    return forward(this.#specification, this.#parameters, tableOf(data).inputs)
  }

  lossAndGradient(data: DataHandle, objective: Objective): LossAndGradient {
    const { inputs, targets } = tableOf(data)
    const result = lossAndGradient(this.#specification, this.#parameters, inputs, targets, objective)
    return { loss: result.loss, regularization: result.regularization, gradients: result.gradients }
  }

  loss(data: DataHandle, loss: Loss): number {
    const { targets } = tableOf(data)
    return dataLoss(loss, this.forward(data), targets, this.#specification.outputs.length).value
  }

  pass(data: DataHandle, objective: Objective, direction: Direction): { loss: number; regularization: number } {
    if (direction === 'both') return this.lossAndGradient(data, objective)
    const { inputs, targets } = tableOf(data)
    return lossOf(this.#specification, this.#parameters, inputs, targets, objective)
  }

  train(data: DataHandle, stretch: Stretch): StretchResult {
    const table = tableOf(data)
    return walkStretch(stretch, table.rows, (rows, rateAt) => {
      const { inputs, targets } = table.rowsOf(rows)
      const step = lossAndGradient(this.#specification, this.#parameters, inputs, targets, stretch.objective)
      if (!Number.isFinite(step.loss + step.regularization)) return { nonFinite: this.findNonFinite(data, rows) }
      const learningRate = rateAt(step.loss + step.regularization)
      const gradients = clipGradients(this.#specification, step.gradients, stretch.optimizer.clipNorm)
      const next = adamStep(this.#parameters, gradients, this.#moments, { learningRate }, this.#specification)
      this.#parameters = next.parameters
      this.#moments = next.moments
      return step
    })
  }

  readVector(): Float64Array {
    return readVector(trainableVector(this.#specification), this.#parameters)
  }

  writeVector(vector: Float64Array): void {
    const parameters = this.#parameters.map((layer) => ({ ...layer, ...copyTensors(layer) }))
    writeVector(trainableVector(this.#specification), vector, parameters)
    this.#parameters = parameters
  }

  vectorGradient(data: DataHandle, rows: Rows, objective: Objective): VectorGradient {
    const { inputs, targets } = tableOf(data).rowsOf(rows)
    const result = lossAndGradient(this.#specification, this.#parameters, inputs, targets, objective)
    const gradient = readVector(trainableVector(this.#specification), result.gradients)
    return { loss: result.loss, regularization: result.regularization, gradient }
  }

  findNonFinite(data: DataHandle, rows: Rows): NonFinite {
    const { inputs } = tableOf(data).rowsOf(rows)
    const { layerInputs, output } = forwardLayers(this.#specification, this.#parameters, inputs)
    for (let layer = 0; layer < this.#parameters.length; layer++) {
      const { weights, baseScaler, basisScaler, bias, symbolic } = at(this.#parameters, layer)
      const tensors = { base_scaler: baseScaler, basis_scaler: basisScaler, weights, bias, symbolic }
      const outputs = layerInputs[layer + 1] ?? output
      for (const [tensor, values] of Object.entries({ ...tensors, outputs })) {
        if (values?.some((value) => !Number.isFinite(value))) return { layer, tensor }
      }
    }
    return { layer: this.#parameters.length - 1, tensor: 'loss' }
  }

  edgeStatistics(data: DataHandle): readonly LayerStatistics[] {
    return edgeStatistics(this.#specification, this.#parameters, tableOf(data).inputs).map((layer) => ({
      scores: Float32Array.from(layer.scores),
      minimum: Float32Array.from(layer.minimum),
      maximum: Float32Array.from(layer.maximum),
      means: Float32Array.from(layer.phi.mean),
      deviations: Float32Array.from(layer.phi.deviation),
      outputDeviations: Float32Array.from(layer.outputDeviation),
    }))
  }

  layerInput(data: DataHandle, layer: number, input: number): Float32Array {
    const width = inputsOf(this.#specification, layer)
    const { layerInputs } = forwardLayers(this.#specification, this.#parameters, tableOf(data).inputs)
    const values = at(layerInputs, layer)
    return Float32Array.from({ length: data.rows }, (_, row) => values[row * width + input] as number)
  }

  layerInputs(data: DataHandle, layer: number, rows: Uint32Array | null): Float64Array[] {
    const width = inputsOf(this.#specification, layer)
    const { inputs } = tableOf(data).rowsOf({ order: rows, from: 0, count: rows?.length ?? data.rows })
    const values = at(forwardLayers(this.#specification, this.#parameters, inputs).layerInputs, layer)
    const count = values.length / width
    return Array.from({ length: width }, (_, input) =>
      Float64Array.from({ length: count }, (_, row) => values[row * width + input] as number),
    )
  }

  activations(layer: number, edge: EdgeIndex, points: Float64Array): Float64Array {
    const design = at(this.#specification.layers, layer)
    const inputs = inputsOf(this.#specification, layer)
    return edgeCurve(design, at(this.#parameters, layer), inputs, edge, points)
  }

  readParameters(): readonly LayerParameters[] {
    return this.#parameters.map(copyParameters)
  }

  readMoments(): Moments {
    return copyMoments(this.#moments)
  }

  writeParameters(parameters: readonly LayerParameters[], moments: Moments | null): void {
    this.#parameters = parameters.map(copyParameters)
    this.#moments = moments === null ? zeroMoments(parameters) : copyMoments(moments)
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    this.#parameters = this.#parameters.map((old, l) => (l === layer ? copyParameters(parameters) : old))
  }

  applyMasks(specification: Specification): void {
    this.#specification = specification
  }

  memory(): number {
    const ofTensors = (tensors: readonly (LayerTensors | LayerParameters)[]) =>
      tensors.flatMap((layer) => Object.values(layer)).reduce((sum, tensor) => sum + (tensor?.byteLength ?? 0), 0)
    let bytes = ofTensors(this.#parameters) + ofTensors(this.#moments.first) + ofTensors(this.#moments.second)
    for (const { inputs, targets } of this.#tables) bytes += inputs.byteLength + targets.byteLength
    return bytes
  }

  dispose(): void {
    this.#parameters = []
    this.#moments = { first: [], second: [], step: 0 }
    for (const table of this.#tables) table.dispose()
  }
}

/** A table row by row, as the formulas take it. */
class Table implements DataHandle {
  readonly rows: number
  /** [rows, I] and [rows, O], row-major; empty after `dispose`. */
  inputs: Float64Array
  targets: Float64Array
  readonly #freed: (table: Table) => void

  constructor({ rows, inputs, targets }: Columns, freed: (table: Table) => void) {
    this.rows = rows
    this.inputs = rowMajor(inputs, rows)
    this.targets = rowMajor(targets, rows)
    this.#freed = freed
  }

  /** Some of the rows, in the order of the list. */
  rowsOf({ order, from, count }: Rows): { readonly inputs: Float64Array; readonly targets: Float64Array } {
    if (order === null) return this
    const rows = order.subarray(from, from + count)
    return { inputs: this.#pick(this.inputs, rows), targets: this.#pick(this.targets, rows) }
  }

  dispose(): void {
    this.inputs = this.targets = new Float64Array(0)
    this.#freed(this)
  }

  #pick(values: Float64Array, rows: Uint32Array): Float64Array {
    const width = values.length / this.rows
    const picked = new Float64Array(rows.length * width)
    rows.forEach((row, k) => {
      if (row >= this.rows) throw new RangeError(`row ${row} of a table of ${this.rows}`)
      picked.set(values.subarray(row * width, (row + 1) * width), k * width)
    })
    return picked
  }
}

function rowMajor(columns: Columns['inputs'], rows: number): Float64Array {
  const values = new Float64Array(rows * columns.length)
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) values[row * columns.length + c] = column[row] as number
  })
  return values
}

function copyParameters(layer: LayerParameters): LayerParameters {
  return { ...copyTensors(layer), grid: layer.grid?.slice() ?? null, scale: layer.scale?.slice() ?? null }
}

function copyMoments({ first, second, step }: Moments): Moments {
  return { first: first.map(copyTensors), second: second.map(copyTensors), step }
}

function tableOf(data: DataHandle): Table {
  if (!(data instanceof Table)) throw new TypeError('these data belong to another engine')
  return data
}

function at<T>(layers: readonly T[], index: number): T {
  const layer = layers[index]
  if (layer === undefined) throw new RangeError(`no layer ${index}`)
  return layer
}
