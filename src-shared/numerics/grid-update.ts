/**
 * Where do a layer's knots or centres go when they follow the values that reach it? Source: docs/numerics.md, "Grid update",
 * after efficient-kan and better_kan.
 */
import type { LayerParameters } from '../kan/parameters'
import { type Basis, basisSize, gridSize, type LayerSpecification } from '../kan/specification'
import { changeEdge, changeWeights, fitOnRange, fitOnSamples } from './change-of-basis'
import { type Grid, gridRange, inputGrid } from './grid'
import { extendKnots, keepApart } from './knots'
import { edgeMask, gridGroups } from './locks'
import { localScale } from './rbf'

/** How much of a new point is a uniform grid's, the rest is the samples' quantile. */
const UNIFORM = 0.02
/** How far the uniform grid reaches beyond the samples. */
const MARGIN = 0.01
const LARGEST_FLOAT32 = 3.4028234663852886e38

/**
 * The layer on grids that follow samples, with weights that keep each curve's values on the samples; where these leave
 * coefficients free, the old curve stays. A pruned edge means nothing to the samples: its curve is kept over the whole old
 * grid instead, as well as the new one can, unless it is tied, which keeps it equal to the others.
 *
 * Inputs of tied edges share one grid, before and after: that of all their samples. Inputs stay as they are, to the bit,
 * where an edge of them is frozen or an input that they share a grid with has one, where all edges are pruned, and where no
 * sample is finite.
 *
 * @param samples the values that reach each input, one list an input
 * @returns the parameters passed in where nothing changes, as for Chebyshev polynomials, which have no grid
 */
export function updateGrids(
  layer: LayerSpecification,
  parameters: LayerParameters,
  samples: readonly ArrayLike<number>[],
): LayerParameters {
  const { basis } = layer
  const inputs = samples.length
  if (parameters.grid === null) return parameters
  const size = basisSize(basis)
  const knots = gridSize(basis)
  const updated = {
    ...parameters,
    weights: parameters.weights.slice(),
    grid: parameters.grid.slice(),
    scale: parameters.scale?.slice() ?? null,
  }
  let isChanged = false
  const resting = new Set(layer.frozen.map(([input]) => input))
  const pruned = edgeMask(layer.pruned, layer.nodes, inputs)
  const tied = edgeMask(layer.tied.flat(), layer.nodes, inputs)
  for (const group of gridGroups(layer.tied, inputs)) {
    if (group.some((input) => resting.has(input))) continue
    const edges = group.flatMap((input) => Array.from({ length: layer.nodes }, (_, j) => j * inputs + input))
    if (edges.every((edge) => pruned[edge] === 1)) continue
    const sorted = sortedFinite(group.map((input) => samples[input] ?? []))
    const grid = gridOfSamples(basis, sorted)
    if (grid === null) continue
    const [first = 0] = group
    const old = inputGrid(basis, parameters, first)
    // The first layer's samples are the same each time: nothing to fit anew.
    if (isStoredAlike(old.grid, grid.grid) && isStoredAlike(old.scale, grid.scale)) continue
    const change = fitOnSamples({ basis, grid: old }, { basis, grid }, sorted, gridRange(basis, grid, layer.range))
    // Some kernels are infinite far away.
    if (!change.every(Number.isFinite)) continue
    isChanged = true
    for (const input of group) {
      updated.grid.set(grid.grid, input * knots)
      updated.scale?.set(grid.scale, input * knots)
      changeWeights(change, parameters.weights, size, updated.weights, size, input, inputs)
    }
    const curves = edges.filter((edge) => pruned[edge] === 1 && tied[edge] === 0)
    if (curves.length === 0) continue
    const kept = fitOnRange({ basis, grid: old }, { basis, grid }, gridRange(basis, old, layer.range))
    if (!kept.every(Number.isFinite)) continue
    for (const edge of curves) changeEdge(kept, parameters.weights, size, updated.weights, size, edge)
  }
  return isChanged ? updated : parameters
}

/**
 * One input's new grid; null where there is none: without samples, or so far out that float32 has no room around them.
 *
 * @param sorted finite samples, ascending
 */
export function gridOfSamples(basis: Basis, sorted: Float64Array): Grid | null {
  if (basis.type === 'chebyshev' || sorted.length === 0) return null
  const low = sorted[0] as number
  const high = sorted[sorted.length - 1] as number
  const parts = basis.type === 'spline' ? basis.intervals : basis.centers
  const step = (high - low + 2 * MARGIN) / parts
  const count = basis.type === 'spline' ? parts + 1 : parts
  const points = Float64Array.from({ length: count }, (_, m) => {
    const quantile = sorted[count === 1 ? 0 : Math.floor((m * (sorted.length - 1)) / (count - 1))] as number
    return UNIFORM * (low - MARGIN + m * step) + (1 - UNIFORM) * quantile
  })
  keepApart(points)
  const grid =
    basis.type === 'spline'
      ? { grid: extendKnots(points, basis.order, step, step), scale: new Float64Array(0) }
      : { grid: points, scale: localScale(points, step) }
  return grid.grid.every((knot) => Math.abs(knot) <= LARGEST_FLOAT32) ? grid : null
}

/** Whether files and engines in float32 hold the same numbers. */
function isStoredAlike(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, m) => Math.fround(value) === Math.fround(b[m] as number))
}

function sortedFinite(columns: readonly ArrayLike<number>[]): Float64Array {
  const values = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0))
  let count = 0
  for (const column of columns) {
    for (let row = 0; row < column.length; row++) {
      const value = column[row] as number
      if (Number.isFinite(value)) values[count++] = value
    }
  }
  return values.subarray(0, count).sort()
}
