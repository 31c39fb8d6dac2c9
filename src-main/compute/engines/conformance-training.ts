/** What must hold of every engine while it trains? */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goldenArray, goldenBatch, goldenKinds, goldenModel, goldenTensors } from '../../../src-shared/golden/golden'
import { updateGrids } from '../../../src-shared/numerics/grid-update'
import { random, shuffle } from '../../../src-shared/numerics/random'
import { isWellConditioned } from './conformance-conditioning'
import { expectedOf, type Tolerances } from './conformance-errors'
import { expectClose, expectCloseTensors } from './conformance-measure'
import { makeSample, shapes } from './conformance-models'
import {
  CHEBYSHEV,
  compile,
  layersOf,
  PENALTY,
  PYKAN,
  RBF,
  referenceStep,
  SPLINE,
  type State,
  stretch,
  trained,
} from './conformance-runs'
import type { Engine } from './engine'

export function describeTraining(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: training`, () => {
    it.each(goldenKinds)('20 golden steps of %s lose what the original program lost', async (kind) => {
      const { specification, parameters } = goldenModel(kind)
      const { inputs, targets } = goldenBatch(kind)
      const network = await engine.compile(specification, parameters, { batch: 7, moments: null })
      const data = network.load({ rows: 7, inputs: columnsOf(inputs, 3), targets: columnsOf(targets, 2) })
      const { losses } = network.train(data, stretch({ maxSteps: 20, learningRate: 1e-2 }))
      const golden = goldenArray(kind, 'adam_losses')
      expect(golden).toHaveLength(20)
      expect(losses).toHaveLength(20)
      losses.forEach((loss, step) => {
        expectClose([loss], [golden[step] as number], tolerances.golden)
      })
      expectCloseTensors(network.readParameters(), goldenTensors(kind, 'adam_final'), tolerances.golden)
      network.dispose()
    })

    it('100 locked steps in minibatches lose what the formulas lose', async () => {
      for (const basis of [SPLINE, RBF, CHEBYSHEV]) {
        const layers = layersOf(basis).map((layer) => ({ ...layer, locked: true }))
        const sample = makeSample({ inputs: 3, layers, rows: 50, seed: 5 })
        expect(isWellConditioned(sample, expectedOf(sample))).toBe(true)
        const order = shuffle(50, random(1))
        const network = await compile(engine, sample)
        const data = network.load(sample.columns)
        let state: State = { parameters: sample.parameters, moments: null }
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

    // Free runs part where |phi| has its kink, and Adam divides by gradients that are nearly 0: step by step, from the
    // formulas' numbers, tells more.
    it.each([
      { name: 'L1 and entropy on all rows', batch: null, regularization: PENALTY },
      { name: 'L1 and entropy on minibatches', batch: 17, regularization: PENALTY },
      { name: 'pykan’s attribution on all rows', batch: null, regularization: PYKAN },
      {
        name: 'pykan’s attribution and weights on minibatches',
        batch: 17,
        regularization: { ...PYKAN, coef: 0.1, coefDiff: 0.2 },
      },
    ])('each of 60 locked steps with $name is the one of the formulas', async ({ batch, regularization }) => {
      const locked = { inputs: 3, layers: layersOf(SPLINE).map((layer) => ({ ...layer, locked: true })) }
      const sample = makeSample({ ...locked, rows: 40, regularization, seed: 6 })
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      const next = random(4)
      let state: State = { parameters: sample.parameters, moments: null }
      for (let step = 0; step < 60; step++) {
        const order = batch === null ? null : shuffle(40, next).subarray(0, batch)
        network.writeParameters(state.parameters, state.moments)
        const run = { regularization, learningRate: 1e-2, order, batchSize: batch ?? 1 }
        const { losses, regularizations } = network.train(data, stretch(run))
        const result = referenceStep(sample, state, order, 1e-2)
        expectClose(losses, [result.loss], tolerances.gradient)
        expectClose(regularizations, [result.regularization], tolerances.gradient)
        const moments = network.readMoments()
        expectCloseTensors(moments.first, result.moments.first, tolerances.gradient)
        expectCloseTensors(moments.second, result.moments.second, 2 * tolerances.gradient)
        expectCloseTensors(network.readParameters(), result.parameters, tolerances.gradient)
        state = result
      }
      network.dispose()
    })

    it('a list of all rows in their order is the same as no list', async () => {
      await fc.assert(
        fc.asyncProperty(shapes([1, 7, 300]), async (shape) => {
          const sample = makeSample(shape)
          fc.pre(isWellConditioned(sample, expectedOf(sample)))
          const rows = sample.columns.rows
          const order = Uint32Array.from({ length: rows }, (_, row) => row)
          const whole = await trained(engine, sample, { regularization: sample.regularization })
          const listed = await trained(engine, sample, {
            ...{ regularization: sample.regularization, order, batchSize: rows },
          })
          expect(listed).toEqual(whole)
        }),
        { numRuns: 10, seed: 1 },
      )
    })

    it.each([SPLINE, RBF, CHEBYSHEV])('the same start of $type gives the same bits', async (basis) => {
      const sample = makeSample({ inputs: 4, layers: layersOf(basis), rows: 333, seed: 8 })
      const run = { order: shuffle(333, random(2)), batchSize: 50, maxSteps: 7, regularization: PENALTY }
      const once = await trained(engine, sample, run)
      expect(await trained(engine, sample, run)).toEqual(once)
    })

    it('what is asked for between two steps changes nothing', async () => {
      const sample = makeSample({ inputs: 4, layers: layersOf(SPLINE), rows: 333, seed: 8 })
      const others = makeSample({ inputs: 4, layers: layersOf(SPLINE), rows: 9, seed: 9 })
      const whole = await trained(engine, sample, { maxSteps: 4, regularization: PENALTY })
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      const losses: number[] = []
      for (let step = 0; step < 4; step++) {
        losses.push(...network.train(data, stretch({ regularization: PENALTY })).losses)
        const other = network.load(others.columns)
        network.loss(other, 'mse')
        network.lossAndGradient(other, { loss: 'mse', regularization: PENALTY })
        network.edgeStatistics(other)
        other.dispose()
        network.activations(0, [0, 0], Float64Array.of(0.5))
        network.layerInput(data, 1, 0)
      }
      expect(losses).toEqual([...whole.result.losses])
      expect(network.readParameters()).toEqual(whole.parameters)
      expect(network.readMoments()).toEqual(whole.moments)
      network.dispose()
    })

    it('asks for the rate of each step with its loss where rates follow from losses', async () => {
      const sample = makeSample({ inputs: 2, layers: layersOf(SPLINE), rows: 20, seed: 8 })
      const ahead = await trained(engine, sample, { maxSteps: 6, regularization: PENALTY })
      const network = await compile(engine, sample)
      const told: number[] = []
      const learningRate = (_: number, loss: number) => {
        told.push(loss)
        return 1e-3
      }
      const run = stretch({ maxSteps: 6, regularization: PENALTY, foreseeable: false })
      const { losses } = network.train(network.load(sample.columns), {
        ...run,
        optimizer: { ...run.optimizer, learningRate },
      })
      expect(told).toEqual([...losses])
      expectClose(losses, ahead.result.losses, 1e-6)
      expectCloseTensors(network.readParameters(), ahead.parameters, 1e-6)
      network.dispose()
    })

    it('goes on from moments as if it had never stopped', async () => {
      const sample = makeSample({ inputs: 2, layers: layersOf(RBF), rows: 20, seed: 8 })
      const whole = await trained(engine, sample, { maxSteps: 12 })
      const first = await trained(engine, sample, { maxSteps: 5 })
      const second = await trained(engine, { ...sample, parameters: first.parameters }, { maxSteps: 7 }, first.moments)
      expect(second.parameters).toEqual(whole.parameters)
      expect(second.moments).toEqual(whole.moments)
    })

    it('takes over numbers and moments that are written, and begins at zero where there are none', async () => {
      const sample = makeSample({ inputs: 2, layers: layersOf(CHEBYSHEV), rows: 20, seed: 8 })
      const whole = await trained(engine, sample, { maxSteps: 12 })
      const first = await trained(engine, sample, { maxSteps: 5 })
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      network.writeParameters(first.parameters, first.moments)
      expect(network.readMoments()).toEqual(first.moments)
      network.train(data, stretch({ maxSteps: 7 }))
      expect(network.readParameters()).toEqual(whole.parameters)
      network.writeParameters(sample.parameters, null)
      network.train(data, stretch({ maxSteps: 12 }))
      expect(network.readParameters()).toEqual(whole.parameters)
      expect(network.readMoments()).toEqual(whole.moments)
      network.dispose()
    })

    it.each([SPLINE, RBF])(
      'goes on with its moments where a layer of $type was moved to another grid',
      async (basis) => {
        const layers = layersOf(basis).map((layer) => ({ ...layer, locked: true }))
        const sample = makeSample({ inputs: 3, layers, rows: 60, seed: 11 })
        const network = await compile(engine, sample)
        const data = network.load(sample.columns)
        network.train(data, stretch({ maxSteps: 3 }))
        const [before, moments] = [network.readParameters(), network.readMoments()]
        const layer = sample.specification.layers[1]
        const numbers = before[1]
        if (layer === undefined || numbers === undefined) throw new RangeError('no second layer')
        const moved = updateGrids(layer, numbers, network.layerInputs(data, 1, null))
        expect(moved).not.toBe(numbers)
        network.writeLayer(1, moved)
        expect(network.readMoments()).toEqual(moments)
        const rounded = network.readParameters()
        expectCloseTensors(rounded, before.with(1, moved), 1e-7)
        expectClose(rounded[1]?.grid, moved.grid, 1e-7)
        const { losses } = network.train(data, stretch({}))
        const result = referenceStep(sample, { parameters: rounded, moments }, null)
        expectClose(losses, [result.loss], tolerances.gradient)
        expectCloseTensors(network.readParameters(), result.parameters, tolerances.gradient)
        network.dispose()
      },
    )

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

    it.each([
      { tensor: 'weights', field: 'weights' },
      { tensor: 'base_scaler', field: 'baseScaler' },
      { tensor: 'basis_scaler', field: 'basisScaler' },
      { tensor: 'bias', field: 'bias' },
    ] as const)('names the layer and $tensor that hold a value that is not finite', async ({ tensor, field }) => {
      const sample = makeSample({ inputs: 2, layers: layersOf(CHEBYSHEV), rows: 16, seed: 3 })
      const parameters = sample.parameters.map((layer, l) => ({
        ...layer,
        ...(l === 1 && { [field]: layer[field]?.map((value, k) => (k === 2 ? Number.NaN : value)) }),
      }))
      const { result } = await trained(engine, { ...sample, parameters }, {})
      expect(result).toMatchObject({ steps: 0, nonFinite: { layer: 1, tensor } })
    })

    it.each([SPLINE, RBF, CHEBYSHEV])(
      'stops in the batch that holds an input that is not finite, and names the outputs of $type',
      async (basis) => {
        const sample = makeSample({ inputs: 2, layers: layersOf(basis), rows: 16, seed: 3 })
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          const inputs = sample.columns.inputs.map((column) => column.map((value, row) => (row === 9 ? bad : value)))
          const broken = { ...sample, columns: { ...sample.columns, inputs } }
          const order = Uint32Array.from({ length: 16 }, (_, row) => row)
          const run = { order, batchSize: 4, maxSteps: 4 }
          const { result, parameters } = await trained(engine, broken, run)
          expect(result).toMatchObject({ steps: 2, nonFinite: { layer: 0, tensor: 'outputs' } })
          expect(parameters).toEqual((await trained(engine, sample, { ...run, maxSteps: 2 })).parameters)
        }
      },
    )
  })
}

function columnsOf(values: Float64Array, width: number): Float64Array[] {
  return Array.from({ length: width }, (_, c) => values.filter((_, k) => k % width === c))
}
