/**
 * Which samples can float32 be expected to compute? The others lose their digits by themselves, whoever computes them in
 * float32; conformance and `npm run fuzz` leave them out, by these rules alone:
 *
 * - Rounding every number of the sample, and every number between its layers, forward and back, changes some result by
 *   more than a part of what engines are allowed.
 * - A range or a standard deviation is so small a part of the values that it is made of, that their rounding alone is.
 * - A value between layers is so near a jump of the next layer that rounding may carry it across.
 * - What comes up on the way is larger or smaller than float32 holds.
 */
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import { basisSize, inputsOf, type LayerSpecification } from '../../../src-shared/kan/specification'
import { inputGrid } from '../../../src-shared/numerics/grid'
import * as numerics from '../../../src-shared/numerics/network'
import { AFFINE_SIZE } from '../../../src-shared/numerics/symbolic'
import {
  compare,
  type Errors,
  type Expected,
  exceeded,
  expectedOf,
  limitsOf,
  SMALLEST,
  TOLERANCES,
} from './conformance-errors'
import type { Sample } from './conformance-models'

export function isWellConditioned(sample: Sample, expected: Expected): boolean {
  if (!isHeld(expected)) return false
  const limits = limitsOf(TOLERANCES.float32)
  const own = { ...NONE, statistics: Math.max(rangeError(expected), deviationError(expected)) }
  if (exceeded(own, limits, MARGIN).length > 0) return false
  return FREQUENCIES.every((frequency) => {
    const round = rounding(frequency, roundingOf(sample))
    const moved = rounded(sample, round)
    if (crossesJump(sample, moved, round)) return false
    const changed = expectedOf(moved, (values) => values.map(round))
    return exceeded(compare(changed, expected), limits, MARGIN).length === 0
  })
}

const NONE: Errors = { output: 0, loss: 0, regularization: 0, gradients: 0, statistics: 0 }

/** Some roundings of float32, each of which is 2⁻²⁴ at most: where |phi| has its kink, a larger one is noticed sooner. */
const ROUNDING = 2 ** -22
/** An engine rounds more often. */
const MARGIN = 2
/** Of ways to round that have nothing to do with each other. */
const FREQUENCIES = [1e7, 1.3e8, 4.1e7]
/** Squares of larger numbers, and their sums, come near the largest float32. */
const LARGEST = 1e15

/** A sum of n numbers loses about √n roundings, and so do functions of a high degree. */
function roundingOf({ specification, columns }: Sample): number {
  const longest = Math.max(columns.rows, ...specification.layers.map(({ basis }) => basisSize(basis)))
  return ROUNDING * Math.max(1, Math.sqrt(longest) / 4)
}

/**
 * Rounds one way or another, by the number's digits alone: equal numbers alike, so that a column of one value stays one,
 * and small ones as well as large ones.
 *
 * @param step the largest part of a number
 */
function rounding(frequency: number, step: number): (value: number) => number {
  return (value) => {
    const size = Math.abs(value)
    return size < 2 ** -126 ? 0 : value * (1 + Math.sin(Math.log(size) * frequency) * step)
  }
}

function rounded(sample: Sample, round: (value: number) => number): Sample {
  const parameters = sample.parameters.map(
    (layer): LayerParameters => ({
      weights: layer.weights.map(round),
      baseScaler: layer.baseScaler.map(round),
      basisScaler: layer.basisScaler.map(round),
      bias: layer.bias?.map(round) ?? null,
      symbolic: layer.symbolic?.map(round) ?? null,
      grid: layer.grid?.map(round) ?? null,
      scale: layer.scale?.map(round) ?? null,
    }),
  )
  return { ...sample, parameters, inputs: sample.inputs.map(round) }
}

/** A layer whose every phi float32 takes for 0 has no shares there, and no entropy: float64 has both of the smallest phi. */
function isHeld({ statistics, loss }: Expected): boolean {
  const largest = Math.max(loss, ...statistics.flatMap(({ minimum, maximum }) => [size(minimum), size(maximum)]))
  return (
    largest < LARGEST &&
    statistics.every(({ means, deviations }) => {
      const phi = Math.max(size(means), size(deviations))
      return phi === 0 || phi >= SMALLEST
    })
  )
}

/** Scores divide by the range of what reaches a layer. */
function rangeError({ statistics }: Expected): number {
  const errors = statistics.flatMap(({ minimum, maximum }) =>
    Array.from(minimum, (low, i) => {
      const high = maximum[i] as number
      return high === low ? 0 : (0.5 * ROUNDING * Math.max(Math.abs(low), Math.abs(high))) / (high - low)
    }),
  )
  return Math.max(...errors)
}

/** Of each edge's phi, and of each layer's outputs. What does not spread at all does not in float32. */
function deviationError({ statistics, output }: Expected): number {
  const errors = statistics.flatMap(({ means, deviations, outputDeviations }, l) => {
    const next = statistics[l + 1]
    const outputs = next === undefined ? size(output) : Math.max(size(next.minimum), size(next.maximum))
    const phi = Array.from(deviations).reduce(
      (most, deviation, e) => (deviation === 0 ? most : Math.max(most, Math.abs(means[e] as number))),
      0,
    )
    return [part(phi, size(deviations)), part(outputs, size(outputDeviations))]
  })
  return Math.max(...errors)
}

function part(values: number, spread: number): number {
  return spread === 0 ? 0 : (0.5 * ROUNDING * values) / spread
}

function size(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** Whether a value between layers is no farther from a jump than rounding moves values of its column. */
function crossesJump(sample: Sample, moved: Sample, round: (value: number) => number): boolean {
  const { specification, parameters, inputs } = sample
  if (!specification.layers.some((layer, l) => l > 0 && mayJump(layer))) return false
  const { layerInputs } = numerics.forwardLayers(specification, parameters, inputs)
  const others = numerics.forwardLayers(specification, moved.parameters, moved.inputs, (x) => x.map(round)).layerInputs
  return specification.layers.some((layer, l) => {
    // Inputs and knots of the first layer are float32 numbers to begin with.
    if (l === 0 || !mayJump(layer)) return false
    const width = inputsOf(specification, l)
    return Array.from({ length: width }, (_, i) => i).some((i) => {
      const column = layerInputs[l]?.filter((_, k) => k % width === i) ?? []
      const other = others[l]?.filter((_, k) => k % width === i) ?? []
      const step = MARGIN * Math.max(ROUNDING * size(column), size(column.map((x, row) => x - (other[row] as number))))
      return jumpsOf(layer, parameters[l] as LayerParameters, width, i).some((at) =>
        column.some((x) => Math.abs(x - at) <= step),
      )
    })
  })
}

/** Whether some phi of a layer, or its slope, jumps. */
function mayJump({ basis, symbolic }: LayerSpecification): boolean {
  return (basis.type === 'spline' && basis.order <= 1) || symbolic.some(jumps)
}

function jumps({ function: name }: LayerSpecification['symbolic'][number]): boolean {
  return name === 'sgn' || name === 'abs'
}

/** Where the edges of an input jump. */
function jumpsOf({ basis, symbolic }: LayerSpecification, held: LayerParameters, inputs: number, i: number): number[] {
  const knots = basis.type === 'spline' && basis.order <= 1 ? Array.from(inputGrid(basis, held, i).grid) : []
  const zeros = symbolic
    .filter((formula) => formula.edge[0] === i && jumps(formula))
    .map(({ edge: [input, output] }) => {
      const [a = 0, b = 0] = held.symbolic?.subarray(AFFINE_SIZE * (output * inputs + input)) ?? []
      return -b / a
    })
  return [...knots, ...zeros]
}
