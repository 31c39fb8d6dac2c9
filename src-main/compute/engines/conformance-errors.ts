/** How far is an engine from the float64 formulas on a sample, and how far must float32 be expected to be? */
import { largestError } from '../../../src-shared/golden/error'
import type { LayerParameters, LayerTensors } from '../../../src-shared/kan/parameters'
import * as numerics from '../../../src-shared/numerics/network'
import type { Sample } from './conformance-models'
import type { Capabilities, DataHandle, Network } from './engine'

export interface Tolerances {
  /** Largest error of outputs, relative to the largest output; losses and scores follow from it. */
  readonly forward: number
  /** Largest error of gradients, relative to the largest of their tensor. */
  readonly gradient: number
  /** Relative error of the losses of 20 golden steps. */
  readonly golden: number
  /** Relative error of the losses of 100 steps that run freely. */
  readonly training: number
}

export const TOLERANCES: Readonly<Record<Capabilities['precision'], Tolerances>> = {
  float64: { forward: 1e-10, gradient: 1e-10, golden: 1e-8, training: 1e-8 },
  float32: { forward: 2e-5, gradient: 1e-4, golden: 1e-4, training: 1e-2 },
}

/** Largest errors, each relative to the largest expected value of its tensor. */
export interface Errors {
  readonly output: number
  readonly loss: number
  readonly regularization: number
  readonly gradients: number
  /** Of scores, ranges and deviations. */
  readonly statistics: number
}

/** Everything that the formulas say of a sample. */
export interface Expected {
  readonly output: Float64Array
  readonly loss: number
  readonly regularization: number
  readonly gradients: readonly LayerTensors[]
  readonly statistics: Measured['statistics']
}

export function expectedOf({ specification, parameters, inputs, targets, loss, regularization }: Sample): Expected {
  const objective = { loss, regularization }
  const result = numerics.lossAndGradient(specification, parameters, inputs, targets, objective)
  const statistics = numerics.edgeStatistics(specification, parameters, inputs).map((of) => ({
    ...{ scores: of.scores, minimum: of.minimum, maximum: of.maximum },
    ...{ deviations: of.phi.deviation, outputDeviations: of.outputDeviation },
  }))
  return { ...result, statistics }
}

export function errorsOf(network: Network, data: DataHandle, sample: Sample, expected: Expected): Errors {
  const actual = network.lossAndGradient(data, { loss: sample.loss, regularization: sample.regularization })
  return compare({ ...actual, output: network.forward(data), statistics: network.edgeStatistics(data) }, expected)
}

/** How far an engine may be off. Losses and scores follow from the outputs; statistics are handed out as float32. */
export function limitsOf({ forward, gradient }: Tolerances): Errors {
  return {
    output: forward,
    loss: 2 * forward,
    regularization: gradient,
    gradients: gradient,
    statistics: Math.max(1e-7, 5 * forward),
  }
}

/** Whether float32 can be expected to keep within its limits: some roundings stay below them. */
export function isWellConditioned(sample: Sample, expected: Expected): boolean {
  return exceeded(sensitivity(sample, expected), limitsOf(TOLERANCES.float32), MARGIN).length === 0
}

/** The errors that are more than a part of what is allowed. NaN is more than everything. */
export function exceeded(errors: Errors, limits: Errors, margin = 1): readonly (keyof Errors)[] {
  return (Object.keys(limits) as (keyof Errors)[]).filter((kind) => !(errors[kind] <= limits[kind] / margin))
}

/** An engine rounds more often. */
const MARGIN = 2

/**
 * What rounding every number of a sample, one way and another, would change: where that is much, the
 * sample loses its digits by itself, whoever computes it. NaN where float32 cannot hold what comes up on the way.
 */
function sensitivity(sample: Sample, expected: Expected): Errors {
  const { statistics, loss } = expected
  const largest = statistics
    .flatMap(({ minimum, maximum }) => [...Array.from(minimum), ...Array.from(maximum)])
    .map(Math.abs)
  if (!(Math.max(loss, ...largest) < LARGEST)) return compare({ ...expected, loss: Number.NaN }, expected)
  const [one, other] = [1e7, 1.3e8].map((frequency) => compare(expectedOf(rounded(sample, frequency)), expected))
  if (one === undefined || other === undefined) throw new RangeError('nothing was rounded')
  return {
    output: Math.max(one.output, other.output),
    loss: Math.max(one.loss, other.loss),
    regularization: Math.max(one.regularization, other.regularization),
    gradients: Math.max(one.gradients, other.gradients),
    statistics: Math.max(one.statistics, other.statistics, rangeError(statistics)),
  }
}

/** Scores divide by the range of what reaches a layer, which loses its digits where it is a small part of the values. */
function rangeError(statistics: Expected['statistics']): number {
  const errors = statistics.flatMap(({ minimum, maximum }) =>
    Array.from(minimum, (low, i) => {
      const high = maximum[i] as number
      return high === low ? 0 : (0.5 * ROUNDING * Math.max(Math.abs(low), Math.abs(high))) / (high - low)
    }),
  )
  return Math.max(...errors)
}

function rounded(sample: Sample, frequency: number): Sample {
  // Equal numbers alike, so that a column of one value stays one.
  const round = (value: number) => value * (1 + Math.sin(value * frequency) * ROUNDING)
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

/** Some roundings of float32, each of which is 2⁻²⁴ at most: where |phi| has its kink, a larger one is noticed sooner. */
const ROUNDING = 2 ** -22
/** Squares of larger numbers, and their sums, come near the largest float32. */
const LARGEST = 1e15
/** What float32 can hardly tell from 0. */
const SMALLEST = 1e-30

interface Measured {
  readonly output: ArrayLike<number>
  readonly loss: number
  readonly regularization: number
  readonly gradients: readonly LayerTensors[]
  readonly statistics: readonly {
    readonly scores: ArrayLike<number>
    readonly minimum: ArrayLike<number>
    readonly maximum: ArrayLike<number>
    readonly deviations: ArrayLike<number>
    readonly outputDeviations: ArrayLike<number>
  }[]
}

function compare(actual: Measured, expected: Expected): Errors {
  const gradients = expected.gradients.flatMap((tensors, l) =>
    (['weights', 'baseScaler', 'basisScaler', 'bias', 'symbolic'] as const).map((name) =>
      error(actual.gradients[l]?.[name] ?? [], tensors[name] ?? []),
    ),
  )
  const statistics = expected.statistics.flatMap((of, l) =>
    (['scores', 'minimum', 'maximum', 'deviations', 'outputDeviations'] as const).map((kind) =>
      error(actual.statistics[l]?.[kind] ?? [], of[kind]),
    ),
  )
  return {
    output: error(actual.output, expected.output),
    loss: error([actual.loss], [expected.loss]),
    regularization: error([actual.regularization], [expected.regularization]),
    gradients: Math.max(...gradients),
    statistics: Math.max(...statistics),
  }
}

/** Relative to the largest expected value; absolute where all of them are next to nothing. */
function error(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const largest = Array.from(expected).reduce((high, value) => Math.max(high, Math.abs(value)), 0)
  return largestError(actual, expected) * (largest > 0 && largest < SMALLEST ? largest : 1)
}
