/** A network that TensorFlow computes. */
import type { Loss } from '../../../../src-shared/contract/job'
import type { LayerParameters, Moments } from '../../../../src-shared/kan/parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../../../../src-shared/kan/specification'
import { zeroMoments } from '../../../../src-shared/numerics/adam'
import { curveIn } from '../../../../src-shared/numerics/curve'
import { hasRange } from '../../../../src-shared/numerics/layer'
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
import { type Chunk, type ChunkLayer, joinStatistics } from '../joined-statistics'
import { type StepOutcome, walkStretch } from '../stretch'
import { columnSpread, edgeSpreads } from './charges'
import { type Batch, Model } from './model'
import { turned } from './numbers'
import { DeviceFull, type Tensor, type TensorFlow } from './tensors'

export class TensorflowNetwork implements Network {
  readonly capabilities: Capabilities
  readonly #tf: TensorFlow
  readonly #model: Model
  readonly #tables = new Set<Table>()
  /** Rows that go forward at once. */
  readonly #batch: number
  #specification: Specification
  /** Grids as they are; the other numbers are on the device. */
  #parameters: readonly LayerParameters[]

  constructor(
    tf: TensorFlow,
    specification: Specification,
    parameters: readonly LayerParameters[],
    { batch, moments }: CompileOptions,
    capabilities: Capabilities,
  ) {
    this.capabilities = capabilities
    this.#tf = tf
    this.#batch = Math.max(1, batch)
    this.#specification = specification
    this.#parameters = parameters.map(withRoundedGrids)
    this.#model = new Model(tf, specification, this.#parameters, moments)
  }

  load(columns: Columns): DataHandle {
    const table = new Table(this.#tf, columns, (freed) => this.#tables.delete(freed))
    this.#tables.add(table)
    return table
  }

  forward(data: DataHandle): Float64Array {
    const width = this.#specification.outputs.length
    const output = new Float64Array(data.rows * width)
    this.#forEachChunk(data, null, ({ inputs }, from) => {
      output.set(this.#tf.read(this.#model.forward(inputs).at(-1) as Tensor), from * width)
    })
    return output
  }

  lossAndGradient(data: DataHandle, objective: Objective): LossAndGradient {
    return this.#ofRows(data, allOf(data), (batch) => {
      const { loss, regularization, gradient } = this.#model.minimize(batch, objective, true)
      return { loss, regularization, gradients: this.#model.readGradient(gradient()) }
    })
  }

  loss(data: DataHandle, loss: Loss): number {
    let sum = 0
    this.#forEachChunk(data, null, ({ inputs, targets }) => {
      const output = this.#model.forward(inputs).at(-1) as Tensor
      sum += this.#model.dataLoss(output, targets, loss) * (targets.shape[0] as number)
    })
    return sum / data.rows
  }

  pass(data: DataHandle, objective: Objective, direction: Direction): { loss: number; regularization: number } {
    return this.#ofRows(data, allOf(data), (batch) => {
      const { loss, regularization, gradient } = this.#model.minimize(batch, objective, direction === 'both')
      if (direction === 'both') gradient()
      return { loss, regularization }
    })
  }

  train(data: DataHandle, stretch: Stretch): StretchResult {
    const { clipNorm } = stretch.optimizer
    return walkStretch(stretch, data.rows, (rows, rateAt) =>
      this.#ofRows(data, rows, (batch): StepOutcome => {
        const { loss, regularization, gradient } = this.#model.minimize(batch, stretch.objective, true)
        if (!Number.isFinite(loss + regularization)) return { nonFinite: this.findNonFinite(data, rows) }
        this.#model.update(gradient(), rateAt(loss + regularization), clipNorm)
        return { loss, regularization }
      }),
    )
  }

  readVector(): Float64Array {
    return readVector(trainableVector(this.#specification), this.#model.readNumbers())
  }

  writeVector(vector: Float64Array): void {
    const parameters = this.readParameters()
    writeVector(trainableVector(this.#specification), vector, parameters)
    this.#model.write(parameters, null)
  }

  vectorGradient(data: DataHandle, rows: Rows, objective: Objective): VectorGradient {
    return this.#ofRows(data, rows, (batch) => {
      const { loss, regularization, gradient } = this.#model.minimize(batch, objective, true)
      const tensors = this.#model.readGradient(gradient())
      return { loss, regularization, gradient: readVector(trainableVector(this.#specification), tensors) }
    })
  }

  findNonFinite(data: DataHandle, rows: Rows): NonFinite {
    const parameters = this.#model.readNumbers()
    const columns = this.#ofRows(data, rows, ({ inputs }) =>
      this.#model.forward(inputs).map((values) => this.#tf.read(values)),
    )
    for (const [layer, { weights, baseScaler, basisScaler, bias, symbolic }] of parameters.entries()) {
      const outputs = columns[layer + 1]
      const tensors = { base_scaler: baseScaler, basis_scaler: basisScaler, weights, bias, symbolic, outputs }
      for (const [tensor, values] of Object.entries(tensors)) {
        if (values?.some((value) => !Number.isFinite(value))) return { layer, tensor }
      }
    }
    return { layer: parameters.length - 1, tensor: 'loss' }
  }

  edgeStatistics(data: DataHandle): readonly LayerStatistics[] {
    const chunks: Chunk[] = []
    this.#forEachChunk(data, null, ({ inputs }) => {
      const rows = inputs.shape[0] as number
      const layers: ChunkLayer[] = []
      this.#model.forward(inputs, (pass, output) => {
        const { size, mean, deviation, minimum, maximum } = edgeSpreads(this.#tf, pass)
        const outputs = columnSpread(this.#tf, output)
        const { inputs: width } = pass.layer.place
        layers.push({
          ...{ inputs: width, minimum, maximum },
          scores: Float32Array.from(size, (sum, e) => {
            const [low, high] = [minimum[e % width] as number, maximum[e % width] as number]
            return sum / (rows * (hasRange(low, high) ? high - low : 1))
          }),
          phi: { mean: Float32Array.from(mean), deviation: Float32Array.from(deviation) },
          outputs: { mean: this.#tf.read(outputs.means), deviation: outputs.deviation },
        })
      })
      chunks.push({ rows, layers })
    })
    return joinStatistics(chunks)
  }

  layerInput(data: DataHandle, layer: number, input: number): Float32Array {
    return this.layerInputs(data, layer, null)[input] ?? new Float32Array(0)
  }

  layerInputs(data: DataHandle, layer: number, rows: Uint32Array | null): Float32Array[] {
    const count = rows?.length ?? data.rows
    const width = inputsOf(this.#specification, layer)
    const columns = Array.from({ length: width }, () => new Float32Array(count))
    this.#forEachChunk(data, rows, ({ inputs }, from) => {
      const values = turned(this.#tf.read(this.#model.forward(inputs)[layer] as Tensor), width)
      const some = values.length / width
      columns.forEach((column, i) => {
        column.set(values.subarray(i * some, (i + 1) * some), from)
      })
    })
    return columns
  }

  activations(layer: number, edge: EdgeIndex, points: Float64Array): Float64Array {
    return curveIn(this.#specification, this.readParameters(), layer, edge, points)
  }

  readParameters(): readonly LayerParameters[] {
    return withGrids(this.#parameters, this.#model.readNumbers())
  }

  readMoments(): Moments {
    return this.#model.readMoments()
  }

  writeParameters(parameters: readonly LayerParameters[], moments: Moments | null): void {
    this.#parameters = parameters.map(withRoundedGrids)
    this.#model.write(this.#parameters, moments ?? zeroMoments(parameters))
  }

  writeLayer(layer: number, parameters: LayerParameters): void {
    this.#parameters = this.readParameters().map((old, l) => (l === layer ? withRoundedGrids(parameters) : old))
    this.#model.write(this.#parameters, null)
  }

  applyMasks(specification: Specification): void {
    this.#specification = specification
    this.#model.applyMasks(specification)
  }

  memory(): number {
    let bytes = this.#model.bytes
    for (const table of this.#tables) bytes += table.bytes
    return bytes
  }

  dispose(): void {
    for (const table of this.#tables) table.dispose()
    this.#model.dispose()
  }

  #ofRows<T>(data: DataHandle, rows: Rows, work: (batch: Batch) => T): T {
    try {
      return this.#tf.scope(() => work(tableOf(data).rowsOf(rows)))
    } catch (error) {
      throw error instanceof DeviceFull ? error.of(rows.count) : error
    }
  }

  /** All rows, or those of a list, a batch at a time. */
  #forEachChunk(data: DataHandle, order: Uint32Array | null, visit: (batch: Batch, from: number) => void): void {
    const total = order?.length ?? data.rows
    for (let from = 0; from < total; from += this.#batch) {
      const rows = { order, from, count: Math.min(this.#batch, total - from) }
      this.#ofRows(data, rows, (batch) => visit(batch, from))
    }
  }
}

/** A table on the device, row by row. */
class Table implements DataHandle {
  readonly rows: number
  readonly bytes: number
  readonly #tf: TensorFlow
  readonly #freed: (table: Table) => void
  #batch: Batch | null

  constructor(tf: TensorFlow, { rows, inputs, targets }: Columns, freed: (table: Table) => void) {
    this.#tf = tf
    this.#freed = freed
    this.rows = rows
    this.bytes = 4 * rows * (inputs.length + targets.length)
    const put = (columns: Columns['inputs']) => tf.keep(tf.floats(rowMajor(columns, rows), [rows, columns.length]))
    this.#batch = { inputs: put(inputs), targets: put(targets) }
  }

  rowsOf({ order, from, count }: Rows): Batch {
    if (this.#batch === null) throw new TypeError('these data are gone')
    const { inputs, targets } = this.#batch
    const tf = this.#tf
    if (order === null) return { inputs: tf.part(inputs, 0, from, count), targets: tf.part(targets, 0, from, count) }
    const list = tf.integers(Int32Array.from(order.subarray(from, from + count)))
    return { inputs: tf.gather(inputs, list), targets: tf.gather(targets, list) }
  }

  dispose(): void {
    if (this.#batch === null) return
    this.#tf.free(this.#batch.inputs)
    this.#tf.free(this.#batch.targets)
    this.#batch = null
    this.#freed(this)
  }
}

function rowMajor(columns: Columns['inputs'], rows: number): Float32Array {
  const values = new Float32Array(rows * columns.length)
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) values[row * columns.length + c] = column[row] as number
  })
  return values
}

function allOf(data: DataHandle): Rows {
  return { order: null, from: 0, count: data.rows }
}

function tableOf(data: DataHandle): Table {
  if (!(data instanceof Table)) throw new TypeError('these data belong to another engine')
  return data
}
