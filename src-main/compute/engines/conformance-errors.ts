/** How far is an engine from the float64 formulas on a sample? */
import { largestError } from '../../../src-shared/golden/error'
import type { LayerTensors } from '../../../src-shared/kan/parameters'
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
  /** Of scores, ranges, means and deviations. */
  readonly statistics: number
}

/** Everything that the formulas say of a sample. */
export interface Expected {
  readonly output: Float64Array
  readonly loss: number
  readonly regularization: number
  readonly gradients: readonly LayerTensors[]
  readonly statistics: readonly MeasuredLayer[]
}

/** @param carry what becomes of numbers from layer to layer */
export function expectedOf(sample: Sample, carry?: (values: Float64Array) => Float64Array): Expected {
  const { specification, parameters, inputs, targets, loss, regularization } = sample
  const objective = { loss, regularization }
  const result = numerics.lossAndGradient(specification, parameters, inputs, targets, objective, carry)
  const statistics = numerics.edgeStatistics(specification, parameters, inputs, carry).map((of) => ({
    ...{ scores: of.scores, minimum: of.minimum, maximum: of.maximum },
    ...{ deviations: of.phi.deviation, outputDeviations: of.outputDeviation, means: of.phi.mean },
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

/** The errors that are more than a part of what is allowed. NaN is more than everything. */
export function exceeded(errors: Errors, limits: Errors, margin = 1): readonly (keyof Errors)[] {
  return (Object.keys(limits) as (keyof Errors)[]).filter((kind) => !(errors[kind] <= limits[kind] / margin))
}

/** What float32 can hardly tell from 0. */
export const SMALLEST = 1e-30

interface Measured {
  readonly output: ArrayLike<number>
  readonly loss: number
  readonly regularization: number
  readonly gradients: readonly LayerTensors[]
  readonly statistics: readonly MeasuredLayer[]
}

interface MeasuredLayer {
  readonly scores: ArrayLike<number>
  readonly minimum: ArrayLike<number>
  readonly maximum: ArrayLike<number>
  /** Of each edge's phi. */
  readonly means: ArrayLike<number>
  readonly deviations: ArrayLike<number>
  readonly outputDeviations: ArrayLike<number>
}

export function compare(actual: Measured, expected: Expected): Errors {
  const gradients = expected.gradients.flatMap((tensors, l) =>
    (['weights', 'baseScaler', 'basisScaler', 'bias', 'symbolic'] as const).map((name) =>
      error(actual.gradients[l]?.[name] ?? [], tensors[name] ?? []),
    ),
  )
  const statistics = expected.statistics.flatMap((of, l) => [
    ...(['scores', 'minimum', 'maximum', 'deviations', 'outputDeviations'] as const).map((kind) =>
      error(actual.statistics[l]?.[kind] ?? [], of[kind]),
    ),
    meanError(actual.statistics[l]?.means ?? [], of),
  ])
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

/** Relative to how large phi is: a mean may be next to nothing where positive and negative values cancel. */
function meanError(actual: ArrayLike<number>, { means, deviations }: MeasuredLayer): number {
  const size = Array.from(means).reduce((most, mean, e) => Math.max(most, Math.abs(mean), deviations[e] ?? 0), 0)
  const off = Array.from(means).reduce((most, mean, e) => Math.max(most, Math.abs(mean - (actual[e] ?? Number.NaN))), 0)
  return size > SMALLEST ? off / size : off
}
