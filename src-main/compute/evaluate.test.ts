import { describe, expect, it } from 'vitest'
import { forward } from '../../src-shared/numerics/network'
import { loadData } from './data/load'
import { evaluateSplits } from './evaluate'
import { Live } from './live'
import { hello, network, table } from './testing'

describe('an evaluation', () => {
  it('is the loss on the scaled target, and an error in the target’s own unit', async () => {
    const rows = Array.from({ length: 20 }, (_, k) => [k, 500 + 30 * k + (k % 3)])
    const file = await table('x,y', rows)
    const data = await loadData({ file, inputs: ['x'], targets: ['y'], scaling: 'standard' }, null)
    const model = network([1, 2, 1])
    const compiled = await new Live(model, 0).compile('reference', 20, data)
    const [input, output] = [data.preprocessing.inputs[0], data.preprocessing.outputs[0]]
    if (input === undefined || input.type === 'category' || output === undefined) throw new Error('not scaled')

    const inputs = Float64Array.from(rows, ([x = 0]) => (x - input.center) / input.spread)
    const predicted = forward(model.specification, model.parameters, inputs)
    const squares = rows.map(([, y = 0], k) => ((predicted[k] ?? 0) * output.spread + output.center - y) ** 2)
    const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square) / 20)
    const { train, validation, test } = evaluateSplits(compiled, 'mse')
    if (!('rmse' in train)) throw new Error('no regression')
    expect(train.rmse).toBeCloseTo(rmse, 8)
    expect(train.rmse).toBeGreaterThan(10)
    expect(Math.sqrt(train.loss)).toBeCloseTo(rmse / output.spread, 10)
    expect([validation, test]).toEqual([null, null])
  })

  it('covers each split with its own rows', async () => {
    const data = await loadData(hello(100, { validation: 0.3, test: 0.2 }), null)
    const compiled = await new Live(network([2, 1]), 0).compile('wasm', 50, data)
    const { train, validation, test } = evaluateSplits(compiled, 'mse')
    const losses = [train, validation, test].map((metrics) => metrics?.loss)
    expect(new Set(losses).size).toBe(3)
    const memory = compiled.network.memory()
    evaluateSplits(compiled, 'mse')
    expect(compiled.network.memory()).toBe(memory)
  })
})
