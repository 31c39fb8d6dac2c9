import { describe, expect, it, vi } from 'vitest'
import type { Regularization } from '../../../../src-shared/contract/job'
import { inputsOf } from '../../../../src-shared/kan/specification'
import { lossAndGradient } from '../../../../src-shared/numerics/network'
import { TOLERANCES } from '../conformance-errors'
import { expectCloseTensors } from '../conformance-measure'
import { makeSample, type Sample } from '../conformance-models'
import { PENALTY, PYKAN, SPLINE, stretch } from '../conformance-runs'
import { wasm } from './engine'
import { WasmNetwork } from './network'

/** Large enough to be shared among threads; an odd number of rows, and layers of both kinds, with locks and formulas. */
const sample = makeSample({
  inputs: 9,
  layers: [
    { basis: SPLINE, nodes: 70 },
    { basis: { type: 'chebyshev', degree: 4 }, nodes: 30, locked: true },
    { basis: SPLINE, nodes: 1 },
  ],
  rows: 1201,
  seed: 5,
})
const ORDER = Uint32Array.from({ length: 1201 }, (_, k) => (k * 7) % 1201)

describe('threads', () => {
  it.each([
    ['a plain loss', sample, null, null],
    ['L1 and entropy', sample, PENALTY, null],
    ['batches in another order', sample, PENALTY, ORDER],
    ['pykan’s attribution', sample, PYKAN, null],
    ['nodes that were pruned', prunedSample(), PENALTY, null],
  ])('leave the same bits, however many there are, with %s', async (_, of, regularization, order) => {
    const [one, two, three] = await Promise.all([1, 2, 3].map((threads) => trained(of, threads, regularization, order)))
    expect(two).toEqual(one)
    expect(three).toEqual(one)
  })

  it.each([
    ['a plain loss', null],
    ['L1 and entropy', PENALTY],
    ['pykan’s attribution', PYKAN],
  ])('compute what the formulas say, with %s', async (_, regularization) => {
    const network = await compiled(2)
    const objective = { loss: 'mse', regularization } as const
    const data = network.load(sample.columns)
    network.pass(data, objective, 'both')
    await vi.waitUntil(() => network.workers === 1)
    const { inputs, targets } = sample
    const expected = lossAndGradient(sample.specification, sample.parameters, inputs, targets, objective)
    expectCloseTensors(
      network.lossAndGradient(data, objective).gradients,
      expected.gradients,
      TOLERANCES.float32.gradient,
    )
    network.dispose()
  })

  it('are as many as were asked for, and take part', async () => {
    const network = await compiled(3)
    expect(network.capabilities.threads).toBe(3)
    const data = network.load(sample.columns)
    network.train(data, stretch({}))
    await vi.waitUntil(() => network.workers === 2)
    network.dispose()
  })

  it('are not used for a network that one thread is quicker with', async () => {
    const small = makeSample({ inputs: 2, layers: [{ basis: SPLINE, nodes: 5 }], rows: 100, seed: 1 })
    const network = await wasm.compile(small.specification, small.parameters, { batch: 100, moments: null, threads: 8 })
    expect(network.capabilities.threads).toBe(1)
    network.dispose()
  })
})

/** Without two thirds of the nodes of the first layer, and one in three of the others' edges. */
function prunedSample(): Sample {
  const layers = sample.specification.layers.map((layer, l) => {
    const inputs = inputsOf(sample.specification, l)
    const edges = Array.from({ length: inputs * layer.nodes }, (_, e) => [e % inputs, Math.floor(e / inputs)] as const)
    return { ...layer, pruned: edges.filter(([input, output]) => (l === 0 ? output : input + output) % 3 > 0) }
  })
  return { ...sample, specification: { ...sample.specification, layers } }
}

async function compiled(threads: number, of = sample): Promise<WasmNetwork> {
  const options = { batch: 1201, moments: null, threads }
  const network = await wasm.compile(of.specification, of.parameters, options)
  if (!(network instanceof WasmNetwork)) throw new TypeError('not a network of the wasm engine')
  return network
}

/** Losses, numbers and scores after some steps, all workers being there. */
async function trained(of: Sample, threads: number, regularization: Regularization | null, order: Uint32Array | null) {
  const network = await compiled(threads, of)
  const data = network.load(sample.columns)
  const run = { regularization, order, batchSize: 500 }
  const first = network.train(data, stretch({ ...run, maxSteps: 1 }))
  await vi.waitUntil(() => network.workers === threads - 1)
  const later = network.train(data, stretch({ ...run, maxSteps: 5 }))
  const result = {
    losses: [...first.losses, ...later.losses],
    parameters: network.readParameters(),
    moments: network.readMoments(),
    outputs: network.forward(data),
    scores: network.edgeStatistics(data),
  }
  network.dispose()
  return result
}
