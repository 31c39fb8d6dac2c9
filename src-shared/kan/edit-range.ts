/** The edit that places a layer's grids over a range that a person names. */
import { changeWeights } from '../numerics/change-of-basis'
import { initialGrid, inputGrid, sameGrid } from '../numerics/grid'
import { changeOfGrid } from '../numerics/refit'
import { UserError } from '../user-error'
import type { Applied } from './edit'
import { layerAt } from './names'
import type { LayerParameters, Model } from './parameters'
import { curvesAlone, setCurves } from './restore'
import { sliceOf } from './slices'
import { basisSize, gridSize, inputsOf, type LayerSpecification } from './specification'

/** Curves keep their shape within the new range as well as their basis can; moments stay, as with every move of a grid. */
export function setRange(model: Model, l: number, range: readonly [number, number]): Applied {
  const layer = layerAt(model.specification, l)
  const [from, to] = range
  if (layer.basis.type === 'chebyshev') {
    throw new UserError('Chebyshev polynomials have no grid: they are made of tanh x, whatever its range.')
  }
  if (!(Number.isFinite(to - from) && from < to)) {
    throw new UserError(`A range goes from a smaller to a larger number, not from ${from} to ${to}.`)
  }
  const before = sliceOf(model, l)
  const parameters = onRange(layer, before.parameters, inputsOf(model.specification, l), range)
  if (parameters === null) throw new UserError(`The grid of layer ${l + 1} goes from ${from} to ${to} already.`)
  const curves = curvesAlone({ ...before, parameters })
  return setCurves(model, { layer: l, basis: layer.basis, curves, range })
}

/** Null where all grids are there already. */
function onRange(
  layer: LayerSpecification,
  before: LayerParameters,
  inputs: number,
  range: readonly [number, number],
): LayerParameters | null {
  const placed = { ...layer, range }
  const next = initialGrid(layer.basis, range)
  const knots = gridSize(layer.basis)
  const size = basisSize(layer.basis)
  const weights = before.weights.slice()
  const grid = before.grid?.slice() ?? null
  const scale = before.scale?.slice() ?? null
  let isChanged = layer.range[0] !== range[0] || layer.range[1] !== range[1]
  for (let input = 0; input < inputs; input++) {
    const old = inputGrid(layer.basis, before, input)
    const change = sameGrid(old, next) ? null : changeOfGrid(placed, old, next)
    grid?.set(next.grid, input * knots)
    scale?.set(next.scale, input * knots)
    if (change === null) continue
    isChanged = true
    changeWeights(change, before.weights, size, weights, size, input, inputs)
  }
  return isChanged ? { ...before, weights, grid, scale } : null
}
