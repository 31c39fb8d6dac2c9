/** What must hold of every engine while it trains? */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goldenArray, goldenBatch, goldenKinds, goldenModel } from '../../../src-shared/golden/golden'
import type { LayerParameters, LayerTensors, Moments } from '../../../src-shared/kan/parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { adamStep } from '../../../src-shared/numerics/adam'
import * as numerics from '../../../src-shared/numerics/network'
import { random, shuffle } from '../../../src-shared/numerics/random'
import { expectClose, type Tolerances } from './conformance-measure'
import { isWellConditioned, makeSample, type Sample, samples } from './conformance-models'
import type { Engine, Network, Stretch, StretchResult } from './engine'

const SPLINE = { type: 'spline', order: 3, intervals: 5 } as const
const RBF = { type: 'rbf', centers: 6, kernel: 'gaussian' } as const
const CHEBYSHEV = { type: 'chebyshev', degree: 4 } as const
const PENALTY = { type: 'better_kan', lambda: 0.01, l1: 1, entropy: 1 } as const

export function describeTraining(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: training`, () => {
    it.each(goldenKinds)('20 golden steps of %s lose what the original program lost', async (kind) => {
      const { specification, parameters } = goldenModel(kind)
      const { inputs, targets } = goldenBatch(kind)
      const network = await engine.compile(specification, parameters, { batch: 7, moments: null })
      const data = network.load({ rows: 7, inputs: columnsOf(inputs, 3), targets: columnsOf(targets, 2) })
      const { losses } = network.train(data, stretch({ maxSteps: 20, learningRate: 1e-2 }))
      const golden = goldenArray(kind, 'adam_losses')
      losses.forEach((loss, step) => {
        expectClose([loss], [golden[step] as number], tolerances.golden)
      })
      expect(losses).toHaveLength(golden.length)
      network.dispose()
    })

    it('100 steps in minibatches lose what the formulas lose', async () => {
      for (const basis of [SPLINE, RBF, CHEBYSHEV]) {
        const sample = makeSample({ inputs: 3, layers: layersOf(basis), rows: 50, seed: 4 })
        const order = shuffle(50, random(1))
        const network = await compile(engine, sample)
        const data = network.load(sample.columns)
        let state = { parameters: sample.parameters, moments: null as Moments | null }
        for (let epoch = 0; epoch < 20; epoch++) {
          const { steps, losses } = network.train(data, stretch({ order, batchSize: 11, maxSteps: 9 }))
          // The last of the five batches is smaller.
          expect(steps).toBe(5)
          for (let step = 0; step < 5; step++) {
            const result = referenceStep(sample, state, order.subarray(11 * step, 11 * step + 11))
            state = result
            expectClose([losses[step] as number], [result.loss], tolerances.training)
          }
        }
        expect(network.readMoments().step).toBe(100)
        network.dispose()
      }
    })

    it('each of 100 steps with L1 and entropy, from the same numbers, is the one of the formulas', async () => {
      const locked = { inputs: 3, layers: layersOf(SPLINE).map((layer) => ({ ...layer, locked: true })) }
      const sample = makeSample({ ...locked, rows: 40, regularization: PENALTY, seed: 6 })
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      let state = { parameters: sample.parameters, moments: null as Moments | null }
      for (let step = 0; step < 100; step++) {
        network.writeParameters(state.parameters, state.moments)
        const { losses, regularizations } = network.train(
          data,
          stretch({ regularization: PENALTY, learningRate: 1e-2 }),
        )
        const next = referenceStep(sample, state, null, 1e-2)
        expectClose(losses, [next.loss], tolerances.gradient)
        expectClose(regularizations, [next.regularization], tolerances.gradient)
        const moments = network.readMoments()
        moments.first.forEach((tensors, l) => {
          expectClose(tensors.weights, next.moments.first[l]?.weights, tolerances.gradient)
          expectClose(tensors.baseScaler, next.moments.first[l]?.baseScaler, tolerances.gradient)
          expectClose(tensors.basisScaler, next.moments.first[l]?.basisScaler, tolerances.gradient)
          expectClose(tensors.bias, next.moments.first[l]?.bias, tolerances.gradient)
        })
        state = next
      }
      network.dispose()
    })

    it('a list of all rows in their order is the same as no list', async () => {
      await fc.assert(
        fc.asyncProperty(samples([1, 7, 300]), async (sample) => {
          fc.pre(isWellConditioned(sample))
          const rows = sample.columns.rows
          const order = Uint32Array.from({ length: rows }, (_, row) => row)
          const whole = await trained(engine, sample, { regularization: sample.regularization })
          const listed = await trained(engine, sample, {
            ...{ regularization: sample.regularization, order, batchSize: rows },
          })
          expect(listed).toEqual(whole)
        }),
        { numRuns: 15, seed: 1 },
      )
    })

    it('the same start gives the same bits', async () => {
      const sample = makeSample({ inputs: 4, layers: layersOf(SPLINE), rows: 333, seed: 8 })
      const order = shuffle(333, random(2))
      const once = await trained(engine, sample, { order, batchSize: 50, maxSteps: 7, regularization: PENALTY })
      const again = await trained(engine, sample, { order, batchSize: 50, maxSteps: 7, regularization: PENALTY })
      expect(again).toEqual(once)
    })

    it('goes on from moments as if it had never stopped', async () => {
      const sample = makeSample({ inputs: 2, layers: layersOf(RBF), rows: 20, seed: 8 })
      const whole = await trained(engine, sample, { maxSteps: 12 })
      const first = await trained(engine, sample, { maxSteps: 5 })
      const second = await trained(engine, { ...sample, parameters: first.parameters }, { maxSteps: 7 }, first.moments)
      expect(second.parameters).toEqual(whole.parameters)
      expect(second.moments).toEqual(whole.moments)
    })

    it('begins at the offset, and stops at the deadline after at least one step', async () => {
      const sample = makeSample({ inputs: 2, layers: layersOf(SPLINE), rows: 30, seed: 5 })
      const order = shuffle(30, random(3))
      const tail = await trained(engine, sample, { order, batchSize: 8, offset: 24, maxSteps: 9 })
      const alone = await trained(engine, sample, { order: order.subarray(24), batchSize: 8, maxSteps: 9 })
      expect(tail).toEqual(alone)
      expect(tail.result.steps).toBe(1)
      const late = await trained(engine, sample, { maxSteps: 1000, deadline: 0 })
      expect(late.result.steps).toBe(1)
    })
  })

  describe(`${engine.name}: locks`, () => {
    it('frozen and pruned edges keep every bit of their numbers and moments', async () => {
      const free = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, seed: 2 })
      const warm = await trained(engine, free, { maxSteps: 5, regularization: PENALTY })
      const edges: readonly EdgeIndex[] = [
        [0, 0],
        [2, 4],
        [1, 1],
      ]
      const locked = withFirstLayer(free.specification, { frozen: edges.slice(0, 2), pruned: edges.slice(2) })
      const sample: Sample = { ...free, specification: locked, parameters: warm.parameters }
      const after = await trained(engine, sample, { maxSteps: 9, regularization: PENALTY }, warm.moments)
      for (const edge of edges) {
        expect(numbersOf(after.parameters[0], edge, 3)).toEqual(numbersOf(warm.parameters[0], edge, 3))
        expect(numbersOf(after.moments.first[0], edge, 3)).toEqual(numbersOf(warm.moments.first[0], edge, 3))
        expect(numbersOf(after.moments.second[0], edge, 3)).toEqual(numbersOf(warm.moments.second[0], edge, 3))
      }
      expect(numbersOf(after.parameters[0], [1, 0], 3)).not.toEqual(numbersOf(warm.parameters[0], [1, 0], 3))
    })

    it('tied edges stay equal to the last bit, and rest all where one is frozen', async () => {
      const tie: readonly EdgeIndex[] = [
        [0, 1],
        [2, 6],
        [2, 0],
      ]
      const free = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, seed: 2 })
      const tied = withTie(free, tie)
      const after = await trained(engine, tied, { maxSteps: 20, regularization: PENALTY })
      const first = numbersOf(after.parameters[0], [0, 1], 3)
      for (const edge of tie) expect(numbersOf(after.parameters[0], edge, 3)).toEqual(first)
      expect(first).not.toEqual(numbersOf(tied.parameters[0], [0, 1], 3))

      const specification = withFirstLayer(tied.specification, { frozen: [[2, 6]] })
      const rested = await trained(engine, { ...tied, specification }, { maxSteps: 5 })
      for (const edge of tie)
        expect(numbersOf(rested.parameters[0], edge, 3)).toEqual(numbersOf(tied.parameters[0], edge, 3))
    })

    it('masks are taken over between two steps, and a prune that is undone gives the curve back', async () => {
      const sample = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, seed: 7 })
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      network.train(data, stretch({ maxSteps: 3 }))
      const before = network.forward(data)
      const kept = network.readParameters()
      const pruned = withFirstLayer(sample.specification, {
        pruned: [[1, 2]],
        tied: [
          [
            [0, 0],
            [0, 1],
          ],
        ],
      })
      network.applyMasks(pruned)
      expectClose(network.forward(data), numerics.forward(pruned, kept, sample.inputs), tolerances.forward)
      expect(network.edgeStatistics(data)[0]?.scores[2 * 3 + 1]).toBe(0)
      network.applyMasks(sample.specification)
      expect(network.forward(data)).toEqual(before)
      expect(network.readParameters()).toEqual(kept)
      network.dispose()
    })
  })

  describe(`${engine.name}: divergence`, () => {
    it('stops before the update where a loss is not finite, and says where', async () => {
      const sample = makeSample({ inputs: 2, layers: layersOf(SPLINE), rows: 16, seed: 3 })
      const rate = { maxSteps: 50, learningRate: 1e200 }
      const { result, parameters } = await trained(engine, sample, rate)
      expect(result.nonFinite).not.toBeNull()
      expect(result.steps).toBeLessThan(50)
      const until = await trained(engine, sample, { ...rate, maxSteps: result.steps })
      expect(parameters).toEqual(until.parameters)
      expect(until.result.nonFinite).toBeNull()
    })

    it.each(['weights', 'base_scaler', 'bias'])(
      'names the layer and %s that hold a value that is not finite',
      async (tensor) => {
        const sample = makeSample({ inputs: 2, layers: layersOf(CHEBYSHEV), rows: 16, seed: 3 })
        const parameters = sample.parameters.map((layer) => ({ ...layer }))
        const field = { weights: 'weights', base_scaler: 'baseScaler', bias: 'bias' }[tensor] as 'weights'
        const layer = parameters[1]
        if (layer === undefined) throw new RangeError('no layer 1')
        parameters[1] = { ...layer, [field]: layer[field].map((value, k) => (k === 2 ? Number.NaN : value)) }
        const { result } = await trained(engine, { ...sample, parameters }, {})
        expect(result).toMatchObject({ steps: 0, nonFinite: { layer: 1, tensor } })
      },
    )
  })
}

interface Run {
  readonly maxSteps?: number
  readonly learningRate?: number
  readonly regularization?: Stretch['objective']['regularization']
  readonly order?: Uint32Array | null
  readonly batchSize?: number
  readonly offset?: number
  readonly deadline?: number
}

function stretch({
  maxSteps = 1,
  learningRate = 1e-3,
  regularization = null,
  order = null,
  batchSize = 1,
  offset = 0,
  deadline = Number.POSITIVE_INFINITY,
}: Run): Stretch {
  const objective = { loss: 'mse', regularization } as const
  return { objective, optimizer: { type: 'adam', learningRate }, order, batchSize, offset, maxSteps, deadline }
}

interface Trained {
  readonly result: StretchResult
  readonly parameters: readonly LayerParameters[]
  readonly moments: Moments
}

function compile(
  engine: Engine,
  { specification, parameters }: Sample,
  moments: Moments | null = null,
): Promise<Network> {
  return engine.compile(specification, parameters, { batch: 16, moments })
}

async function trained(engine: Engine, sample: Sample, run: Run, moments: Moments | null = null): Promise<Trained> {
  const network = await compile(engine, sample, moments)
  const result = network.train(network.load(sample.columns), stretch(run))
  const after = { result, parameters: network.readParameters(), moments: network.readMoments() }
  network.dispose()
  return after
}

function referenceStep(
  { specification, inputs, targets, columns, regularization }: Sample,
  state: { readonly parameters: readonly LayerParameters[]; readonly moments: Moments | null },
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

/** A layer that is wide and one that is narrow, of different bases. */
function layersOf(basis: typeof SPLINE | typeof RBF | typeof CHEBYSHEV) {
  return [
    { basis, nodes: 7 },
    { basis: basis === SPLINE ? RBF : SPLINE, nodes: 3 },
    { basis, nodes: 2 },
  ]
}

function columnsOf(values: Float64Array, width: number): Float64Array[] {
  return Array.from({ length: width }, (_, c) => values.filter((_, k) => k % width === c))
}

type Locks = Partial<Pick<Specification['layers'][number], 'frozen' | 'tied' | 'pruned'>>

function withFirstLayer(specification: Specification, locks: { readonly [K in keyof Locks]: unknown }): Specification {
  const [first, ...others] = specification.layers
  return { ...specification, layers: [{ ...first, ...locks }, ...others] } as Specification
}

/** The tie's first edge lends its curve to the others, and its input the grid. */
function withTie(sample: Sample, tie: readonly EdgeIndex[]): Sample {
  const inputs = inputsOf(sample.specification, 0)
  const layer = sample.parameters[0]
  const source = tie[0]
  if (layer === undefined || source === undefined) throw new RangeError('nothing to tie')
  const share = (tensor: Float64Array, slots: readonly number[]) => {
    const from = slots[0] as number
    const copy = tensor.slice()
    const count = tensor === layer.grid ? inputs : layer.baseScaler.length
    const size = tensor.length / count
    for (const slot of slots) copy.set(tensor.subarray(from * size, (from + 1) * size), slot * size)
    return copy
  }
  const edges = tie.map(([input, output]) => output * inputs + input)
  const shared: LayerParameters = {
    ...layer,
    weights: share(layer.weights, edges),
    baseScaler: share(layer.baseScaler, edges),
    basisScaler: share(layer.basisScaler, edges),
    grid:
      layer.grid &&
      share(
        layer.grid,
        tie.map(([input]) => input),
      ),
  }
  return {
    ...sample,
    specification: withFirstLayer(sample.specification, { tied: [tie] }),
    parameters: [shared, ...sample.parameters.slice(1)],
  }
}

/** All numbers of one edge. */
function numbersOf(tensors: LayerTensors | undefined, [input, output]: EdgeIndex, inputs: number): number[] {
  if (tensors === undefined) throw new RangeError('no such layer')
  const edge = output * inputs + input
  const size = tensors.weights.length / tensors.baseScaler.length
  return [
    tensors.baseScaler[edge] as number,
    tensors.basisScaler[edge] as number,
    ...tensors.weights.subarray(edge * size, (edge + 1) * size),
  ]
}
