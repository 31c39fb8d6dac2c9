/** What must hold of every engine for every data loss, and when gradients are clipped? */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lossSchema } from '../../../src-shared/contract/job'
import { adamStep } from '../../../src-shared/numerics/adam'
import { clipGradients } from '../../../src-shared/numerics/clip'
import * as numerics from '../../../src-shared/numerics/network'
import { expectAgreement, withNetwork } from './conformance-cases'
import { isWellConditioned } from './conformance-conditioning'
import { expectedOf, type Tolerances } from './conformance-errors'
import { expectClose, expectCloseTensors } from './conformance-measure'
import { makeSample, type Sample, shapes } from './conformance-models'
import { layersOf, PENALTY, SPLINE, trained } from './conformance-runs'
import type { DataHandle, Engine, Network } from './engine'

export function describeLosses(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: clipped gradients`, () => {
    it('are shortened to the norm of what trains, a tie once, and then move the parameters', async () => {
      await fc.assert(
        fc.asyncProperty(shapes([1, 2, 7, 64, 300]), fc.constantFrom(0.01, 0.5, 1e6), async (shape, clipNorm) => {
          const sample = makeSample(shape)
          fc.pre(isWellConditioned(sample, expectedOf(sample)))
          const { specification, parameters, inputs, targets, regularization } = sample
          const objective = { loss: 'mse', regularization } as const
          const { gradients } = numerics.lossAndGradient(specification, parameters, inputs, targets, objective)
          const clipped = clipGradients(specification, gradients, clipNorm)
          const { moments } = adamStep(parameters, clipped, null, { learningRate: 0.01 }, specification)
          const actual = await trained(engine, sample, { regularization, clipNorm, learningRate: 0.01 })
          // Adam forgets how long a gradient is, its first moments do not.
          expectCloseTensors(actual.moments.first, moments.first, 2 * tolerances.gradient)
        }),
        { numRuns: 20, seed: 1 },
      )
    })
  })

  describe.each(lossSchema.options)(`${engine.name}: the loss %s`, (loss) => {
    it('and every gradient are those of the formulas on random small models', async () => {
      await fc.assert(
        fc.asyncProperty(shapes([1, 2, 7, 64, 300]), async (shape) => {
          const sample = makeSample({ ...shape, loss })
          const expected = expectedOf(sample)
          fc.pre(isWellConditioned(sample, expected))
          await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances), expected)
        }),
        { numRuns: 20, seed: 1 },
      )
    })

    it('is finite where outputs are huge', async () => {
      const sample = makeSample({ inputs: 2, layers: [{ basis: SPLINE, nodes: 5 }], rows: 9, loss, seed: 2 })
      const parameters = sample.parameters.map((layer) => ({ ...layer, bias: Float64Array.of(1e15, -1e15, 0, 50, 9) }))
      const huge = { ...sample, parameters: parameters.map(rounded) }
      await withNetwork(engine, huge, ({ network, data }) => expectLoss(network, data, huge, tolerances))
    })

    it('falls while training', async () => {
      const sample = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, loss, seed: 6 })
      await withNetwork(engine, sample, ({ network, data }) => {
        const before = network.loss(data, loss)
        const { losses } = network.train(data, {
          objective: { loss, regularization: null },
          optimizer: { type: 'adam', learningRate: () => 1e-2, clipNorm: null },
          ...{ order: null, batchSize: 40, offset: 0, maxSteps: 60, deadline: Number.POSITIVE_INFINITY },
        })
        expectClose([losses[0] as number], [before], 1e-6)
        expect(network.loss(data, loss)).toBeLessThan(0.9 * before)
      })
    })
  })
}

/** The value by itself, and with its gradient with and without regularisation. */
function expectLoss(network: Network, data: DataHandle, sample: Sample, tolerances: Tolerances): void {
  const { specification, parameters, inputs, targets, loss } = sample
  for (const regularization of [null, PENALTY]) {
    const objective = { loss, regularization }
    const expected = numerics.lossAndGradient(specification, parameters, inputs, targets, objective)
    const actual = network.lossAndGradient(data, objective)
    expectClose([network.loss(data, loss)], [expected.loss], 2 * tolerances.forward)
    expectClose([actual.loss], [expected.loss], 2 * tolerances.forward)
    expectCloseTensors(actual.gradients, expected.gradients, tolerances.gradient)
  }
}

function rounded<T extends { readonly bias: Float64Array }>(layer: T): T {
  return { ...layer, bias: layer.bias.map(Math.fround) }
}
