import { describe, expect, it } from 'vitest'
import { specificationSchema } from '../../../../src-shared/kan/specification'
import { UserError } from '../../../../src-shared/user-error'
import { makeSample } from '../conformance-models'
import { wasm } from './engine'

const SPLINE = { type: 'spline', order: 3, intervals: 5 } as const

describe('a wasm network', () => {
  it('is refused before anything is allocated where it cannot fit', async () => {
    const specification = specificationSchema.parse({
      ...{ format: 1, name: 'huge' },
      inputs: [{ name: 'x' }, { name: 'y' }],
      outputs: [{ name: 'z' }],
      layers: [1e6, 1e6, 1].map((nodes) => ({ nodes, basis: SPLINE })),
    })
    const compiled = wasm.compile(specification, [], { batch: 1000, moments: null })
    await expect(compiled).rejects.toThrow(UserError)
    await expect(compiled).rejects.toThrow(/^The network needs \d+ TB of memory, more than the 4\.3 GB/)
  })

  it('may be larger than 64 MB', async () => {
    const specification = specificationSchema.parse({
      ...{ format: 1, name: 'large' },
      inputs: Array.from({ length: 300 }, (_, i) => ({ name: `x${i}` })),
      outputs: Array.from({ length: 1500 }, (_, j) => ({ name: `y${j}` })),
      layers: [{ nodes: 1500, basis: SPLINE, base: 'identity' }],
    })
    // Every output is its number plus the sum of the inputs.
    const parameters = {
      weights: new Float64Array(1500 * 300 * 8),
      baseScaler: new Float64Array(1500 * 300).fill(1),
      basisScaler: new Float64Array(1500 * 300),
      bias: Float64Array.from({ length: 1500 }, (_, j) => j),
      grid: Float64Array.from({ length: 300 * 12 }, (_, k) => k % 12),
      scale: null,
      symbolic: null,
    }
    const network = await wasm.compile(specification, [parameters], { batch: 1, moments: null })
    expect(network.memory()).toBeGreaterThan(64 * 2 ** 20)
    const column = Float64Array.of(0.5)
    const data = network.load({ rows: 1, inputs: Array(300).fill(column), targets: Array(1500).fill(column) })
    expect(network.forward(data)).toEqual(parameters.bias.map((bias) => bias + 150))
    network.dispose()
  })

  it('needs memory for a piece of the rows only, however large the batch', async () => {
    const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 500 }], rows: 3, seed: 1 })
    const network = await wasm.compile(sample.specification, sample.parameters, { batch: 10_000_000, moments: null })
    expect(network.memory()).toBeLessThan(100 * 2 ** 20)
    network.dispose()
  })

  it('allocates nothing while it trains', async () => {
    const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 20 }], rows: 700, seed: 1 })
    const network = await wasm.compile(sample.specification, sample.parameters, { batch: 700, moments: null })
    const data = network.load(sample.columns)
    const held = network.memory()
    network.train(data, stretch(20))
    expect(network.memory()).toBe(held)
    network.dispose()
  })

  it('trains on, once half of its nodes are pruned, as one that is compiled so: to the bit', async () => {
    const { specification, ...sample } = makeSample({
      inputs: 6,
      layers: [
        { basis: SPLINE, nodes: 40 },
        { basis: SPLINE, nodes: 20 },
        { basis: SPLINE, nodes: 1 },
      ],
      ...{ rows: 300, seed: 1 },
    })
    const edges = Array.from({ length: 6 * 40 }, (_, e) => [e % 6, Math.floor(e / 6)] as const)
    const pruned = edges.filter(([, output]) => output % 2 === 0)
    const [first, ...others] = specification.layers
    if (first === undefined) throw new RangeError('no layer')
    const half = { ...specification, layers: [{ ...first, pruned }, ...others] }
    const options = { batch: 300, moments: null }
    const live = await wasm.compile(specification, sample.parameters, options)
    live.train(live.load(sample.columns), stretch(5))
    const [parameters, moments] = [live.readParameters(), live.readMoments()]
    live.applyMasks(half)
    const fresh = await wasm.compile(half, parameters, { ...options, moments })
    for (const network of [live, fresh]) network.train(network.load(sample.columns), stretch(5))
    expect(live.readParameters()).toEqual(fresh.readParameters())
    expect(live.readMoments()).toEqual(fresh.readMoments())
    for (const network of [live, fresh]) network.dispose()
  })

  it('stops at a target whose square float32 cannot hold, and says that it is the loss', async () => {
    const sample = makeSample({ inputs: 1, layers: [{ basis: SPLINE, nodes: 1 }], rows: 3, seed: 1 })
    const network = await wasm.compile(sample.specification, sample.parameters, { batch: 3, moments: null })
    const columns = { ...sample.columns, targets: [Float64Array.of(0, 1e38, 1)] }
    const result = network.train(network.load(columns), stretch(5))
    expect(result).toMatchObject({ steps: 0, nonFinite: { layer: 0, tensor: 'loss' } })
    network.dispose()
  })

  it('names the layer whose outputs overflow, though every number of it is finite', async () => {
    const layers = [1, 2, 1].map((nodes) => ({ basis: SPLINE, base: 'identity' as const, nodes }))
    const sample = makeSample({ inputs: 1, layers, rows: 3, seed: 1 })
    const [first, second, third] = sample.parameters
    if (first === undefined || second === undefined || third === undefined) throw new RangeError('no third layer')
    const parameters = [
      { ...first, bias: Float64Array.of(1e20) },
      { ...second, baseScaler: Float64Array.of(1, 1e20) },
      third,
    ]
    const network = await wasm.compile(sample.specification, parameters, { batch: 3, moments: null })
    const { nonFinite } = network.train(network.load(sample.columns), stretch(1))
    expect(nonFinite).toEqual({ layer: 1, tensor: 'outputs' })
    network.dispose()
  })
})

function stretch(maxSteps: number) {
  return {
    objective: { loss: 'mse', regularization: null },
    optimizer: { type: 'adam', learningRate: () => 1e-3, clipNorm: null },
    ...{ order: null, batchSize: 1, offset: 0, maxSteps, deadline: Number.POSITIVE_INFINITY },
  } as const
}
