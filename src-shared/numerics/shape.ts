/** Which coefficients bring a curve to points that a person chose, and change it least elsewhere? */
import type { Basis } from '../kan/specification'
import { basisMatrix } from './basis'
import type { Grid } from './grid'
import { leastSquares } from './least-squares'

/**
 * Basis functions that are smaller than this part of the largest at all the points stay as they are: a point at the edge of one
 * would move it far for nothing.
 */
const LEAST_SAY = 0.05

/**
 * The change Δw of an edge's coefficients with Σ Δw·B(x) ≈ `changes`: by least squares, and among equally good ones the
 * smallest, so that a curve moves near the points only as far as its basis is local.
 *
 * @param points   where, in the input's units
 * @param changes  how far the basis sum is to move at each point
 * @returns a number for each basis function, finite
 */
export function shapingChange(basis: Basis, grid: Grid, points: Float64Array, changes: Float64Array): Float64Array {
  const matrix = basisMatrix(basis, grid, points)
  return leastSquares(matrix, points.length, matrix.length / points.length, LEAST_SAY).solve(changes)
}
