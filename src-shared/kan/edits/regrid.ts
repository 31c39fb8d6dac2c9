/** Curves that were taken out of a layer, put where the grids are others by now: the curve stays, its weights do not. */
import { type ChangeOfBasis, changeWeights } from '../../numerics/change-of-basis'
import { inputGrid } from '../../numerics/grid'
import { changeOfGrid } from '../../numerics/refit'
import type { LayerParameters } from '../parameters'
import type { Slice } from '../slices'
import { basisSize, type LayerSpecification } from '../specification'

/** Knots or centres [I, …] and RBF's scales of some inputs. */
export type Grids = Pick<LayerParameters, 'grid' | 'scale'>

export const gridsOf = ({ grid, scale }: LayerParameters): Grids => ({ grid, scale })

/** The grid of one input, as grids of one. */
export function gridAt(layer: LayerSpecification, grids: Grids, input: number): Grids {
  const { grid, scale } = inputGrid(layer.basis, grids, input)
  return { grid: grids.grid && grid, scale: grids.scale && scale }
}

/**
 * An edge, or a node with all its edges, on other grids than it was taken from. The same object where they are the same.
 *
 * @param from   grids that the weights are written on
 * @param to     grids to write them on
 * @param inputs of the slice, as both number them
 */
export function rewritten(
  layer: LayerSpecification,
  slice: Slice,
  from: Grids,
  to: Grids,
  inputs: readonly number[],
): Slice {
  const { basis } = layer
  const size = basisSize(basis)
  let weights: Float64Array | null = null
  inputs.forEach((input, k) => {
    const change = changeBetween(layer, from, to, input)
    if (change === null) return
    weights ??= slice.parameters.weights.slice()
    changeWeights(change, slice.parameters.weights, size, weights, size, k, inputs.length)
  })
  return weights === null ? slice : { ...slice, parameters: { ...slice.parameters, weights } }
}

/** An input with all its edges on the grid of another one. */
export function movedInput(layer: LayerSpecification, slice: Slice, { grid, scale }: Grids): Slice {
  const { parameters } = rewritten(layer, slice, gridsOf(slice.parameters), { grid, scale }, [0])
  return { ...slice, parameters: { ...parameters, grid: grid?.slice() ?? null, scale: scale?.slice() ?? null } }
}

function changeBetween(layer: LayerSpecification, from: Grids, to: Grids, input: number): ChangeOfBasis | null {
  if (from.grid === null || to.grid === null) return null
  return changeOfGrid(layer, inputGrid(layer.basis, from, input), inputGrid(layer.basis, to, input))
}
