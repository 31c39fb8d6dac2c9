/** How is a sample trained, by an engine and by the formulas? */
import type { LayerParameters, LayerTensors, Moments } from '../../../src-shared/kan/parameters'
import type { EdgeIndex } from '../../../src-shared/kan/specification'
import { adamStep } from '../../../src-shared/numerics/adam'
import * as numerics from '../../../src-shared/numerics/network'
import type { Sample } from './conformance-models'
import type { Engine, Network, Stretch, StretchResult } from './engine'

export const SPLINE = { type: 'spline', order: 3, intervals: 5 } as const
export const RBF = { type: 'rbf', centers: 6, kernel: 'gaussian' } as const
export const CHEBYSHEV = { type: 'chebyshev', degree: 4 } as const
export const PYKAN = {
  type: 'pykan',
  metric: 'edge_backward',
  lambda: 0.01,
  l1: 1,
  entropy: 2,
  coef: 0,
  coefDiff: 0,
} as const
export const PENALTY = { type: 'better_kan', lambda: 0.01, l1: 1, entropy: 1 } as const

/** A layer that is wide and two that are narrow, of different bases. */
export function layersOf(basis: typeof SPLINE | typeof RBF | typeof CHEBYSHEV) {
  return [
    { basis, nodes: 7 },
    { basis: basis === SPLINE ? RBF : SPLINE, nodes: 3 },
    { basis, nodes: 2 },
  ]
}

export interface Run {
  readonly maxSteps?: number
  readonly learningRate?: number
  readonly clipNorm?: number | null
  readonly regularization?: Stretch['objective']['regularization']
  readonly order?: Uint32Array | null
  readonly batchSize?: number
  readonly offset?: number
  readonly deadline?: number
  readonly foreseeable?: boolean
}

/** A stretch of training; one step on all rows where nothing else is said. */
export function stretch({
  maxSteps = 1,
  learningRate = 1e-3,
  clipNorm = null,
  regularization = null,
  order = null,
  batchSize = 1,
  offset = 0,
  deadline = Number.POSITIVE_INFINITY,
  foreseeable = true,
}: Run): Stretch {
  const objective = { loss: 'mse', regularization } as const
  const optimizer = { type: 'adam', learningRate: () => learningRate, clipNorm, foreseeable } as const
  return { objective, optimizer, order, batchSize, offset, maxSteps, deadline }
}

export interface Trained {
  readonly result: StretchResult
  readonly parameters: readonly LayerParameters[]
  readonly moments: Moments
}

/** Compiled for batches that are smaller than most tables. */
export function compile(
  engine: Engine,
  { specification, parameters }: Sample,
  moments: Moments | null = null,
): Promise<Network> {
  return engine.compile(specification, parameters, { batch: 16, moments })
}

/** What an engine makes of a sample. */
export async function trained(
  engine: Engine,
  sample: Sample,
  run: Run,
  moments: Moments | null = null,
): Promise<Trained> {
  const network = await compile(engine, sample, moments)
  const result = network.train(network.load(sample.columns), stretch(run))
  const after = { result, parameters: network.readParameters(), moments: network.readMoments() }
  network.dispose()
  return after
}

export interface State {
  readonly parameters: readonly LayerParameters[]
  readonly moments: Moments | null
}

/** One step of the formulas; `order` lists the rows of the batch, null takes all. */
export function referenceStep(
  { specification, inputs, targets, columns, regularization }: Sample,
  state: State,
  order: Uint32Array | null,
  learningRate = 1e-3,
) {
  const pick = (values: Float64Array) => {
    if (order === null) return values
    const width = values.length / columns.rows
    return Float64Array.from([...order].flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]))
  }
  const objective = { loss: 'mse', regularization } as const
  const result = numerics.lossAndGradient(specification, state.parameters, pick(inputs), pick(targets), objective)
  const next = adamStep(state.parameters, result.gradients, state.moments, { learningRate }, specification)
  return { ...next, loss: result.loss + result.regularization, regularization: result.regularization }
}

/** All numbers of one edge. */
export function numbersOf(tensors: LayerTensors | undefined, [input, output]: EdgeIndex, inputs: number): number[] {
  if (tensors === undefined) throw new RangeError('no such layer')
  const edge = output * inputs + input
  const size = tensors.weights.length / tensors.baseScaler.length
  return [
    tensors.baseScaler[edge] as number,
    tensors.basisScaler[edge] as number,
    ...tensors.weights.subarray(edge * size, (edge + 1) * size),
  ]
}
