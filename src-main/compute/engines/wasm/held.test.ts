import { describe, expect, it } from 'vitest'
import { makeSample } from '../conformance-models'
import { PENALTY } from '../conformance-runs'
import type { Network } from '../engine'
import { wasm } from './engine'

const SPLINE = { type: 'spline', order: 3, intervals: 5 } as const
const RBF = { type: 'rbf', centers: 5, kernel: 'gaussian' } as const

const ROWS = 700

function sampleOf(basis: typeof SPLINE | typeof RBF) {
  return makeSample({
    inputs: 4,
    layers: [
      { basis, nodes: 9 },
      { basis, nodes: 1 },
    ],
    rows: ROWS,
    seed: 1,
  })
}

/** Trains a live network after a change, and one that is compiled with its numbers of then: both must hold the same bits. */
async function expectAsFresh(live: Network, sample: ReturnType<typeof sampleOf>, columns = sample.columns) {
  const fresh = await wasm.compile(sample.specification, live.readParameters(), {
    batch: ROWS,
    moments: live.readMoments(),
  })
  for (const network of [live, fresh]) network.train(network.load(columns), stretch(3))
  expect(live.readParameters()).toEqual(fresh.readParameters())
  fresh.dispose()
}

describe.each([SPLINE, RBF])("what the first layer made of a table's rows ($type)", (basis) => {
  const sample = sampleOf(basis)

  it('is made again for other rows, even where they lie in the same place', async () => {
    const live = await wasm.compile(sample.specification, sample.parameters, { batch: ROWS, moments: null })
    const data = live.load(sample.columns)
    live.train(data, stretch(3))
    data.dispose()
    const inputs = sample.columns.inputs.map((column) => Float64Array.from(column, (value) => -0.7 * value))
    await expectAsFresh(live, sample, { ...sample.columns, inputs })
    live.dispose()
  })

  it('is made again once a grid has moved', async () => {
    const live = await wasm.compile(sample.specification, sample.parameters, { batch: ROWS, moments: null })
    const data = live.load(sample.columns)
    live.train(data, stretch(3))
    const [first] = live.readParameters()
    if (first === undefined || first.grid === null) throw new RangeError('no grid')
    live.writeLayer(0, { ...first, grid: Float64Array.from(first.grid, (knot) => 1.3 * knot + 0.1) })
    const fresh = await wasm.compile(sample.specification, live.readParameters(), {
      batch: ROWS,
      moments: live.readMoments(),
    })
    live.train(data, stretch(3))
    fresh.train(fresh.load(sample.columns), stretch(3))
    expect(live.readParameters()).toEqual(fresh.readParameters())
    for (const network of [live, fresh]) network.dispose()
  })

  it('is made again where an input that was pruned away comes back', async () => {
    const { specification } = sample
    const [first, ...others] = specification.layers
    if (first === undefined) throw new RangeError('no layer')
    const pruned = Array.from({ length: 9 }, (_, output) => [1, output] as const)
    const without = { ...specification, layers: [{ ...first, pruned }, ...others] }
    const live = await wasm.compile(without, sample.parameters, { batch: ROWS, moments: null })
    const data = live.load(sample.columns)
    live.train(data, stretch(3))
    live.applyMasks(specification)
    const fresh = await wasm.compile(specification, live.readParameters(), { batch: ROWS, moments: live.readMoments() })
    live.train(data, stretch(3))
    fresh.train(fresh.load(sample.columns), stretch(3))
    expect(live.readParameters()).toEqual(fresh.readParameters())
    for (const network of [live, fresh]) network.dispose()
  })

  it('outlasts what goes through the network between two steps', async () => {
    const live = await wasm.compile(sample.specification, sample.parameters, { batch: ROWS, moments: null })
    const calm = await wasm.compile(sample.specification, sample.parameters, { batch: ROWS, moments: null })
    const [data, same] = [live.load(sample.columns), calm.load(sample.columns)]
    const other = live.load({
      ...sample.columns,
      inputs: sample.columns.inputs.map((column) => column.map((x) => x / 2)),
    })
    for (let k = 0; k < 3; k++) {
      live.train(data, stretch(1))
      calm.train(same, stretch(1))
      live.loss(other, 'mse')
      live.forward(other)
      live.edgeStatistics(other)
      live.lossAndGradient(other, { loss: 'mse', regularization: PENALTY })
      live.lossAndGradient(data, { loss: 'mse', regularization: PENALTY })
    }
    expect(live.readParameters()).toEqual(calm.readParameters())
    for (const network of [live, calm]) network.dispose()
  })
})

function stretch(maxSteps: number) {
  return {
    objective: { loss: 'mse', regularization: null },
    optimizer: { type: 'adam', learningRate: () => 1e-2, clipNorm: null },
    ...{ order: null, batchSize: ROWS, offset: 0, maxSteps, deadline: Number.POSITIVE_INFINITY },
  } as const
}
