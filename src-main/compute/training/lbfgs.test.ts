import { describe, expect, it } from 'vitest'
import { goldenArray, goldenBatch, goldenModel } from '../../../src-shared/golden/golden'
import type { LbfgsState } from '../../../src-shared/numerics/lbfgs'
import { random, shuffle } from '../../../src-shared/numerics/random'
import { makeSample } from '../engines/conformance-models'
import { CHEBYSHEV, layersOf, PENALTY, SPLINE } from '../engines/conformance-runs'
import type { Engine, Lbfgs, Stretch } from '../engines/engine'
import { reference } from '../engines/reference/engine'
import { wasm } from '../engines/wasm/engine'
import { trainLbfgs } from './lbfgs'

function stretch(wishes: Partial<Stretch<Lbfgs>> = {}): Stretch<Lbfgs> {
  return {
    objective: { loss: 'mse', regularization: null },
    optimizer: { type: 'lbfgs', learningRate: () => 1, history: 10, maxIterations: 20 },
    ...{ order: null, batchSize: 1, offset: 0, maxSteps: 1, deadline: Number.POSITIVE_INFINITY },
    ...wishes,
  }
}

async function compiled(engine: Engine, { locked = false, rows = 40 } = {}) {
  const layers = layersOf(SPLINE).map((layer) => ({ ...layer, locked }))
  const sample = makeSample({ inputs: 3, layers, rows, seed: 4 })
  const network = await engine.compile(sample.specification, sample.parameters, { batch: rows, moments: null })
  return { sample, network, data: network.load(sample.columns) }
}

describe('training by L-BFGS', () => {
  it('in float64 loses what the original program lost', async () => {
    const { specification, parameters } = goldenModel('spline')
    const { inputs, targets } = goldenBatch('spline')
    const network = await reference.compile(specification, parameters, { batch: 7, moments: null })
    const column = (values: Float64Array, c: number, width: number) => values.filter((_, k) => k % width === c)
    const data = network.load({
      rows: 7,
      inputs: [0, 1, 2].map((c) => column(inputs, c, 3)),
      targets: [0, 1].map((c) => column(targets, c, 2)),
    })
    const { losses } = trainLbfgs(network, data, stretch({ maxSteps: 3 }), null).result
    const golden = goldenArray('spline', 'lbfgs_losses_at_start_of_step')
    losses.forEach((loss, step) => {
      const expected = golden[step] as number
      expect(Math.abs(loss - expected)).toBeLessThanOrEqual(Math.max(1e-8 * expected, 1e-14))
    })
  })

  it.each([reference, wasm])(
    'minimises the loss with its regularisation, in each step further ($name)',
    async (engine) => {
      const { network, data } = await compiled(engine)
      const objective = { loss: 'mse', regularization: PENALTY } as const
      const { result } = trainLbfgs(network, data, stretch({ objective, maxSteps: 6 }), null)
      expect(result).toMatchObject({ steps: 6, nonFinite: null })
      const { losses, regularizations } = result
      for (let step = 1; step < 6; step++) expect(losses[step]).toBeLessThan(losses[step - 1] as number)
      expect(losses[5]).toBeLessThan((losses[0] as number) / 10)
      expect(regularizations.every((value, step) => value > 0 && value < (losses[step] as number))).toBe(true)
      const { loss, regularization } = network.lossAndGradient(data, objective)
      expect(loss + regularization).toBeLessThan(losses[5] as number)
    },
  )

  it.each([reference, wasm])('goes on from its state to the bit, in minibatches too ($name)', async (engine) => {
    const order = shuffle(40, random(2))
    const run = async (parts: readonly number[]) => {
      const { network, data } = await compiled(engine, { locked: true })
      let state: LbfgsState | null = null
      const losses: number[] = []
      for (const maxSteps of parts) {
        const done = trainLbfgs(
          network,
          data,
          stretch({ order, batchSize: 8, offset: 8 * losses.length, maxSteps }),
          state,
        )
        state = structuredClone(done.state)
        losses.push(...done.result.losses)
      }
      return { losses, state, parameters: network.readParameters() }
    }
    const whole = await run([5])
    expect(whole.losses).toHaveLength(5)
    expect(await run([2, 1, 2])).toEqual(whole)
  })

  it.each([reference, wasm])('makes no step whose first loss is not finite, and says where ($name)', async (engine) => {
    const { network, data } = await compiled(engine)
    const [first, ...others] = network.readParameters()
    if (first === undefined) throw new RangeError('no layer')
    const bias = first.bias?.map((value, j) => (j === 1 ? Number.NaN : value)) ?? null
    network.writeParameters([{ ...first, bias }, ...others], null)
    const before = network.readParameters()
    const { result, state } = trainLbfgs(network, data, stretch({ maxSteps: 3 }), null)
    expect(result).toMatchObject({ steps: 0, nonFinite: { layer: 0, tensor: 'bias' } })
    expect(state).toBeNull()
    expect(network.readParameters()).toEqual(before)
  })

  it.each([reference, wasm])('comes back from where the network overflows ($name)', async (engine) => {
    const sample = makeSample({
      inputs: 2,
      layers: [{ basis: CHEBYSHEV, base: 'identity', nodes: 2 }],
      rows: 9,
      seed: 3,
    })
    const network = await engine.compile(sample.specification, sample.parameters, { batch: 9, moments: null })
    const data = network.load(sample.columns)
    const optimizer: Lbfgs = { type: 'lbfgs', learningRate: () => 1e200, history: 10, maxIterations: 100 }
    const { result } = trainLbfgs(network, data, stretch({ optimizer, maxSteps: 4 }), null)
    expect(result).toMatchObject({ steps: 4, nonFinite: null })
    expect(network.readVector().every(Number.isFinite)).toBe(true)
    expect(network.loss(data, 'mse')).toBeLessThanOrEqual(result.losses[0] as number)
  })

  it('stops at a target whose square float32 cannot hold', async () => {
    const { sample, network } = await compiled(wasm)
    const targets = sample.columns.targets.map((column) => column.map((value, row) => (row === 5 ? 1e38 : value)))
    const data = network.load({ ...sample.columns, targets })
    const { result } = trainLbfgs(network, data, stretch(), null)
    expect(result).toMatchObject({ steps: 0, nonFinite: { layer: 2, tensor: 'loss' } })
  })
})
