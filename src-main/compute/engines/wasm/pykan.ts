/**
 * How does pykan's regulariser take part in a step?
 *
 * It sees the phi of an edge by their standard deviation only, and that follows from the covariance of the functions of the
 * edge's input (src-shared/numerics/covariance.ts): so no row is looked at for each edge. The host adds the penalty's
 * gradient by the effective weights to the gradients, and gives the kernels what flows into the columns; they do the rest.
 */
import type { Loss, PykanRegularization } from '../../../../src-shared/contract/job'
import type { LayerTensors } from '../../../../src-shared/kan/parameters'
import { basisSize } from '../../../../src-shared/kan/specification'
import { spreadFlow } from '../../../../src-shared/numerics/covariance'
import { inputGrid } from '../../../../src-shared/numerics/grid'
import { coefficientPenalty, pykanPenalty } from '../../../../src-shared/numerics/pykan-regularization'
import { spreadSlope } from '../../../../src-shared/numerics/statistics'
import type { Arena } from './arena'
import { type Layout, tiledIndex } from './layout'
import type { Batch, Passes } from './passes'
import { eachMovingEdge, measureSpreads, type ReadLayer, type Spreads } from './spreads'

export class PykanPasses {
  readonly #arena: Arena
  readonly #layout: Layout
  readonly #passes: Passes
  /** Blocks for what flows into each boundary but the first; reserved when first needed. */
  #flows: readonly number[] | null = null

  constructor(arena: Arena, layout: Layout, passes: Passes) {
    this.#arena = arena
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
   * `coefficientGradients`.
   */
  gradient(batch: Batch, loss: Loss, regularization: PykanRegularization, layers: readonly ReadLayer[]) {
    const { spreads, ...result } = this.#forward(batch, loss, layers)
    const { value, gradient } = chargeOf(spreads, layers, regularization)
    const { lambda } = regularization
    const scaled = (slopes: readonly Float64Array[]) => slopes.map((layer) => layer.map((slope) => lambda * slope))
    const byEdge = scaled(gradient.edges)
    const byColumn = scaled(gradient.nodes)
    const flows = layers.map((layer, l) => this.#edges(layer, l, spreads, byEdge[l] as Float64Array))
    const blocks = this.#reserve()
    this.#passes.back(batch, loss, blocks, (piece) => {
      blocks.forEach((block, boundary) => {
        const l = boundary + 1
        const { mean, deviation } = spreads.columns[l] as Spreads['columns'][number]
        for (let i = 0; i < mean.length; i++) {
          const slope = spreadSlope(byColumn[l]?.[i] ?? 0, deviation[i] as number, spreads.rows)
          const edges = flows[l]?.[i]
          const column = piece(l, i)
          const from = (block + i * this.#layout.pieceStride) / 4
          const flow = this.#arena.floats.subarray(from, from + column.length)
          column.forEach((x, row) => {
            flow[row] = slope * (x - (mean[i] as number)) + (edges?.(x) ?? 0)
          })
        }
      })
    })
    return { ...result, regularization: value }
  }

  #forward(batch: Batch, loss: Loss, layers: readonly ReadLayer[]) {
    let sum = 0
    const spreads = measureSpreads(layers, (visit) => {
      sum = this.#passes.lossAndColumns(batch, loss, visit)
    })
    return { loss: sum, spreads }
  }

  /**
   * Adds the derivatives by a layer's effective weights to its gradient.
   *
   * @returns for each input of a layer that is not the first, how the edges pass on to it what they feel of their spread
   */
  #edges(layer: ReadLayer, l: number, spreads: Spreads, slopes: Float64Array): readonly ((x: number) => number)[] {
    const { fields } = this.#layout.layers[l] as Layout['layers'][number]
    const { floats } = this.#arena
    const functions = spreads.functions[l] as Spreads['functions'][number]
    const size = 1 + basisSize(layer.specification.basis)
    const product = new Float64Array(size)
    const forms = l === 0 ? [] : functions.map(() => new Float64Array(size * size))
    eachMovingEdge(layer, spreads.columns[l] as Spreads['columns'][number], (edge, input, theta) => {
      const slope = slopes[edge] as number
      const deviation = functions[input]?.deviation(theta, product) ?? 0
      if (deviation === 0 || slope === 0) return
      const at = fields.gradient / 4 + tiledIndex(fields, size, input, Math.floor(edge / layer.inputs))
      for (let m = 0; m < size; m++) {
        const gradient = at + m * fields.lanes
        floats[gradient] = (floats[gradient] as number) + (slope * (product[m] as number)) / deviation
      }
      const form = forms[input]
      if (form !== undefined) addSquare(form, theta, spreadSlope(slope, deviation, spreads.rows))
    })
    return forms.map((form, i) => {
      const { specification, parameters } = layer
      const mean = functions[i]?.mean ?? new Float64Array(size)
      return spreadFlow(specification, inputGrid(specification.basis, parameters, i), mean, form)
    })
  }

  #reserve(): readonly number[] {
    this.#flows ??= this.#layout.layers.map(({ fields }) =>
      this.#arena.allocate(fields.outputs * this.#layout.pieceStride, 'The regulariser'),
    )
    return this.#flows
  }
}

/** Derivatives by the weights that do not go through phi, times λ, [O, I, n] a layer; ties not yet pooled. */
export function coefficientGradients(
  layers: readonly ReadLayer[],
  regularization: PykanRegularization,
): readonly LayerTensors['weights'][] {
  return layers.map(({ specification, parameters, pruned }) =>
    coefficientPenalty(parameters.weights, pruned, specification.nodes, regularization).gradient.map(
      (slope) => regularization.lambda * slope,
    ),
  )
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
