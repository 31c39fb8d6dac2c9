/** How is every curve of a layer written in another basis? */
import type { LayerParameters } from '../kan/parameters'
import { basisSize, gridSize, type LayerSpecification } from '../kan/specification'
import { basisMatrix } from './basis'
import { type Grid, gridRange, initialGrid, inputGrid } from './grid'
import { type LeastSquares, leastSquares } from './least-squares'

/**
 * Parameters of the new layer whose curves are those of the old one, as well as the new basis can.
 *
 * Each input's new grid covers the range of its old one, and the basis sums Σ w·B are fitted there by least squares on
 * a dense set of points; outside, a basis goes on in its own way. Scalers and bias, and so the base's part, stay.
 * Pruned and frozen edges are written anew too: what stays is their curve. On a grid that contains the old one the
 * curve is the same up to rounding.
 *
 * @param inputs number of inputs of both layers; their nodes are the same
 */
export function refitLayer(
  oldLayer: LayerSpecification,
  oldParameters: LayerParameters,
  newLayer: LayerSpecification,
  inputs: number,
): LayerParameters {
  const oldSize = basisSize(oldLayer.basis)
  const size = basisSize(newLayer.basis)
  const knots = gridSize(newLayer.basis)
  const weights = new Float64Array(newLayer.nodes * inputs * size)
  const grid = new Float64Array(inputs * knots)
  const scale = new Float64Array(newLayer.basis.type === 'rbf' ? inputs * knots : 0)

  let fit: Fit | null = null
  for (let i = 0; i < inputs; i++) {
    const oldGrid = inputGrid(oldLayer.basis, oldParameters, i)
    // The inputs of a layer mostly share one grid: then one factorisation serves them all.
    if (fit === null || !equal(fit.oldGrid, oldGrid)) fit = prepare(oldLayer, oldGrid, newLayer)
    grid.set(fit.newGrid.grid, i * knots)
    if (scale.length > 0) scale.set(fit.newGrid.scale, i * knots)
    for (let j = 0; j < newLayer.nodes; j++) {
      const edge = j * inputs + i
      const old = oldParameters.weights.subarray(edge * oldSize, (edge + 1) * oldSize)
      weights.set(fit.solver.solve(multiply(fit.oldValues, old)), edge * size)
    }
  }
  return {
    weights,
    baseScaler: oldParameters.baseScaler.slice(),
    basisScaler: oldParameters.basisScaler.slice(),
    bias: oldParameters.bias?.slice() ?? null,
    grid: grid.length > 0 ? grid : null,
    scale: scale.length > 0 ? scale : null,
  }
}

/**
 * Combinations of basis functions that hardly show on the range are left at 0. Polynomials of tanh x of degree 40 would
 * else fit a kink with weights of 10¹⁰ that cancel each other there and explode outside.
 */
const TOLERANCE = 1e-4

interface Fit {
  readonly oldGrid: Grid
  readonly newGrid: Grid
  /** [points, n of the old basis] */
  readonly oldValues: Float64Array
  readonly solver: LeastSquares
}

function prepare(oldLayer: LayerSpecification, oldGrid: Grid, newLayer: LayerSpecification): Fit {
  const range = gridRange(oldLayer.basis, oldGrid, newLayer.range)
  const newGrid = initialGrid(newLayer.basis, range)
  const points = densePoints(range, Math.max(basisSize(oldLayer.basis), basisSize(newLayer.basis)))
  return {
    oldGrid,
    newGrid,
    oldValues: basisMatrix(oldLayer.basis, oldGrid, points),
    solver: leastSquares(
      basisMatrix(newLayer.basis, newGrid, points),
      points.length,
      basisSize(newLayer.basis),
      TOLERANCE,
    ),
  }
}

/** Midpoints of equal cells, several for each basis function: off the knots, where splines of order 0 jump. */
function densePoints([from, to]: readonly [number, number], size: number): Float64Array {
  const count = 64 + 4 * size
  return Float64Array.from({ length: count }, (_, p) => from + ((p + 0.5) / count) * (to - from))
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const product = new Float64Array(matrix.length / vector.length)
  for (let r = 0; r < product.length; r++) {
    let sum = 0
    for (let c = 0; c < vector.length; c++) sum += (matrix[r * vector.length + c] as number) * (vector[c] as number)
    product[r] = sum
  }
  return product
}

function equal(a: Grid, b: Grid): boolean {
  return a.grid.every((knot, m) => knot === b.grid[m]) && a.scale.every((width, m) => width === b.scale[m])
}
