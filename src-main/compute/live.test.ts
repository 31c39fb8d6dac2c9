import { describe, expect, it } from 'vitest'
import { apply } from '../../src-shared/kan/edits/apply'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Model } from '../../src-shared/kan/parameters'
import { forward } from '../../src-shared/numerics/network'
import { type LoadedData, loadData, trainingColumns } from './data/load'
import { Live, refuseMisfit } from './live'
import { hello, network } from './testing'

async function compiled() {
  const live = new Live(network([2, 3, 1]), 7)
  const data = await loadData(hello(50), null)
  return { live, data, compile: () => live.compile('wasm', 50, data) }
}

/** A stretch of full batches. */
const stretch = (maxSteps: number) =>
  ({
    objective: { loss: 'mse', regularization: null },
    optimizer: { type: 'adam', learningRate: () => 0.01, clipNorm: null },
    order: null,
    batchSize: 50,
    offset: 0,
    maxSteps,
    deadline: Number.POSITIVE_INFINITY,
  }) as const

describe('the live model', () => {
  it('is exactly what it was opened with until it trains, then what the engine holds', async () => {
    const { live, compile } = await compiled()
    const model = network([2, 3, 1])
    await compile()
    expect(live.model()).toEqual(model)
    const { network: engine, train } = await compile()
    engine.train(train, stretch(5))
    live.trained(12, null)
    expect(live.model().parameters).toEqual(engine.readParameters())
    expect(live.model().moments?.step).toBe(5)
    const parameters = live.model().parameters
    live.release()
    expect(live.model().parameters).toEqual(parameters)
  })

  it('is compiled once, and anew for other batches, data or shapes', async () => {
    const { live, data, compile } = await compiled()
    const first = await compile()
    expect(await compile()).toBe(first)
    expect(await live.compile('wasm', 20, data)).not.toBe(first)
    const again = await compile()
    expect(await live.compile('wasm', 50, { ...data })).not.toBe(again)
  })

  it('keeps its network through edits of masks and numbers, and computes with the edited model', async () => {
    const { live, data, compile } = await compiled()
    const { network: engine, train } = await compile()
    const edits: readonly Edit[] = [
      { type: 'prune', layer: 0, edges: [[0, 1]] },
      { type: 'freeze', layer: 1, edges: [[2, 0]] },
      { type: 'reset' },
    ]
    for (const edit of edits) {
      live.replace(apply(live.model(), edit).model)
      expect((await compile()).network).toBe(engine)
      expect(engine.forward(train)[0]).toBeCloseTo(expected(live.model(), data), 5)
    }
    live.replace(apply(live.model(), { type: 'set-width', layer: 0, nodes: 4 }).model)
    expect(live.network).toBeNull()
    expect((await compile()).network).not.toBe(engine)
  })

  it('goes back to earlier numbers and their step', async () => {
    const { live, compile } = await compiled()
    const { network: engine, train } = await compile()
    live.describe({ history: { step: 7 } })
    const { parameters, moments } = live.model()
    engine.train(train, stretch(5))
    live.trained(12, { best: 1, waited: 2, scale: 0.5 })
    live.rewind(parameters, moments, 7, null)
    expect(live.step).toBe(7)
    expect(live.model()).toEqual({
      specification: { ...network([2, 3, 1]).specification, history: { step: 7 } },
      parameters,
      moments,
    })
    expect(engine.readMoments().step).toBe(0)
  })

  it('that is too large leaves what was there', async () => {
    const { live, compile } = await compiled()
    const { network: engine } = await compile()
    const { specification } = live.model()
    const layers = specification.layers.map((layer) => ({ ...layer, nodes: 1_000_000 }))
    expect(() => live.replace({ ...live.model(), specification: { ...specification, layers } })).toThrow(/memory/)
    expect(live.network).toBe(engine)
    expect(live.specification).toBe(specification)
  })

  it('says in one sentence how a table does not fit', async () => {
    const { data } = await compiled()
    const misfit = (widths: readonly number[]) => {
      try {
        refuseMisfit(network(widths).specification, data)
        return null
      } catch (error) {
        return error
      }
    }
    expect(misfit([2, 1])).toBeNull()
    expect(misfit([1, 1])).toMatchObject({
      message:
        'The table has 2 inputs, the network 1: choose as many columns as the network has, or change the network.',
      exitCode: 2,
    })
    expect(misfit([2, 3])).toMatchObject({ message: expect.stringContaining('has 1 target, the network 3') })
  })
})

/** The reference's output for the first row. */
function expected({ specification, parameters }: Model, data: LoadedData): number {
  const inputs = Float64Array.from(trainingColumns(data).inputs, (column) => column[0] ?? Number.NaN)
  return forward(specification, parameters, inputs)[0] ?? Number.NaN
}
