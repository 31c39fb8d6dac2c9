/** How do the numbers of a network get into tiles of WebAssembly memory, and back? */
import type { LayerParameters, LayerTensors } from '../../../../src-shared/kan/parameters'
import { type Basis, gridSize } from '../../../../src-shared/kan/specification'
import type { Arena } from './arena'
import { type LayerLayout, tiledIndex, tiledLength } from './layout'
import { fillCells, fillSplineTable, uniformSteps } from './splines'

/** Where the four trainable tensors of a layer lie: the edges' rows in tiles, and the biases. */
export interface Place {
  /** Address of [tile][input][rows][lanes]. */
  readonly edges: number
  readonly bias: number
}

export const parametersOf = (layer: LayerLayout): Place => ({ edges: layer.parameters, bias: layer.bias })
export const firstOf = (layer: LayerLayout): Place => ({ edges: layer.first, bias: layer.biasFirst })
export const secondOf = (layer: LayerLayout): Place => ({ edges: layer.second, bias: layer.biasSecond })

/** Rounds a layer's trainable numbers to float32 and writes them; zeros everything that stands for no edge. */
export function writeTensors(arena: Arena, layer: LayerLayout, { edges, bias }: Place, tensors: LayerTensors): void {
  const { floats } = arena
  const { inputs, outputs, size, lanes, tiles } = layer
  const rows = size + 2
  floats.fill(0, edges / 4, edges / 4 + tiledLength(layer, rows))
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const edge = j * inputs + i
      const at = edges / 4 + tiledIndex(layer, rows, i, j)
      floats[at] = tensors.baseScaler[edge] as number
      floats[at + lanes] = tensors.basisScaler[edge] as number
      for (let m = 0; m < size; m++) floats[at + (m + 2) * lanes] = tensors.weights[edge * size + m] as number
    }
  }
  floats.fill(0, bias / 4, bias / 4 + tiles * lanes)
  if (tensors.bias !== null) floats.set(tensors.bias, bias / 4)
}

/** Zeros a layer's trainable numbers. */
export function clearTensors(arena: Arena, layer: LayerLayout, { edges, bias }: Place): void {
  arena.floats.fill(0, edges / 4, edges / 4 + tiledLength(layer, layer.size + 2))
  arena.floats.fill(0, bias / 4, bias / 4 + layer.tiles * layer.lanes)
}

/** What packing knows of; formulas.ts has the formulas. */
export type CurveTensors = Omit<LayerTensors, 'symbolic'>

/** A layer's trainable numbers, float32 values in float64. */
export function readTensors(arena: Arena, layer: LayerLayout, { edges, bias }: Place): CurveTensors {
  const { floats } = arena
  const { inputs, outputs, size, lanes } = layer
  const weights = new Float64Array(outputs * inputs * size)
  const baseScaler = new Float64Array(outputs * inputs)
  const basisScaler = new Float64Array(outputs * inputs)
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const edge = j * inputs + i
      const at = edges / 4 + tiledIndex(layer, size + 2, i, j)
      baseScaler[edge] = floats[at] as number
      basisScaler[edge] = floats[at + lanes] as number
      for (let m = 0; m < size; m++) weights[edge * size + m] = floats[at + (m + 2) * lanes] as number
    }
  }
  return { weights, baseScaler, basisScaler, bias: readBias(arena, layer, bias) }
}

/**
 * Gradients by the trainable numbers, out of those by the effective weights: a weight's is the scaler's value times it, the
 * scaler's is the sum over the weights.
 *
 * @param curveless [O, I], 1 where all gradients are 0
 */
export function readGradients(arena: Arena, layer: LayerLayout, curveless: Uint8Array): CurveTensors {
  const { floats } = arena
  const { inputs, outputs, size, lanes } = layer
  const weights = new Float64Array(outputs * inputs * size)
  const baseScaler = new Float64Array(outputs * inputs)
  const basisScaler = new Float64Array(outputs * inputs)
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const edge = j * inputs + i
      if (curveless[edge] === 1) continue
      const at = layer.gradient / 4 + tiledIndex(layer, size + 1, i, j)
      const parameters = layer.parameters / 4 + tiledIndex(layer, size + 2, i, j)
      const scaler = floats[parameters + lanes] as number
      let sum = 0
      for (let m = 0; m < size; m++) {
        const gradient = floats[at + (m + 1) * lanes] as number
        weights[edge * size + m] = scaler * gradient
        sum += (floats[parameters + (m + 2) * lanes] as number) * gradient
      }
      baseScaler[edge] = floats[at] as number
      basisScaler[edge] = sum
    }
  }
  return { weights, baseScaler, basisScaler, bias: readBias(arena, layer, layer.biasGradient) }
}

/** Writes an input's knots or centres and scales, and what the kernels make of them. */
export function writeGrid(arena: Arena, layer: LayerLayout, basis: Basis, { grid, scale }: LayerParameters): void {
  if (grid === null) return
  const points = gridSize(basis)
  const stored = basis.type === 'rbf' ? layer.padded : points
  for (let i = 0; i < layer.inputs; i++) {
    const own = arena.floats.subarray(layer.grid / 4 + i * stored, layer.grid / 4 + i * stored + points)
    own.set(grid.subarray(i * points, (i + 1) * points))
    if (basis.type === 'rbf' && scale !== null) {
      arena.floats.set(scale.subarray(i * points, (i + 1) * points), layer.scale / 4 + i * stored)
    }
    if (basis.type === 'spline') writeIntervals(arena, layer, basis.order, i, own)
  }
}

/** Grids as they were rounded: knots or centres, and RBF scales. */
export function readGrid(arena: Arena, layer: LayerLayout, basis: Basis): Pick<LayerParameters, 'grid' | 'scale'> {
  const points = gridSize(basis)
  if (points === 0) return { grid: null, scale: null }
  const stored = basis.type === 'rbf' ? layer.padded : points
  const read = (address: number) => {
    const all = new Float64Array(layer.inputs * points)
    for (let i = 0; i < layer.inputs; i++) {
      const from = address / 4 + i * stored
      all.set(arena.floats.subarray(from, from + points), i * points)
    }
    return all
  }
  return { grid: read(layer.grid), scale: basis.type === 'rbf' ? read(layer.scale) : null }
}

function writeIntervals(arena: Arena, layer: LayerLayout, order: number, input: number, knots: Float32Array): void {
  const { intervals, padded, cellCount } = layer
  const cells = layer.cells / 4 + input * (cellCount + 1)
  fillCells(knots, arena.floats.subarray(cells, cells + 1), arena.integers.subarray(cells + 1, cells + 1 + cellCount))
  if (layer.narrow === 1) arena.floats.set(uniformSteps(knots), layer.steps / 4 + 2 * input)
  if (layer.kind !== 0) return
  const length = (intervals + 1) * (4 + (order + 1) * padded)
  const table = layer.table / 4 + input * length
  fillSplineTable(order, padded, knots, arena.floats.subarray(table, table + length))
}

function readBias(arena: Arena, layer: LayerLayout, address: number): Float64Array | null {
  if (layer.hasBias === 0) return null
  return Float64Array.from(arena.floats.subarray(address / 4, address / 4 + layer.outputs))
}
