/** How much do the phi of all edges, and the outputs of all layers, spread over a table? In float64, from what reaches each layer. */
import type { LayerParameters } from '../../../../src-shared/kan/parameters'
import { basisSize, type LayerSpecification } from '../../../../src-shared/kan/specification'
import { covariance } from '../../../../src-shared/numerics/covariance'
import { inputGrid } from '../../../../src-shared/numerics/grid'
import { addToSpread, finishSpread } from '../../../../src-shared/numerics/statistics'

export interface LayerDeviations {
  /** Standard deviation of each edge's phi, [O, I]; 0 for pruned edges. */
  readonly deviations: Float32Array
  /** Standard deviation of each output, [O]. */
  readonly outputDeviations: Float32Array
}

export interface MeasuredLayer {
  readonly specification: LayerSpecification
  readonly inputs: number
  readonly parameters: LayerParameters
  /** [O, I] */
  readonly pruned: Uint8Array
}

/** A piece of the rows: one column of what reaches a layer; layer = number of layers: of the outputs. */
export type Piece = (layer: number, input: number) => Float32Array

/** @param eachPiece calls back with the rows of the table, piece after piece */
export function measureDeviations(
  layers: readonly MeasuredLayer[],
  eachPiece: (visit: (piece: Piece) => void) => void,
): readonly LayerDeviations[] {
  const covariances = layers.map(({ specification, inputs, parameters }) =>
    Array.from({ length: inputs }, (_, i) => covariance(specification, inputGrid(specification.basis, parameters, i))),
  )
  const outputs = layers.map(({ specification: { nodes } }) => ({
    mean: new Float64Array(nodes),
    deviation: new Float64Array(nodes),
  }))
  let rows = 0
  eachPiece((piece) => {
    let taken = 0
    layers.forEach(({ specification: { nodes } }, l) => {
      covariances[l]?.forEach((input, i) => {
        for (const x of piece(l, i)) input.add(x)
      })
      const { mean, deviation } = outputs[l] as (typeof outputs)[number]
      for (let j = 0; j < nodes; j++) {
        const column = piece(l + 1, j)
        taken = column.length
        column.forEach((value, row) => {
          addToSpread(mean, deviation, j, value, rows + row + 1)
        })
      }
    })
    rows += taken
  })
  return layers.map((layer, l) => {
    const { deviation } = outputs[l] as (typeof outputs)[number]
    finishSpread(deviation, rows)
    const ofInput = (covariances[l] ?? []).map((input) => input.finish())
    const deviations = new Float32Array(layer.pruned.length)
    const theta = new Float64Array(1 + basisSize(layer.specification.basis))
    for (let edge = 0; edge < deviations.length; edge++) {
      if (layer.pruned[edge] === 1) continue
      effective(layer.parameters, edge, theta)
      deviations[edge] = ofInput[edge % layer.inputs]?.(theta) ?? 0
    }
    return { deviations, outputDeviations: Float32Array.from(deviation) }
  })
}

/** What an edge multiplies its functions with: the base scaler, then basis scaler times each weight. */
function effective({ weights, baseScaler, basisScaler }: LayerParameters, edge: number, theta: Float64Array): void {
  const size = theta.length - 1
  theta[0] = baseScaler[edge] as number
  for (let m = 0; m < size; m++) theta[m + 1] = (basisScaler[edge] as number) * (weights[edge * size + m] as number)
}
