/** What are the values and slopes of an edge's basis functions at a point? */
import { type Basis, basisSize } from '../kan/specification'
import { chebyshevValues } from './chebyshev'
import { radialValues } from './rbf'
import { splineValues } from './spline'

/**
 * Fills all n basis values of one input, and their derivatives by x if wanted.
 *
 * @param grid    the input's knots or centres, length `gridSize(basis)`; empty for Chebyshev
 * @param scale   the input's RBF scales, one a centre; empty for the others
 * @param values  length `basisSize(basis)`
 * @param slopes  the same length, or null
 */
export function basisValues(
  basis: Basis,
  x: number,
  grid: Float64Array,
  scale: Float64Array,
  values: Float64Array,
  slopes: Float64Array | null,
): void {
  switch (basis.type) {
    case 'spline':
      splineValues(basis.order, x, grid, values, slopes)
      break
    case 'rbf':
      radialValues(basis.kernel, x, grid, scale, values, slopes)
      break
    case 'chebyshev':
      chebyshevValues(x, values, slopes)
      break
  }
}

/** Values at many points, [points, n], row-major: what a least-squares fit of coefficients needs. */
export function basisMatrix(
  basis: Basis,
  { grid, scale }: { readonly grid: Float64Array; readonly scale: Float64Array },
  points: Float64Array,
): Float64Array {
  const size = basisSize(basis)
  const matrix = new Float64Array(points.length * size)
  points.forEach((x, p) => {
    basisValues(basis, x, grid, scale, matrix.subarray(p * size, (p + 1) * size), null)
  })
  return matrix
}
