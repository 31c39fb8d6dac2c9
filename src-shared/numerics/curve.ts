/** What curve does one edge draw? */
import {
  basisSize,
  type EdgeIndex,
  gridSize,
  inputsOf,
  type LayerSpecification,
  type Specification,
} from '../kan/specification'
import { layerForward } from './layer'
import { AFFINE_SIZE } from './symbolic'

/** A layer's numbers in any precision; shapes as in `LayerParameters`. */
export interface CurveParameters {
  readonly weights: ArrayLike<number>
  readonly baseScaler: ArrayLike<number>
  readonly basisScaler: ArrayLike<number>
  readonly symbolic: ArrayLike<number> | null
  readonly grid: ArrayLike<number> | null
  readonly scale: ArrayLike<number> | null
}

/** phi of an edge of a network at any points. Throws RangeError where there is no such layer. */
export function curveIn(
  specification: Specification,
  parameters: readonly CurveParameters[],
  layer: number,
  edge: EdgeIndex,
  points: ArrayLike<number>,
): Float64Array {
  const design = specification.layers[layer]
  const numbers = parameters[layer]
  if (design === undefined || numbers === undefined) throw new RangeError(`no layer ${layer}`)
  return edgeCurve(design, numbers, inputsOf(specification, layer), edge, points)
}

/**
 * phi of an edge at any points. A pruned edge answers with the curve that it keeps.
 *
 * It is computed as a layer of this one edge, so that what is drawn is what is trained. Nothing is allocated for a point.
 *
 * @param inputs number of the layer's inputs
 */
export function edgeCurve(
  layer: LayerSpecification,
  parameters: CurveParameters,
  inputs: number,
  [input, output]: EdgeIndex,
  points: ArrayLike<number>,
): Float64Array {
  const edge = output * inputs + input
  const knots = gridSize(layer.basis)
  const alone = {
    weights: slot(parameters.weights, edge, basisSize(layer.basis)),
    baseScaler: slot(parameters.baseScaler, edge, 1),
    basisScaler: slot(parameters.basisScaler, edge, 1),
    bias: null,
    symbolic: parameters.symbolic === null ? null : slot(parameters.symbolic, edge, AFFINE_SIZE),
    grid: parameters.grid === null ? null : slot(parameters.grid, input, knots),
    scale: parameters.scale === null ? null : slot(parameters.scale, input, knots),
  }
  const { basis, base } = layer
  const named = layer.symbolic.find((formula) => formula.edge[0] === input && formula.edge[1] === output)?.function
  const x = Float64Array.from(points)
  return layerForward(
    { basis, base, inputs: 1, nodes: 1, pruned: KEPT, functions: named ? [named] : null, parameters: alone },
    x,
  ).output
}

const KEPT = new Uint8Array(1)

function slot(tensor: ArrayLike<number>, index: number, size: number): Float64Array {
  const numbers = new Float64Array(size)
  for (let m = 0; m < size; m++) numbers[m] = tensor[index * size + m] as number
  return numbers
}
