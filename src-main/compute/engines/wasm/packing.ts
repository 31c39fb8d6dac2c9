/** How do the numbers of a network get into tiles of WebAssembly memory, and back? */
import type { LayerParameters, LayerTensors } from '../../../../src-shared/kan/parameters'
import { type Basis, gridSize } from '../../../../src-shared/kan/specification'
import type { Arena } from './arena'
import { type LayerLayout, type LayerPlan, tiledIndex, tiledLength } from './layout'
import type { Places } from './order'
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
export function writeTensors(arena: Arena, plan: LayerPlan, { edges, bias }: Place, tensors: LayerTensors): void {
  const { floats } = arena
  const { fields: layer, placeOf } = plan
  const { inputs, outputs, size, lanes, tiles } = layer
  const rows = size + 2
  floats.fill(0, edges / 4, edges / 4 + tiledLength(layer, rows))
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const edge = j * inputs + i
      const at = edges / 4 + tiledIndex(layer, rows, i, placeOf[j] as number)
      floats[at] = tensors.baseScaler[edge] as number
      floats[at + lanes] = tensors.basisScaler[edge] as number
      for (let m = 0; m < size; m++) floats[at + (m + 2) * lanes] = tensors.weights[edge * size + m] as number
    }
  }
  floats.fill(0, bias / 4, bias / 4 + tiles * lanes)
  tensors.bias?.forEach((value, j) => {
    floats[bias / 4 + (placeOf[j] as number)] = value
  })
}

/** Zeros a layer's trainable numbers. */
export function clearTensors(arena: Arena, layer: LayerLayout, { edges, bias }: Place): void {
  arena.floats.fill(0, edges / 4, edges / 4 + tiledLength(layer, layer.size + 2))
  arena.floats.fill(0, bias / 4, bias / 4 + layer.tiles * layer.lanes)
}

/** Puts the outputs of a layer in another order: tells the kernels, and takes parameters and moments along, to the bit. */
export function reorder(arena: Arena, plan: LayerPlan, places: Places): void {
  const before = { ...plan, placeOf: plan.placeOf.slice() }
  setOrder(arena, plan, places)
  const { fields } = plan
  for (const { edges, bias } of [parametersOf(fields), firstOf(fields), secondOf(fields)]) {
    moveLanes(arena, fields, edges, fields.size + 2, fields.inputs, before.placeOf, places)
    moveLanes(arena, fields, bias, 1, 1, before.placeOf, places)
  }
}

/** The order alone, before there are numbers. */
export function setOrder(arena: Arena, { fields, placeOf }: LayerPlan, places: Places): void {
  placeOf.set(places)
  places.forEach((place, output) => {
    arena.integers[fields.outputAt / 4 + place] = output
  })
}

/** Of a tensor [tile][edges][rows][lanes]. */
function moveLanes(
  arena: Arena,
  { lanes, tiles, outputs }: LayerLayout,
  at: number,
  rows: number,
  edges: number,
  from: Places,
  to: Places,
): void {
  const count = rows * edges
  const numbers = arena.floats.subarray(at / 4, at / 4 + tiles * count * lanes)
  const old = numbers.slice()
  const first = (place: number) => Math.floor(place / lanes) * count * lanes + (place % lanes)
  for (let j = 0; j < outputs; j++) {
    let source = first(from[j] as number)
    let target = first(to[j] as number)
    if (source === target) continue
    for (let k = 0; k < count; k++) {
      numbers[target] = old[source] as number
      source += lanes
      target += lanes
    }
  }
}

/** What packing knows of; formulas.ts has the formulas. */
export type CurveTensors = Omit<LayerTensors, 'symbolic'>

/** A layer's trainable numbers, float32 values in float64. */
export function readTensors(arena: Arena, plan: LayerPlan, { edges, bias }: Place): CurveTensors {
  const { floats } = arena
  const { fields: layer, placeOf } = plan
  const { inputs, outputs, size, lanes } = layer
  const weights = new Float64Array(outputs * inputs * size)
  const baseScaler = new Float64Array(outputs * inputs)
  const basisScaler = new Float64Array(outputs * inputs)
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const edge = j * inputs + i
      const at = edges / 4 + tiledIndex(layer, size + 2, i, placeOf[j] as number)
      baseScaler[edge] = floats[at] as number
      basisScaler[edge] = floats[at + lanes] as number
      for (let m = 0; m < size; m++) weights[edge * size + m] = floats[at + (m + 2) * lanes] as number
    }
  }
  return { weights, baseScaler, basisScaler, bias: readBias(arena, plan, bias) }
}

/**
 * Gradients by the trainable numbers, out of those by the effective weights: a weight's is the scaler's value times it, the
 * scaler's is the sum over the weights.
 *
 * @param curveless [O, I], 1 where all gradients are 0
 */
export function readGradients(arena: Arena, plan: LayerPlan, curveless: Uint8Array): CurveTensors {
  const { floats } = arena
  const { fields: layer, placeOf } = plan
  const { inputs, outputs, size, lanes } = layer
  const weights = new Float64Array(outputs * inputs * size)
  const baseScaler = new Float64Array(outputs * inputs)
  const basisScaler = new Float64Array(outputs * inputs)
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const edge = j * inputs + i
      if (curveless[edge] === 1) continue
      const at = layer.gradient / 4 + tiledIndex(layer, size + 1, i, placeOf[j] as number)
      const parameters = layer.parameters / 4 + tiledIndex(layer, size + 2, i, placeOf[j] as number)
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
  return { weights, baseScaler, basisScaler, bias: readBias(arena, plan, layer.biasGradient) }
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

function readBias(arena: Arena, { fields, placeOf }: LayerPlan, address: number): Float64Array | null {
  if (fields.hasBias === 0) return null
  return Float64Array.from(placeOf, (place) => arena.floats[address / 4 + place] as number)
}
