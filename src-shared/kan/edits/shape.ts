/** The edit that gives an edge's curve another shape by hand. */
import { edgeCurve } from '../../numerics/curve'
import { inputGrid } from '../../numerics/grid'
import { shapingChange } from '../../numerics/shape'
import { UserError } from '../../user-error'
import { locksOf, within, without } from '../locks'
import { edgeName } from '../names'
import type { Model } from '../parameters'
import { type Slice, sliceOf, takeEdge } from '../slices'
import { type EdgeIndex, inputsOf } from '../specification'
import { allLocks, checkEdges, restoreEdges, withTied } from './edges'
import type { Applied, ShapePoint } from './edit'

/** A basis that counts for so little cannot be bent: it begins anew, at full strength. */
const LEAST_SCALER = 1e-6

/**
 * A lock keeps a curve from training, not from the hand. The moments of what was bent begin anew; the base's part stays.
 *
 * @throws UserError for a formula, for a pruned edge, and where the points are too far from the grid to move anything
 */
export function shapeEdge(model: Model, l: number, edge: EdgeIndex, points: readonly ShapePoint[]): Applied {
  const layer = checkEdges(model, l, [edge])
  const locks = allLocks(model, l)
  const name = edgeName(model.specification, l, edge)
  if (within([edge], locks.pruned).length > 0) throw new UserError(`Edge ${name} is pruned: bring it back first.`)
  if (layer.symbolic.some((formula) => within([formula.edge], [edge]).length > 0)) {
    throw new UserError(`Edge ${name} is a formula: set it back to its curve, or change the formula's numbers.`)
  }
  const sound = points.filter(({ x, y }) => Number.isFinite(x) && (y === null || Number.isFinite(y)))
  if (sound.length < points.length || !sound.some(({ y }) => y !== null)) {
    throw new UserError('A curve is shaped by points with finite coordinates.')
  }

  const before = sliceOf(model, l)
  const xs = Float64Array.from(sound, ({ x }) => x)
  const ys = edgeCurve(layer, before.parameters, inputsOf(model.specification, l), edge, xs)
  const one = takeEdge(before, edge, layer.nodes)
  const scaler = one.parameters.basisScaler[0] ?? 0
  const isBendable = Math.abs(scaler) >= LEAST_SCALER
  const factor = isBendable ? scaler : 1
  const changes = Float64Array.from(sound, ({ y }, p) => (y === null ? 0 : (y - (ys[p] ?? 0)) / factor))
  const change = shapingChange(layer.basis, inputGrid(layer.basis, before.parameters, edge[0]), xs, changes)
  if (change.every((value) => value === 0)) {
    throw new UserError(`Edge ${name} stays as it is: the points are on its curve, or beyond its grid.`)
  }
  const weights = change.map((value, m) => (isBendable ? (one.parameters.weights[m] ?? 0) : 0) + value)
  const bent = withWeights(one, weights, factor)
  const all = without(withTied(locks, [edge]), locks.pruned)
  return restoreEdges(
    model,
    l,
    all.map((tied) => ({ edge: tied, slice: bent })),
    locksOf(layer),
  )
}

function withWeights({ parameters, moments }: Slice, weights: Float64Array, basisScaler: number): Slice {
  const zeros = new Float64Array(weights.length)
  return {
    parameters: { ...parameters, weights, basisScaler: Float64Array.of(basisScaler) },
    moments: moments && {
      first: { ...moments.first, weights: zeros },
      second: { ...moments.second, weights: zeros },
    },
  }
}
