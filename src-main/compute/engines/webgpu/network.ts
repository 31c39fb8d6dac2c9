/** A network that computes on a graphics card. */
import type { Loss, PykanRegularization } from '../../../../src-shared/contract/job'
import type { LayerParameters, Moments } from '../../../../src-shared/kan/parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../../../../src-shared/kan/specification'
import { functionsOf } from '../../../../src-shared/kan/symbolic'
import { zeroMoments } from '../../../../src-shared/numerics/adam'
import { curveIn } from '../../../../src-shared/numerics/curve'
import { readVector, trainableVector, writeVector } from '../../../../src-shared/numerics/trainable-vector'
import { withGrids, withRoundedGrids } from '../beside-device'
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
import { type Chunk, joinStatistics } from '../joined-statistics'
import { Card, Table } from './card'
import { pykanSlopes } from './charges'
import type { Gpu } from './gpu'
import { chargedBy } from './passes'
import { readStatistics } from './spreads'
import { trainStretch } from './training'

export class WebgpuNetwork implements Network {
  readonly capabilities: Capabilities
  readonly #card: Card
  #specification: Specification
  /** Grids as they are; the other numbers are on the card. */
  #parameters: readonly LayerParameters[]
  #step = 0

  constructor(
    gpu: Gpu,
    specification: Specification,
    parameters: readonly LayerParameters[],
    { batch, moments }: CompileOptions,
    capabilities: Capabilities,
  ) {
    this.capabilities = capabilities
    this.#specification = specification
    this.#parameters = parameters
    this.#card = new Card(gpu, specification, parameters, batch)
    this.writeParameters(parameters, moments)
  }

  load(columns: Columns): DataHandle {
    return this.#card.load(columns)
  }

  forward(data: DataHandle): Float64Array {
    const width = this.#specification.outputs.length
    const output = new Float64Array(data.rows * width)
    this.#forEachChunk(data, null, (rows) => {
      const columns = this.#columns(this.#specification.layers.length, rows.count)
      columns.forEach((column, j) => {
        for (let b = 0; b < rows.count; b++) output[(rows.from + b) * width + j] = column[b] as number
      })
    })
    return output
  }

  loss(data: DataHandle, loss: Loss): number {
    let sum = 0
    this.#forEachChunk(data, { loss, regularization: null }, ({ count }) => {
      this.#card.run(this.#card.passes.dataLoss())
      sum += this.#losses().loss * count
    })
    return sum / data.rows
  }

  lossAndGradient(data: DataHandle, objective: Objective): LossAndGradient {
    this.#minimize(tableOf(data), { order: null, from: 0, count: data.rows }, objective)
    const losses = this.#losses()
    return { ...losses, gradients: this.#card.readGradients() }
  }

  pass(data: DataHandle, objective: Objective, direction: Direction): { loss: number; regularization: number } {
    const rows = { order: null, from: 0, count: data.rows }
    const table = tableOf(data)
    if (direction === 'both') this.#minimize(table, rows, objective)
    else {
      this.#card.prepareRows(table, rows, objective)
      this.#charge(table, rows.count, objective)
    }
    return this.#losses()
  }

  train(data: DataHandle, stretch: Stretch): StretchResult {
    const table = tableOf(data)
    const { objective, optimizer, order } = stretch
    const { passes } = this.#card
    const isOnCard = chargedBy(objective.regularization)?.type !== 'pykan'
    const { losses, regularizations, stopped } = trainStretch(
      ...([this.#card, table, stretch, this.#step] as const),
      (rows, turns, update) => {
        if (!isOnCard) {
          this.#charge(table, rows, objective)
          this.#card.run(passes.backward(rows, objective.regularization))
          return
        }
        const back = passes.backward(rows, objective.regularization)
        const updates = update ? passes.update(optimizer.clipNorm !== null) : []
        this.#card.run([...this.#chargeOnCard(table, rows, objective), ...back, ...updates], turns)
      },
      isOnCard,
    )
    this.#step += losses.length
    return {
      steps: losses.length,
      losses: Float64Array.from(losses),
      regularizations: Float64Array.from(regularizations),
      nonFinite: stopped && this.findNonFinite(data, { order, ...stopped }),
    }
  }

  readVector(): Float64Array {
    return readVector(trainableVector(this.#specification), this.#card.readParameters())
  }

  writeVector(vector: Float64Array): void {
    const parameters = this.readParameters()
    writeVector(trainableVector(this.#specification), vector, parameters)
    this.#card.writeParameters(parameters)
  }

  vectorGradient(data: DataHandle, rows: Rows, objective: Objective): VectorGradient {
    this.#minimize(tableOf(data), rows, objective)
    const losses = this.#losses()
    return { ...losses, gradient: readVector(trainableVector(this.#specification), this.#card.readGradients()) }
  }

  findNonFinite(data: DataHandle, rows: Rows): NonFinite {
    this.#forward(tableOf(data), rows)
    const parameters = this.readParameters()
    for (const [layer, { weights, baseScaler, basisScaler, bias, symbolic }] of parameters.entries()) {
      const tensors = { base_scaler: baseScaler, basis_scaler: basisScaler, weights, bias, symbolic }
      for (const [tensor, values] of Object.entries(tensors)) {
        if (values?.some((value) => !Number.isFinite(value))) return { layer, tensor }
      }
      const outputs = this.#columns(layer + 1, rows.count)
      if (outputs.some((column) => column.some((value) => !Number.isFinite(value)))) {
        return { layer, tensor: 'outputs' }
      }
    }
    return { layer: parameters.length - 1, tensor: 'loss' }
  }

  edgeStatistics(data: DataHandle): readonly LayerStatistics[] {
    const chunks: Chunk[] = []
    this.#forEachChunk(data, null, ({ count }) => {
      this.#card.run(this.#card.passes.statistics())
      chunks.push({ rows: count, layers: readStatistics(this.#card) })
    })
    return joinStatistics(chunks)
  }

  layerInput(data: DataHandle, layer: number, input: number): Float32Array {
    return this.layerInputs(data, layer, null)[input] ?? new Float32Array(0)
  }

  layerInputs(data: DataHandle, layer: number, rows: Uint32Array | null): Float32Array[] {
    const count = rows?.length ?? data.rows
    const columns = Array.from({ length: inputsOf(this.#specification, layer) }, () => new Float32Array(count))
    this.#forEachChunk(
      data,
      null,
      (chunk) => {
        const values = this.#columns(layer, chunk.count)
        columns.forEach((column, i) => {
          column.set(values[i] ?? [], chunk.from)
        })
      },
      rows,
    )
    return columns
  }

  activations(layer: number, edge: EdgeIndex, points: Float64Array): Float64Array {
    return curveIn(this.#specification, this.readParameters(), layer, edge, points)
  }

  readParameters(): readonly LayerParameters[] {
    return withGrids(this.#parameters, this.#card.readParameters())
  }

  readMoments(): Moments {
    return this.#card.readMoments(this.#step)
  }

  writeParameters(parameters: readonly LayerParameters[], moments: Moments | null): void {
    this.#parameters = parameters.map(withRoundedGrids)
    this.#card.writeParameters(parameters)
    const held = moments ?? zeroMoments(parameters)
    this.#card.writeMoments(held)
    this.#step = held.step
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    const all = this.readParameters().map((old, l) => (l === layer ? parameters : old))
    this.#parameters = all.map(withRoundedGrids)
    this.#card.writeParameters(all)
  }

  applyMasks(specification: Specification): void {
    this.#specification = specification
    this.#card.writeMasks(specification)
  }

  memory(): number {
    return this.#card.bytes
  }

  dispose(): void {
    this.#card.dispose()
  }

  /** What reaches a layer, or past the last one the outputs, of the rows that were computed last. */
  #columns(layer: number, rows: number): Float32Array[] {
    const { layers, outputs } = this.#card.layout
    const { x, inputs } = layers[layer] ?? outputs
    return this.#card.readColumns(x, inputs, rows)
  }

  #forward(table: Table, rows: Rows, objective?: Objective): void {
    this.#card.prepareRows(table, rows, objective)
    this.#card.run(this.#card.passes.forward(rows.count, table.buffer))
  }

  /** All rows, or those of a list, no more at once than there is room for. */
  #forEachChunk(
    data: DataHandle,
    objective: Objective | null,
    visit: (rows: { readonly from: number; readonly count: number }) => void,
    order: Uint32Array | null = null,
  ): void {
    const total = order?.length ?? data.rows
    for (let from = 0; from < total; from += this.#card.stride) {
      const rows = { order, from, count: Math.min(this.#card.stride, total - from) }
      this.#forward(tableOf(data), rows, objective ?? undefined)
      visit(rows)
    }
  }

  /** Losses and gradients of some rows. */
  #minimize(table: Table, rows: Rows, objective: Objective): void {
    this.#card.prepareRows(table, rows, objective)
    this.#charge(table, rows.count, objective)
    this.#card.run(this.#card.passes.backward(rows.count, objective.regularization))
  }

  /** Data loss and regularisation of rows that are prepared, and what they are derived by. */
  #charge(table: Table, rows: number, objective: Objective): void {
    this.#card.run(this.#chargeOnCard(table, rows, objective))
    const charged = chargedBy(objective.regularization)
    if (charged?.type === 'pykan') this.#chargePykan(rows, charged)
  }

  #chargeOnCard(table: Table, rows: number, { regularization }: Objective) {
    const { passes } = this.#card
    const charged = chargedBy(regularization)
    return [
      ...passes.forward(rows, table.buffer),
      ...passes.dataLoss(),
      ...(charged === null ? [] : passes.statistics()),
      ...(charged?.type === 'better_kan' ? passes.penalty() : []),
    ]
  }

  /** Of a metric of all layers together, which is small beside the rows: computed here (docs/decisions/0008). */
  #chargePykan(rows: number, settings: PykanRegularization): void {
    const functions = this.#specification.layers.map((layer, l) => functionsOf(layer, inputsOf(this.#specification, l)))
    pykanSlopes(this.#card, rows, functions, settings)
    this.#card.run(this.#card.passes.coefficients(settings))
  }

  #losses(): { loss: number; regularization: number } {
    const [loss = 0, regularization = 0] = this.#card.read('control', 2, 2)
    return { loss, regularization }
  }
}

function tableOf(data: DataHandle): Table {
  if (!(data instanceof Table)) throw new TypeError('these data belong to another engine')
  return data
}
