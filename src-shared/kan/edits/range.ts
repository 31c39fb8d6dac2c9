/** The edit that places a layer's grids over a range that a person names. */
import { placeLayer } from '../../numerics/refit'
import { UserError } from '../../user-error'
import { layerAt } from '../names'
import type { Model } from '../parameters'
import { sliceOf } from '../slices'
import { inputsOf } from '../specification'
import type { Applied } from './edit'
import { curvesAlone, setCurves } from './restore'

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
  const parameters = placeLayer(layer, before.parameters, inputsOf(model.specification, l), range)
  const isThere = layer.range[0] === from && layer.range[1] === to
  if (isThere && parameters.grid?.every((knot, k) => knot === before.parameters.grid?.[k])) {
    throw new UserError(`The grid of layer ${l + 1} goes from ${from} to ${to} already.`)
  }
  // Some kernels are infinite far away.
  if (!parameters.weights.every(Number.isFinite)) {
    throw new UserError(
      `The curves of layer ${l + 1} have no finite values from ${from} to ${to}: choose a range nearer to where they are.`,
    )
  }
  return setCurves(model, { layer: l, basis: layer.basis, curves: curvesAlone({ ...before, parameters }), range })
}
