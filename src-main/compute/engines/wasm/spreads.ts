/** How much do all columns of a batch, and the phi of all edges, spread? In float64, from what reaches each layer. */
import type { LayerParameters } from '../../../../src-shared/kan/parameters'
import { basisSize, type LayerSpecification } from '../../../../src-shared/kan/specification'
import { covariance, type FunctionSpread } from '../../../../src-shared/numerics/covariance'
import { inputGrid } from '../../../../src-shared/numerics/grid'
import { addToSpread, finishSpread, type Spread } from '../../../../src-shared/numerics/statistics'

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
}

/** A piece of the rows: a column of what reaches a layer; layer = number of layers: of the outputs. */
export type Piece = (layer: number, input: number) => Float32Array

/** A computed column whose float32 values differ by less than this part of them is one value, rounded in two ways. */
const RESOLUTION = 2 ** -21

/** @param eachPiece calls back with the rows of the batch, piece after piece */
export function measureSpreads(
  layers: readonly ReadLayer[],
  eachPiece: (visit: (piece: Piece) => void) => void,
): Spreads {
  const taken = layers.map(({ specification, inputs, parameters }) =>
    Array.from({ length: inputs }, (_, i) => covariance(specification, inputGrid(specification.basis, parameters, i))),
  )
  const widths = [...layers.map(({ inputs }) => inputs), layers.at(-1)?.specification.nodes ?? 0]
  const columns = widths.map((width) => ({ mean: new Float64Array(width), deviation: new Float64Array(width) }))
  let rows = 0
  eachPiece((piece) => {
    let count = 0
    columns.forEach(({ mean, deviation }, l) => {
      for (let i = 0; i < mean.length; i++) {
        const column = piece(l, i)
        const input = taken[l]?.[i]
        count = column.length
        for (let row = 0; row < count; row++) {
          const value = column[row] as number
          addToSpread(mean, deviation, i, value, rows + row + 1)
          input?.add(value)
        }
      }
    })
    rows += count
  })
  columns.forEach(({ mean, deviation }, l) => {
    finishSpread(deviation, rows)
    deviation.forEach((value, i) => {
      if (l > 0 && value <= RESOLUTION * Math.abs(mean[i] as number)) deviation[i] = 0
    })
  })
  const functions = taken.map((inputs) => inputs.map((input) => input.finish()))
  const edges = layers.map((layer, l) => {
    const product = new Float64Array(1 + basisSize(layer.specification.basis))
    const deviations = new Float64Array(layer.pruned.length)
    eachMovingEdge(layer, columns[l] as Spread, (edge, input, theta) => {
      deviations[edge] = functions[l]?.[input]?.deviation(theta, product) ?? 0
    })
    return deviations
  })
  return { rows, columns, functions, edges }
}

/**
 * Edges that are not pruned and whose input moves, each with what it multiplies its input's functions with: the base
 * scaler, then basis scaler times each weight. The array is the same for all.
 */
export function eachMovingEdge(
  { specification, inputs, parameters, pruned }: ReadLayer,
  column: Spread,
  visit: (edge: number, input: number, theta: Float64Array) => void,
): void {
  const { weights, baseScaler, basisScaler } = parameters
  const size = basisSize(specification.basis)
  const theta = new Float64Array(1 + size)
  for (let edge = 0; edge < pruned.length; edge++) {
    const input = edge % inputs
    if (pruned[edge] === 1 || column.deviation[input] === 0) continue
    const scaler = basisScaler[edge] as number
    theta[0] = baseScaler[edge] as number
    for (let m = 0; m < size; m++) theta[m + 1] = scaler * (weights[edge * size + m] as number)
    visit(edge, input, theta)
  }
}
