/**
 * What does one layer compute, and how do its gradients flow? Source: docs/numerics.md, "The layer".
 *
 * phi_ji(x) = baseScaler_ji · base(x) + basisScaler_ji · Σ_m weights_jim · B_m(x);  y_bj = bias_j + Σ_i phi_ji(x_bi)
 * or phi_ji(x) = c·f(a·x + b) + d where the edge is a formula.
 *
 * Nothing of size B·O·I is ever held: phi is used where it is computed, and computed again on the way back.
 */
import type { LayerParameters, LayerTensors } from '../kan/parameters'
import { type Base, type Basis, basisSize } from '../kan/specification'
import type { LayerFunctions } from '../kan/symbolic'
import { baseSlope, baseValue } from './base'
import { basisValues } from './basis'
import { inputGrid } from './grid'
import { addToSpread, finishSpread, type Spread, spreadSlope } from './statistics'
import { AFFINE_SIZE, symbolicBackward, symbolicPhi } from './symbolic'

/** A layer ready to compute: its formula, its size and which edges are gone. */
export interface Layer {
  readonly basis: Basis
  readonly base: Base
  readonly inputs: number
  readonly nodes: number
  /** [O, I], 1 where the edge is pruned: its phi and all its gradients are 0. */
  readonly pruned: Uint8Array
  readonly functions: LayerFunctions
  readonly parameters: LayerParameters
}

/** How large each edge's phi is over a batch, and where its inputs live. */
export interface LayerStatistics {
  /** l1_ji = mean_b |phi_ji| / (max_b x_bi − min_b x_bi), [O, I]; 0 for pruned edges. */
  readonly scores: Float64Array
  /** Smallest and largest value of each input, [I]. */
  readonly minimum: Float64Array
  readonly maximum: Float64Array
  /** Mean and standard deviation of each edge's phi, [O, I]; 0 for pruned edges. */
  readonly phi: Spread
}

/** How a loss moves with the statistics of a layer; null where it does not look at them. */
export interface StatisticsGradient {
  /** By l1_ji, [O, I]. */
  readonly scores: Float64Array | null
  /** By the standard deviation of phi, [O, I]. */
  readonly deviations: Float64Array | null
}

export interface LayerOutput extends LayerStatistics {
  /** [B, O] */
  readonly output: Float64Array
}

/** Outputs and statistics of a batch; `x` is [B, I], row-major. */
export function layerForward(layer: Layer, x: Float64Array): LayerOutput {
  const { basis, base, inputs, nodes, pruned, functions, parameters } = layer
  const { weights, baseScaler, basisScaler, bias, symbolic } = parameters
  const rows = x.length / inputs
  const size = basisSize(basis)
  const values = new Float64Array(size)
  const output = new Float64Array(rows * nodes)
  const scores = new Float64Array(nodes * inputs)
  const phis: Spread = { mean: new Float64Array(nodes * inputs), deviation: new Float64Array(nodes * inputs) }
  const { minimum, maximum } = inputRanges(x, inputs)
  if (bias !== null) for (let b = 0; b < rows; b++) output.set(bias, b * nodes)

  for (let i = 0; i < inputs; i++) {
    const { grid, scale } = inputGrid(basis, parameters, i)
    for (let b = 0; b < rows; b++) {
      const point = x[b * inputs + i] as number
      const fixed = baseValue(base, point)
      basisValues(basis, point, grid, scale, values, null)
      for (let j = 0; j < nodes; j++) {
        const edge = j * inputs + i
        if (pruned[edge] === 1) continue
        const named = functions?.[edge]
        const phi =
          named !== undefined && symbolic !== null
            ? symbolicPhi(named, symbolic, AFFINE_SIZE * edge, point)
            : (baseScaler[edge] as number) * fixed + (basisScaler[edge] as number) * dot(weights, edge * size, values)
        output[b * nodes + j] = (output[b * nodes + j] as number) + phi
        scores[edge] = (scores[edge] as number) + Math.abs(phi)
        addToSpread(phis.mean, phis.deviation, edge, phi, b + 1)
      }
    }
    const divisor = rows * rangeDivisor(minimum[i] as number, maximum[i] as number)
    for (let edge = i; edge < nodes * inputs; edge += inputs) scores[edge] = (scores[edge] as number) / divisor
  }
  finishSpread(phis.deviation, rows)
  return { output, scores, minimum, maximum, phi: phis }
}

/**
 * Gradients of a loss that depends on the outputs and on the statistics.
 *
 * The range in the scores' denominator is not detached: its gradient flows to the first largest and the first
 * smallest sample of each input, unless the range is so small that it was replaced by 1.
 *
 * @param outputGradient d loss / d y, [B, O]
 */
export function layerBackward(
  layer: Layer,
  x: Float64Array,
  statistics: LayerStatistics,
  outputGradient: Float64Array,
  { scores: scoreGradient, deviations: deviationGradient }: StatisticsGradient,
): { gradients: LayerTensors; inputGradient: Float64Array } {
  const { basis, base, inputs, nodes, pruned, functions, parameters } = layer
  const { weights, baseScaler, basisScaler, symbolic } = parameters
  const rows = x.length / inputs
  const size = basisSize(basis)
  const values = new Float64Array(size)
  const slopes = new Float64Array(size)
  const gradients = zeroTensors(parameters)
  const inputGradient = new Float64Array(x.length)
  const spreadSlopes =
    deviationGradient?.map((slope, edge) => spreadSlope(slope, statistics.phi.deviation[edge] as number, rows)) ?? null

  for (let i = 0; i < inputs; i++) {
    const { grid, scale } = inputGrid(basis, parameters, i)
    const divisor = rows * rangeDivisor(statistics.minimum[i] as number, statistics.maximum[i] as number)
    for (let b = 0; b < rows; b++) {
      const point = x[b * inputs + i] as number
      const fixed = baseValue(base, point)
      const fixedSlope = baseSlope(base, point)
      basisValues(basis, point, grid, scale, values, slopes)
      let flow = 0
      for (let j = 0; j < nodes; j++) {
        const edge = j * inputs + i
        if (pruned[edge] === 1) continue
        const outer = baseScaler[edge] as number
        const inner = basisScaler[edge] as number
        const sum = dot(weights, edge * size, values)
        const named = symbolic === null ? undefined : functions?.[edge]
        const phi =
          named === undefined || symbolic === null
            ? outer * fixed + inner * sum
            : symbolicPhi(named, symbolic, AFFINE_SIZE * edge, point)
        let d = outputGradient[b * nodes + j] as number
        if (scoreGradient !== null) d += ((scoreGradient[edge] as number) * Math.sign(phi)) / divisor
        if (spreadSlopes !== null) d += (spreadSlopes[edge] as number) * (phi - (statistics.phi.mean[edge] as number))
        if (named !== undefined && symbolic !== null && gradients.symbolic !== null) {
          flow += symbolicBackward(named, symbolic, AFFINE_SIZE * edge, point, d, gradients.symbolic)
          continue
        }
        addTo(gradients.baseScaler, edge, d * fixed)
        addTo(gradients.basisScaler, edge, d * sum)
        for (let m = 0; m < size; m++) addTo(gradients.weights, edge * size + m, d * inner * (values[m] as number))
        flow += d * (outer * fixedSlope + inner * dot(weights, edge * size, slopes))
      }
      inputGradient[b * inputs + i] = flow
    }
    if (scoreGradient !== null) addRangeGradient(i, x, layer, statistics, scoreGradient, inputGradient)
  }
  const bias = gradients.bias
  if (bias !== null) {
    for (let k = 0; k < outputGradient.length; k++) addTo(bias, k % nodes, outputGradient[k] as number)
  }
  return { gradients, inputGradient }
}

/** Zeros in the shapes of a layer's trainable tensors. */
export function zeroTensors({ weights, baseScaler, basisScaler, bias, symbolic }: LayerTensors): LayerTensors {
  return {
    weights: new Float64Array(weights.length),
    baseScaler: new Float64Array(baseScaler.length),
    basisScaler: new Float64Array(basisScaler.length),
    bias: bias === null ? null : new Float64Array(bias.length),
    symbolic: symbolic === null ? null : new Float64Array(symbolic.length),
  }
}

/** d l1_ji / d range_i = −l1_ji / range_i, passed to the samples that make the range. */
function addRangeGradient(
  input: number,
  x: Float64Array,
  { inputs, nodes }: Layer,
  { scores, minimum, maximum }: LayerStatistics,
  scoreGradient: Float64Array,
  inputGradient: Float64Array,
): void {
  const low = minimum[input] as number
  const high = maximum[input] as number
  if (!hasRange(low, high)) return
  let slope = 0
  for (let j = 0; j < nodes; j++) {
    const edge = j * inputs + input
    slope -= ((scoreGradient[edge] as number) * (scores[edge] as number)) / (high - low)
  }
  addTo(inputGradient, firstIndex(x, inputs, input, high), slope)
  addTo(inputGradient, firstIndex(x, inputs, input, low), -slope)
}

function firstIndex(x: Float64Array, inputs: number, input: number, value: number): number {
  let k = input
  while (k < x.length && x[k] !== value) k += inputs
  return k
}

function inputRanges(x: Float64Array, inputs: number) {
  const minimum = new Float64Array(inputs).fill(Number.POSITIVE_INFINITY)
  const maximum = new Float64Array(inputs).fill(Number.NEGATIVE_INFINITY)
  for (let k = 0; k < x.length; k++) {
    const i = k % inputs
    const value = x[k] as number
    if (value < (minimum[i] as number)) minimum[i] = value
    if (value > (maximum[i] as number)) maximum[i] = value
  }
  return { minimum, maximum }
}

/** A batch of one, or of equal values, has no range: 1 stands in for it. */
function rangeDivisor(low: number, high: number): number {
  return hasRange(low, high) ? high - low : 1
}

/** Whether an input takes more than one value. */
export function hasRange(low: number, high: number): boolean {
  return high - low >= 1e-12
}

function dot(weights: Float64Array, offset: number, values: Float64Array): number {
  let sum = 0
  for (let m = 0; m < values.length; m++) sum += (weights[offset + m] as number) * (values[m] as number)
  return sum
}

function addTo(array: Float64Array, index: number, value: number): void {
  array[index] = (array[index] as number) + value
}
