/** How much do all columns of a batch, and the phi of all edges, spread? */
import type { LayerParameters } from '../../../../src-shared/kan/parameters'
import { basisSize, type LayerSpecification } from '../../../../src-shared/kan/specification'
import { type FunctionSpread, functionSpread } from '../../../../src-shared/numerics/covariance'
import { addToSpread, finishSpread, type Spread } from '../../../../src-shared/numerics/statistics'
import { AFFINE_SIZE, symbolicPhi } from '../../../../src-shared/numerics/symbolic'
import type { Arena } from './arena'
import type { Layout } from './layout'
import type { Kernels } from './loader'

/** A layer with its numbers, read out once for a batch. */
export interface ReadLayer {
  readonly specification: LayerSpecification
  readonly inputs: number
  readonly parameters: LayerParameters
  /** [O, I] */
  readonly pruned: Uint8Array
}

export interface Spreads {
  readonly rows: number
  /** Of what reaches each layer in turn, last of the outputs. */
  readonly columns: readonly Spread[]
  /** Of the functions of each layer's inputs. */
  readonly functions: readonly (readonly FunctionSpread[])[]
  /** Standard deviation of each edge's phi, [O, I] a layer; 0 for pruned edges. */
  readonly edges: readonly Float64Array[]
  /** Of the formulas of each layer that are not pruned. */
  readonly formulas: readonly Formulas[]
}

/** A piece of the rows that went forward. */
export interface Piece {
  readonly rows: number
  /** Address of a column of what reaches a layer; layer = number of layers: of the outputs. */
  column(layer: number, input: number): number
}

/** A computed column whose float32 values differ by less than this part of them is one value, rounded in two ways. */
const RESOLUTION = 2 ** -21

export class SpreadMeter {
  readonly #arena: Arena
  readonly #kernels: Kernels
  readonly #layout: Layout
  /** Sums of each input's functions, f64 [1 + n, 1 + n] and [1 + n]; a block a layer, reserved when first needed. */
  #sums: readonly number[] | null = null

  constructor(arena: Arena, kernels: Kernels, layout: Layout) {
    this.#arena = arena
    this.#kernels = kernels
    this.#layout = layout
  }

  /** @param eachPiece calls back with the rows of the batch, piece after piece */
  measure(layers: readonly ReadLayer[], eachPiece: (visit: (piece: Piece) => void) => void): Spreads {
    this.#sums ??= this.#layout.layers.map(({ fields }) => this.#arena.allocate(bytesOf(fields), 'The spread of edges'))
    const blocks = this.#sums
    const memory = () => new Float64Array(this.#arena.memory.buffer)
    blocks.forEach((at, l) => {
      memory().fill(0, at / 8, (at + bytesOf(this.#fields(l))) / 8)
    })
    const widths = [...layers.map(({ inputs }) => inputs), layers.at(-1)?.specification.nodes ?? 0]
    const columns = widths.map((width) => ({ mean: new Float64Array(width), deviation: new Float64Array(width) }))
    const formulas = layers.map(liveFormulas)
    let rows = 0
    eachPiece((piece) => {
      columns.forEach(({ mean, deviation }, l) => {
        for (let i = 0; i < mean.length; i++) {
          const at = piece.column(l, i)
          const column = this.#arena.floats.subarray(at / 4, at / 4 + piece.rows)
          for (let row = 0; row < piece.rows; row++) {
            addToSpread(mean, deviation, i, column[row] as number, rows + row + 1)
          }
        }
      })
      this.#layout.layers.forEach(({ at, fields }, l) => {
        const bytes = bytesOf(fields) / fields.inputs
        for (let i = 0; i < fields.inputs; i++) {
          this.#kernels.addProducts(at, i, piece.column(l, i), piece.rows, (blocks[l] as number) + i * bytes)
        }
      })
      layers.forEach((layer, l) => {
        addFormulas(layer, formulas[l] as Formulas, rows, (input) => {
          const at = piece.column(l, input) / 4
          return this.#arena.floats.subarray(at, at + piece.rows)
        })
      })
      rows += piece.rows
    })
    columns.forEach(({ mean, deviation }, l) => {
      finishSpread(deviation, rows)
      deviation.forEach((value, i) => {
        if (l > 0 && value <= RESOLUTION * Math.abs(mean[i] as number)) deviation[i] = 0
      })
    })
    const sums = memory()
    const functions = layers.map(({ inputs }, l) => {
      const size = 1 + this.#fields(l).size
      return Array.from({ length: inputs }, (_, i) => {
        const at = (blocks[l] as number) / 8 + i * (size + 1) * size
        return functionSpread(
          sums.subarray(at, at + size * size),
          sums.slice(at + size * size, at + size * size + size),
          rows,
        )
      })
    })
    const edges = layers.map((layer, l) => {
      const product = new Float64Array(1 + basisSize(layer.specification.basis))
      const deviations = new Float64Array(layer.pruned.length)
      eachMovingEdge(layer, columns[l] as Spread, (edge, input, theta) => {
        deviations[edge] = functions[l]?.[input]?.deviation(theta, product) ?? 0
      })
      const { live, deviation } = formulas[l] as Formulas
      finishSpread(deviation, rows)
      live.forEach(({ edge: [input, output] }, k) => {
        const moves = columns[l]?.deviation[input] !== 0
        deviations[output * layer.inputs + input] = moves ? (deviation[k] as number) : 0
      })
      return deviations
    })
    return { rows, columns, functions, edges, formulas }
  }

  #fields(l: number): Layout['layers'][number]['fields'] {
    return (this.#layout.layers[l] as Layout['layers'][number]).fields
  }
}

/** Bytes of the sums of a layer's inputs. */
function bytesOf({ inputs, size }: { readonly inputs: number; readonly size: number }): number {
  return 8 * inputs * (size + 2) * (size + 1)
}

interface Formulas extends Spread {
  readonly live: LayerSpecification['symbolic']
}

function liveFormulas({ specification, inputs, pruned }: ReadLayer): Formulas {
  const live = specification.symbolic.filter(({ edge }) => pruned[edge[1] * inputs + edge[0]] === 0)
  return { live, mean: new Float64Array(live.length), deviation: new Float64Array(live.length) }
}

/** Takes a piece into account that begins at row `first`. */
function addFormulas(
  { inputs, parameters: { symbolic } }: ReadLayer,
  { live, mean, deviation }: Formulas,
  first: number,
  column: (input: number) => Float32Array,
): void {
  if (symbolic === null) return
  live.forEach(({ edge: [input, output], function: name }, k) => {
    column(input).forEach((x, row) => {
      const phi = symbolicPhi(name, symbolic, AFFINE_SIZE * (output * inputs + input), x)
      addToSpread(mean, deviation, k, phi, first + row + 1)
    })
  })
}

/** Mean of each edge's phi, [O, I] a layer; 0 for pruned edges. Apart from what every step of a training measures. */
export function meansOf(layers: readonly ReadLayer[], { functions, formulas }: Spreads): Float64Array[] {
  return layers.map((layer, l) => {
    const means = new Float64Array(layer.pruned.length)
    eachEdge(layer, (edge, input, theta) => {
      means[edge] = dot(theta, functions[l]?.[input]?.mean ?? [])
    })
    const { live, mean } = formulas[l] as Formulas
    live.forEach(({ edge: [input, output] }, k) => {
      means[output * layer.inputs + input] = mean[k] as number
    })
    return means
  })
}

type Visit = (edge: number, input: number, theta: Float64Array) => void

/** Edges of {@link eachEdge} whose input moves. */
export function eachMovingEdge(layer: ReadLayer, column: Spread, visit: Visit): void {
  eachEdge(layer, (edge, input, theta) => {
    if (column.deviation[input] !== 0) visit(edge, input, theta)
  })
}

/**
 * Edges that are not pruned, each with what it multiplies its input's functions with: the base scaler, then basis scaler
 * times each weight. The array is the same for all.
 */
function eachEdge({ specification, inputs, parameters, pruned }: ReadLayer, visit: Visit): void {
  const { weights, baseScaler, basisScaler } = parameters
  const size = basisSize(specification.basis)
  const theta = new Float64Array(1 + size)
  for (let edge = 0; edge < pruned.length; edge++) {
    const input = edge % inputs
    if (pruned[edge] === 1) continue
    const scaler = basisScaler[edge] as number
    theta[0] = baseScaler[edge] as number
    for (let m = 0; m < size; m++) theta[m + 1] = scaler * (weights[edge * size + m] as number)
    visit(edge, input, theta)
  }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let m = 0; m < a.length; m++) sum += (a[m] as number) * (b[m] as number)
  return sum
}
