import { describe, expect, it, vi } from 'vitest'
import { largestError } from '../../../../src-shared/golden/error'
import { random } from '../../../../src-shared/numerics/random'
import { compileMlp, type MlpTensors, mlpParameterCount } from './mlp'

/** Rows and panels that are no multiples of anything, one that fills every block, and more than one block of each kind. */
const SHAPES = [
  { inputs: 1, hidden: 1, rows: 1 },
  { inputs: 3, hidden: 10, rows: 5 },
  { inputs: 5, hidden: 16, rows: 96 },
  { inputs: 11, hidden: 300, rows: 131 },
  { inputs: 7, hidden: 21, rows: 257 },
]

describe('the perceptron', () => {
  it.each(SHAPES)('computes losses and gradients of the formulas: %o', async (shape) => {
    const mlp = await compileMlp(shape, 1)
    const table = tableOf(shape.inputs, shape.rows)
    const data = mlp.load(table)
    const expected = formulas(mlp.read('parameters'), table)
    expect(largestError([mlp.forward(data)], [expected.loss])).toBeLessThan(1e-5)
    expect(largestError([mlp.gradient(data)], [expected.loss])).toBeLessThan(1e-5)
    const gradient = mlp.read('gradient')
    for (const name of ['weights', 'bias', 'outputWeights'] as const) {
      expect(largestError(gradient[name], expected.gradient[name])).toBeLessThan(1e-4)
    }
    expect(largestError([gradient.outputBias], [expected.gradient.outputBias])).toBeLessThan(1e-4)
  })

  it('takes fewer rows than it was made for, one table after the other', async () => {
    const mlp = await compileMlp({ inputs: 4, hidden: 20, rows: 200 }, 2)
    for (const rows of [200, 3, 100]) {
      const table = tableOf(4, rows)
      const data = mlp.load(table)
      expect(largestError([mlp.forward(data)], [formulas(mlp.read('parameters'), table).loss])).toBeLessThan(1e-5)
      data.dispose()
    }
    expect(() => mlp.load(tableOf(4, 201))).toThrow(RangeError)
  })

  it('leaves the same bits, however many threads share it', async () => {
    const trained = async (threads: number) => {
      const mlp = await compileMlp({ inputs: 6, hidden: 700, rows: 150 }, 5, threads)
      const data = mlp.load(tableOf(6, 150))
      mlp.step(data, 0.01)
      await vi.waitUntil(() => mlp.workers === threads - 1)
      for (let step = 0; step < 5; step++) mlp.step(data, 0.01)
      const result = mlp.read('parameters')
      mlp.dispose()
      return result
    }
    const one = await trained(1)
    expect(await trained(2)).toEqual(one)
    expect(await trained(3)).toEqual(one)
  })

  it("begins with PyTorch's ranges", async () => {
    const { weights, outputWeights } = (await compileMlp({ inputs: 4, hidden: 900, rows: 1 }, 3)).read('parameters')
    expect(Math.max(...weights.map(Math.abs))).toBeCloseTo(1 / 2, 2)
    expect(Math.max(...outputWeights.map(Math.abs))).toBeCloseTo(1 / 30, 3)
  })

  it('moves every number by the learning rate in its first step, as Adam does, and learns', async () => {
    const mlp = await compileMlp({ inputs: 3, hidden: 40, rows: 64 }, 4)
    const data = mlp.load(tableOf(3, 64))
    const before = mlp.read('parameters')
    const first = mlp.step(data, 0.01)
    const gradient = mlp.read('gradient')
    const expected = before.weights.map((weight, k) => weight - 0.01 * Math.sign(gradient.weights[k] ?? 0))
    expect(largestError(mlp.read('parameters').weights, expected)).toBeLessThan(1e-3)
    for (let step = 0; step < 200; step++) mlp.step(data, 0.01)
    expect(mlp.forward(data)).toBeLessThan(0.2 * first)
  })

  it('counts what trains: 1020001 in the benchmark', () => {
    expect(mlpParameterCount({ inputs: 100, hidden: 10_000 })).toBe(1_020_001)
  })
})

function tableOf(inputs: number, rows: number) {
  const next = random(rows, 'table')
  const columns = Array.from({ length: inputs }, () => Float32Array.from({ length: rows }, () => 2 * next() - 1))
  const target = Float32Array.from({ length: rows }, (_, row) => 0.5 + 0.4 * Math.sin(3 * (columns[0]?.[row] ?? 0)))
  return { rows, inputs: columns, targets: [target] }
}

/** The same in float64, one number after the other. */
function formulas(parameters: MlpTensors, { rows, inputs, targets }: ReturnType<typeof tableOf>) {
  const hidden = parameters.bias.length
  const gradient = {
    weights: new Float64Array(parameters.weights.length),
    bias: new Float64Array(hidden),
    outputWeights: new Float64Array(hidden),
    outputBias: 0,
  }
  let loss = 0
  for (let row = 0; row < rows; row++) {
    const unit = Array.from(parameters.bias, (bias, h) =>
      inputs.reduce((sum, column, i) => sum + (column[row] ?? 0) * (parameters.weights[i * hidden + h] ?? 0), bias),
    )
    const z = unit.reduce(
      (sum, value, h) => sum + Math.max(0, value) * (parameters.outputWeights[h] ?? 0),
      parameters.outputBias,
    )
    const p = 1 / (1 + Math.exp(-z))
    const error = p - (targets[0]?.[row] ?? 0)
    loss += error ** 2 / rows
    const flow = ((2 * error) / rows) * p * (1 - p)
    gradient.outputBias += flow
    unit.forEach((value, h) => {
      if (value <= 0) return
      gradient.outputWeights[h] = (gradient.outputWeights[h] ?? 0) + flow * value
      const back = flow * (parameters.outputWeights[h] ?? 0)
      gradient.bias[h] = (gradient.bias[h] ?? 0) + back
      inputs.forEach((column, i) => {
        gradient.weights[i * hidden + h] = (gradient.weights[i * hidden + h] ?? 0) + back * (column[row] ?? 0)
      })
    })
  }
  return { loss, gradient }
}
