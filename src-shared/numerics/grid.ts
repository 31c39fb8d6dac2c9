/** Where do an input's knots or centres stand? */
import { type Basis, gridSize } from '../kan/specification'
import { uniformCenters, uniformScale } from './rbf'
import { uniformKnots } from './spline'

/** One input's knots or centres (`gridSize` numbers) and RBF scales; each is empty where the basis has none. */
export interface Grid {
  readonly grid: Float64Array
  readonly scale: Float64Array
}

/** The first, uniform grid of one input on a range. */
export function initialGrid(basis: Basis, range: readonly [number, number]): Grid {
  switch (basis.type) {
    case 'spline':
      return { grid: uniformKnots(basis.order, basis.intervals, range), scale: EMPTY }
    case 'rbf':
      return { grid: uniformCenters(basis.centers, range), scale: uniformScale(basis.centers, range) }
    case 'chebyshev':
      return { grid: EMPTY, scale: EMPTY }
  }
}

/** The grid of one input of a layer: views into its tensors, nothing is copied. */
export function inputGrid(
  basis: Basis,
  parameters: { readonly grid: Float64Array | null; readonly scale: Float64Array | null },
  input: number,
): Grid {
  const size = gridSize(basis)
  return {
    grid: parameters.grid?.subarray(input * size, (input + 1) * size) ?? EMPTY,
    scale: parameters.scale?.subarray(input * size, (input + 1) * size) ?? EMPTY,
  }
}

/** Whether two grids of one basis are the same, bit for bit. */
export function sameGrid(a: Grid, b: Grid): boolean {
  return a.grid.every((knot, m) => knot === b.grid[m]) && a.scale.every((width, m) => width === b.scale[m])
}

/** The interval that an input's grid is made for; the layer's range where the grid does not tell. */
export function gridRange(basis: Basis, { grid }: Grid, range: readonly [number, number]): readonly [number, number] {
  const [from, to] = gridEnds(basis, grid)
  return to > from ? [from, to] : range
}

function gridEnds(basis: Basis, grid: Float64Array): readonly [number, number] {
  switch (basis.type) {
    case 'spline':
      return [grid[basis.order] as number, grid[basis.order + basis.intervals] as number]
    case 'rbf': {
      // The last centre stands a step before the end of the range.
      const first = Math.min(...grid)
      const last = Math.max(...grid)
      return [first, last + (last - first) / (grid.length - 1)]
    }
    case 'chebyshev':
      return [0, 0]
  }
}

const EMPTY = new Float64Array(0)
