/** How is every curve of a layer written in another basis? */
import type { LayerParameters } from '../kan/parameters'
import { basisSize, gridSize, type LayerSpecification } from '../kan/specification'
import { type ChangeOfBasis, changeWeights, fitOnRange, type PlacedBasis } from './change-of-basis'
import { type Grid, gridRange, initialGrid, inputGrid, sameGrid } from './grid'
import { insertKnots } from './knot-insertion'
import { refinedGrid } from './refine'

/**
 * Parameters of the new layer whose curves are those of the old one, as well as the new basis can.
 *
 * Each input's new grid keeps the range and the shape of its old one. Where it holds all the old knots, more are inserted
 * and the curve is the same; else the basis sums Σ w·B are fitted there by least squares on a dense set of points;
 * outside, a basis goes on in its own way. Scalers and bias, and so the base's part, stay. Pruned and frozen edges are
 * written anew too: what stays is their curve.
 *
 * @param inputs number of inputs of both layers; their nodes are the same
 */
export function refitLayer(
  oldLayer: LayerSpecification,
  oldParameters: LayerParameters,
  newLayer: LayerSpecification,
  inputs: number,
): LayerParameters {
  return writtenAnew(oldLayer, oldParameters, newLayer, inputs, (oldGrid) => prepare(oldLayer, oldGrid, newLayer))
}

/**
 * The layer's parameters with the grid of every input placed evenly over a range, where each curve keeps its shape as well as
 * the basis can.
 */
export function placeLayer(
  layer: LayerSpecification,
  parameters: LayerParameters,
  inputs: number,
  range: readonly [number, number],
): LayerParameters {
  const newGrid = initialGrid(layer.basis, range)
  return writtenAnew(layer, parameters, layer, inputs, (oldGrid) => {
    return { oldGrid, newGrid, change: changeOfGrid({ ...layer, range }, oldGrid, newGrid) }
  })
}

function writtenAnew(
  oldLayer: LayerSpecification,
  oldParameters: LayerParameters,
  newLayer: LayerSpecification,
  inputs: number,
  fitFrom: (oldGrid: Grid) => Fit,
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
    // The inputs of a layer often share one grid: then one factorisation serves them all.
    if (fit === null || !sameGrid(fit.oldGrid, oldGrid)) fit = fitFrom(oldGrid)
    grid.set(fit.newGrid.grid, i * knots)
    if (scale.length > 0) scale.set(fit.newGrid.scale, i * knots)
    if (fit.change !== null) changeWeights(fit.change, oldParameters.weights, oldSize, weights, size, i, inputs)
    else copyWeights(oldParameters.weights, weights, size, i, inputs)
  }
  return {
    weights,
    baseScaler: oldParameters.baseScaler.slice(),
    basisScaler: oldParameters.basisScaler.slice(),
    bias: oldParameters.bias?.slice() ?? null,
    symbolic: oldParameters.symbolic?.slice() ?? null,
    grid: grid.length > 0 ? grid : null,
    scale: scale.length > 0 ? scale : null,
  }
}

/** The change from one grid of a layer's basis to another; null where they are the same. */
export function changeOfGrid(layer: LayerSpecification, old: Grid, next: Grid): ChangeOfBasis | null {
  if (sameGrid(old, next)) return null
  const { basis, range } = layer
  return changeOn({ basis, grid: old }, { basis, grid: next }, gridRange(basis, next, range))
}

interface Fit {
  readonly oldGrid: Grid
  readonly newGrid: Grid
  /** Null where the curves are written alike on both. */
  readonly change: ChangeOfBasis | null
}

function prepare(oldLayer: LayerSpecification, oldGrid: Grid, newLayer: LayerSpecification): Fit {
  const newGrid = refinedGrid(oldLayer.basis, oldGrid, newLayer.basis, newLayer.range)
  const range = gridRange(oldLayer.basis, oldGrid, newLayer.range)
  const from = { basis: oldLayer.basis, grid: oldGrid }
  return { oldGrid, newGrid, change: changeOn(from, { basis: newLayer.basis, grid: newGrid }, range) }
}

function copyWeights(old: Float64Array, weights: Float64Array, size: number, input: number, inputs: number): void {
  for (let at = input * size; at < old.length; at += inputs * size) weights.set(old.subarray(at, at + size), at)
}

function changeOn(from: PlacedBasis, to: PlacedBasis, range: readonly [number, number]): ChangeOfBasis {
  return inserted(from, to) ?? fitOnRange(from, to, range)
}

function inserted(from: PlacedBasis, to: PlacedBasis): ChangeOfBasis | null {
  if (from.basis.type !== 'spline' || to.basis.type !== 'spline') return null
  return insertKnots(from.basis, from.grid.grid, to.basis, to.grid.grid)
}
