/** What must hold of every engine for every data loss, and when gradients are clipped? */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Loss } from '../../../src-shared/contract/job'
import { adamStep } from '../../../src-shared/numerics/adam'
import { clipGradients } from '../../../src-shared/numerics/clip'
import { softmax } from '../../../src-shared/numerics/loss'
import * as numerics from '../../../src-shared/numerics/network'
import { expectedOf, isWellConditioned, type Tolerances } from './conformance-errors'
import { expectClose, expectCloseTensors } from './conformance-measure'
import { makeSample, type Sample, shapes } from './conformance-models'
import { compile, layersOf, PENALTY, SPLINE, trained } from './conformance-runs'
import type { DataHandle, Engine, Network } from './engine'

const LOSSES = ['mse', 'mae', 'huber', 'cross_entropy'] as const

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

  describe.each(LOSSES)(`${engine.name}: the loss %s`, (loss) => {
    it('and every gradient are those of the formulas on random small models', async () => {
      await fc.assert(
        fc.asyncProperty(shapes([1, 2, 7, 64, 300]), async (shape) => {
          const drawn = makeSample(shape)
          fc.pre(isWellConditioned(drawn, expectedOf(drawn)))
          const sample = withTargets(drawn, loss)
          await withNetwork(engine, sample, (network, data) => expectLoss(network, data, sample, loss, tolerances))
        }),
        { numRuns: 20, seed: 1 },
      )
    })

    it('is finite where outputs are huge', async () => {
      const drawn = makeSample({ inputs: 2, layers: [{ basis: SPLINE, nodes: 5 }], rows: 9, seed: 2 })
      const sample = withTargets(drawn, loss)
      const parameters = sample.parameters.map((layer) => ({ ...layer, bias: Float64Array.of(1e15, -1e15, 0, 50, 9) }))
      const huge = { ...sample, parameters: parameters.map(rounded) }
      await withNetwork(engine, huge, (network, data) => expectLoss(network, data, huge, loss, tolerances))
    })

    it('falls while training', async () => {
      const sample = withTargets(makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, seed: 6 }), loss)
      await withNetwork(engine, sample, (network, data) => {
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
function expectLoss(network: Network, data: DataHandle, sample: Sample, loss: Loss, tolerances: Tolerances): void {
  const { specification, parameters, inputs, targets } = sample
  for (const regularization of [null, sample.regularization ?? PENALTY]) {
    const objective = { loss, regularization }
    const expected = numerics.lossAndGradient(specification, parameters, inputs, targets, objective)
    const actual = network.lossAndGradient(data, objective)
    expectClose([network.loss(data, loss)], [expected.loss], 2 * tolerances.forward)
    expectClose([actual.loss], [expected.loss], 2 * tolerances.forward)
    expectCloseTensors(actual.gradients, expected.gradients, tolerances.gradient)
  }
}

/** Probabilities in place of the targets for cross-entropy: every second row is sure of one class. */
function withTargets(sample: Sample, loss: Loss): Sample {
  if (loss !== 'cross_entropy') return sample
  const { rows } = sample.columns
  const width = sample.targets.length / rows
  const targets = sample.targets.slice()
  for (let row = 0; row < rows; row++) {
    const values = targets.subarray(row * width, (row + 1) * width)
    if (row % 2 === 0) values.fill(0).fill(1, row % width, (row % width) + 1)
    else softmax(values)
  }
  targets.forEach((target, k) => {
    targets[k] = Math.fround(target)
  })
  const column = (j: number) => targets.filter((_, k) => k % width === j)
  return {
    ...sample,
    targets,
    columns: { ...sample.columns, targets: Array.from({ length: width }, (_, j) => column(j)) },
  }
}

function rounded<T extends { readonly bias: Float64Array }>(layer: T): T {
  return { ...layer, bias: layer.bias.map(Math.fround) }
}

async function withNetwork(
  engine: Engine,
  sample: Sample,
  check: (network: Network, data: DataHandle) => void,
): Promise<void> {
  const network = await compile(engine, sample)
  try {
    check(network, network.load(sample.columns))
  } finally {
    network.dispose()
  }
}
