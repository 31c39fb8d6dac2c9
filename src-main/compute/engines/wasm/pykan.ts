/**
 * How does pykan's regulariser take part in a step?
 *
 * It sees the phi of an edge by their standard deviation only, and that follows from the covariance of the functions of the
 * edge's input (src-shared/numerics/covariance.ts): so no row is looked at for each edge. The host adds the penalty's
 * gradient by the effective weights to the gradients, and gives the kernels what flows into the columns; they do the rest.
 */
import type { Loss, PykanRegularization } from '../../../../src-shared/contract/job'
import type { LayerTensors } from '../../../../src-shared/kan/parameters'
import type { Specification } from '../../../../src-shared/kan/specification'
import { poolTied } from '../../../../src-shared/numerics/locks'
import { coefficientPenalty, pykanPenalty } from '../../../../src-shared/numerics/pykan-regularization'
import { spreadSlope } from '../../../../src-shared/numerics/statistics'
import type { Arena } from './arena'
import { type Layout, tiledIndex } from './layout'
import type { Kernels } from './loader'
import type { Batch, Passes } from './passes'
import { eachMovingEdge, type Piece, type ReadLayer, type SpreadMeter, type Spreads } from './spreads'

export class PykanPasses {
  readonly #arena: Arena
  readonly #layout: Layout
  readonly #passes: Passes
  readonly #kernels: Kernels
  readonly #meter: SpreadMeter
  #blocks: Blocks | null = null

  constructor(arena: Arena, kernels: Kernels, layout: Layout, passes: Passes, meter: SpreadMeter) {
    this.#arena = arena
    this.#kernels = kernels
    this.#meter = meter
    this.#layout = layout
    this.#passes = passes
  }

  /** Data loss and regularisation of a batch. */
  value(batch: Batch, loss: Loss, regularization: PykanRegularization, layers: readonly ReadLayer[]) {
    const { spreads, ...result } = this.#forward(batch, loss, layers)
    return { ...result, regularization: chargeOf(spreads, layers, regularization).value }
  }

  /**
   * Leaves their gradient in the memory, as `Passes.gradient` does, but for what does not go through phi: see
   * `addCoefficientGradients`.
   */
  gradient(batch: Batch, loss: Loss, regularization: PykanRegularization, layers: readonly ReadLayer[]) {
    const { spreads, ...result } = this.#forward(batch, loss, layers)
    const { value, gradient } = chargeOf(spreads, layers, regularization)
    const { lambda } = regularization
    const scaled = (slopes: readonly Float64Array[]) => slopes.map((layer) => layer.map((slope) => lambda * slope))
    const byEdge = scaled(gradient.edges)
    const byColumn = scaled(gradient.nodes)
    const forms = layers.map((layer, l) => this.#edges(layer, l, spreads, byEdge[l] as Float64Array))
    const { flows } = this.#reserve()
    this.#passes.back(batch, loss, flows, (piece) => {
      flows.forEach((block, l) => {
        this.#fillFlows(l + 1, block, piece, spreads, byColumn[l + 1] as Float64Array, forms[l + 1])
      })
    })
    return { ...result, regularization: value }
  }

  #forward(batch: Batch, loss: Loss, layers: readonly ReadLayer[]) {
    let sum = 0
    const spreads = this.#meter.measure(layers, (visit) => {
      sum = this.#passes.lossAndColumns(batch, loss, visit)
    })
    return { loss: sum, spreads }
  }

  /**
   * Adds the derivatives by a layer's effective weights to its gradient.
   *
   * @returns for each input of a layer that is not the first, A = Σ_j β_j θ_j θ_jᵀ, where an edge feels β·(phi − mean) of
   *   its spread
   */
  #edges(layer: ReadLayer, l: number, spreads: Spreads, slopes: Float64Array): readonly Float64Array[] {
    const { fields, placeOf } = this.#layout.layers[l] as Layout['layers'][number]
    const { floats } = this.#arena
    const functions = spreads.functions[l] as Spreads['functions'][number]
    const size = 1 + fields.size
    const product = new Float64Array(size)
    const forms = l === 0 ? [] : functions.map(() => new Float64Array(size * size))
    eachMovingEdge(layer, spreads.columns[l] as Spreads['columns'][number], (edge, input, theta) => {
      const slope = slopes[edge] as number
      const deviation = functions[input]?.deviation(theta, product) ?? 0
      if (deviation === 0 || slope === 0) return
      const at =
        fields.gradient / 4 + tiledIndex(fields, size, input, placeOf[Math.floor(edge / layer.inputs)] as number)
      for (let m = 0; m < size; m++) {
        const gradient = at + m * fields.lanes
        floats[gradient] = (floats[gradient] as number) + (slope * (product[m] as number)) / deviation
      }
      const form = forms[input]
      if (form !== undefined) addSquare(form, theta, spreadSlope(slope, deviation, spreads.rows))
    })
    return forms
  }

  /** What flows into the columns of a boundary from their spread, and from that of the edges behind it. */
  #fillFlows(
    l: number,
    block: number,
    { rows, column }: Piece,
    spreads: Spreads,
    slopes: Float64Array,
    forms: readonly Float64Array[] | undefined,
  ): void {
    const { mean, deviation } = spreads.columns[l] as Spreads['columns'][number]
    const { pieceStride, layers } = this.#layout
    for (let i = 0; i < mean.length; i++) {
      const slope = spreadSlope(slopes[i] as number, deviation[i] as number, spreads.rows)
      const own = mean[i] as number
      const [from, to] = [column(l, i), block + i * pieceStride]
      const form = forms?.[i]
      const at = layers[l]?.at
      if (form !== undefined && at !== undefined) {
        this.#writeForm(form, spreads.functions[l]?.[i]?.mean ?? form)
        this.#kernels.spreadFlow(at, i, from, rows, this.#reserve().form, slope, own, to)
        continue
      }
      const { floats } = this.#arena
      for (let row = 0; row < rows; row++) floats[to / 4 + row] = slope * ((floats[from / 4 + row] as number) - own)
    }
  }

  /** A, and behind it A times the functions' means. */
  #writeForm(form: Float64Array, mean: Float64Array): void {
    const size = mean.length
    const numbers = new Float64Array(this.#arena.memory.buffer, this.#reserve().form, size * (size + 1))
    numbers.set(form)
    for (let a = 0; a < size; a++) {
      let sum = 0
      for (let b = 0; b < size; b++) sum += (form[a * size + b] as number) * (mean[b] as number)
      numbers[size * size + a] = sum
    }
  }

  #reserve(): Blocks {
    if (this.#blocks === null) {
      const { layers, pieceStride } = this.#layout
      const size = 1 + Math.max(...layers.map(({ fields }) => fields.size))
      this.#blocks = {
        flows: layers.map(({ fields }) => this.#arena.allocate(fields.outputs * pieceStride, 'The regulariser')),
        form: this.#arena.allocate(8 * size * (size + 1), 'The regulariser'),
      }
    }
    return this.#blocks
  }
}

/** Memory that is reserved when it is first needed. */
interface Blocks {
  /** For what flows into each boundary but the first. */
  readonly flows: readonly number[]
  /** For one input's form: f64 [1 + n, 1 + n] and [1 + n]. */
  readonly form: number
}

/** Whether a regulariser looks at weights as such. */
export function hasCoefficients({ coef, coefDiff }: PykanRegularization): boolean {
  return coef > 0 || coefDiff > 0
}

/** Adds the derivatives by the weights that do not go through phi, ties pooled. */
export function addCoefficientGradients(
  gradients: readonly LayerTensors[],
  layers: readonly ReadLayer[],
  regularization: PykanRegularization,
  design: Specification,
): void {
  layers.forEach(({ specification: { nodes }, inputs, parameters, pruned }, l) => {
    const own = coefficientPenalty(parameters.weights, pruned, nodes, regularization).gradient
    const nothing = new Float64Array(pruned.length)
    const rest = { baseScaler: nothing, basisScaler: nothing, bias: null, symbolic: null }
    poolTied(design.layers[l] as Specification['layers'][number], inputs, { weights: own, ...rest })
    const sum = gradients[l]?.weights ?? own
    own.forEach((slope, k) => {
      sum[k] = (sum[k] as number) + regularization.lambda * slope
    })
  })
}

/** λ times the penalty, and its gradient without λ. */
function chargeOf(spreads: Spreads, layers: readonly ReadLayer[], regularization: PykanRegularization) {
  const [inputs = new Float64Array(0), ...outputs] = spreads.columns.map(({ deviation }) => deviation)
  const formulas = layers.map(({ pruned }) => new Uint8Array(pruned.length))
  const { value, gradient } = pykanPenalty({ edges: spreads.edges, inputs, outputs, formulas }, regularization)
  const ofWeights = layers.reduce(
    (sum, { specification, parameters, pruned }) =>
      sum + coefficientPenalty(parameters.weights, pruned, specification.nodes, regularization).value,
    0,
  )
  return { value: regularization.lambda * (value + ofWeights), gradient }
}

/** Adds factor · θ θᵀ. */
function addSquare(form: Float64Array, theta: Float64Array, factor: number): void {
  const size = theta.length
  for (let a = 0; a < size; a++) {
    const scaled = factor * (theta[a] as number)
    for (let b = 0; b < size; b++) form[a * size + b] = (form[a * size + b] as number) + scaled * (theta[b] as number)
  }
}
