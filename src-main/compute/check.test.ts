import { describe, expect, it } from 'vitest'
import type { CheckOptions } from '../../src-shared/contract/compute'
import { regularizationSchema } from '../../src-shared/contract/job'
import type { Model } from '../../src-shared/kan/parameters'
import { forward, lossAndGradient } from '../../src-shared/numerics/network'
import { check } from './check'
import { network, table } from './testing'

const rows = Array.from({ length: 30 }, (_, k) => [((k * 0.618) % 2) - 1, ((k * 0.7548) % 2) - 1, Math.sin(k)])
const regularization = regularizationSchema.parse({ type: 'better_kan', lambda: 0.1 })

async function checked(model: Model, wishes: Partial<CheckOptions> = {}) {
  const file = await table('a,b,f', rows)
  return check({ model, file, inputs: ['a', 'b'], targets: ['f'], regularization: null, engine: 'all', ...wishes })
}

/** A network in which a value of the first layer's weights is another one. */
function withWeight(value: number): Model {
  const model = network([2, 3, 1])
  const [first, ...others] = model.parameters
  if (first === undefined) throw new Error('no layer')
  return { ...model, parameters: [{ ...first, weights: first.weights.with(0, value) }, ...others] }
}

describe('a check', () => {
  it('gives the reference’s terms and each engine’s largest errors', async () => {
    const model = network([2, 3, 1])
    const result = await checked(model, { regularization })
    const reference = lossAndGradient(
      model.specification,
      model.parameters,
      Float64Array.from(rows.flatMap(([a = 0, b = 0]) => [a, b])),
      Float64Array.from(rows.map(([, , f = 0]) => f)),
      { loss: 'mse', regularization },
    )
    expect(result.loss).toBe(reference.loss)
    expect(result.regularization).toBe(reference.regularization)
    expect(result.regularization).toBeGreaterThan(0)
    // And whatever else is installed here.
    expect(Object.keys(result.engines)).toEqual(expect.arrayContaining(['reference', 'wasm']))
    expect(result.engines.reference).toEqual({ output: 0, loss: 0, regularization: 0, gradients: 0 })
    for (const error of Object.values(result.engines.wasm ?? {})) expect(error).toBeLessThan(1e-4)
    expect(result.engines.wasm?.output).toBeGreaterThan(0)
  })

  it('hands out what the engine that was asked for computed', async () => {
    const model = network([2, 3, 1])
    const { values, loss, engines } = await checked(model, { engine: 'reference', regularization })
    expect(Object.keys(engines)).toEqual(['reference'])
    expect(values).toMatchObject({ engine: 'reference', rows: 30, loss })
    expect(values.output).toHaveLength(30)
    expect(values.gradients.map(({ weights, bias }) => [weights.length, bias?.length])).toEqual([
      [48, 3],
      [24, 1],
    ])
  })

  it('leaves regularisation out of the loss, and calls the error of a zero tensor 0', async () => {
    const [plain, regularized] = [
      await checked(network([2, 3, 1])),
      await checked(network([2, 3, 1]), { regularization }),
    ]
    expect(plain.loss).toBe(regularized.loss)
    expect(plain.regularization).toBe(0)
    expect(plain.engines.wasm?.regularization).toBe(0)
    expect(plain.values.gradients).not.toEqual(regularized.values.gradients)
  })

  it('sets rounding aside where a network fits nearly perfectly, and what is printed stays what it is', async () => {
    const model = network([2, 3, 1])
    const inputs = Float64Array.from(rows.flatMap(([a = 0, b = 0]) => [a, b]))
    const output = forward(model.specification, model.parameters, inputs)
    const [near, far] = await Promise.all(
      [1e-7, 1].map(async (error) => {
        const fitted = rows.map(([a = 0, b = 0], k) => [a, b, (output[k] as number) + error * Math.cos(7 * k)])
        const file = await table('a,b,f', fitted)
        return check({ model, file, ...{ inputs: ['a', 'b'], targets: ['f'], regularization: null, engine: 'all' } })
      }),
    )
    expect(near?.engines.wasm?.gradients).toBeGreaterThan(1e-4)
    expect(near?.engines.wasm?.loss).toBeGreaterThan(2e-5)
    expect(near?.beyondRounding.wasm?.gradients).toBeLessThan(1e-4)
    expect(near?.beyondRounding.wasm?.loss).toBeLessThan(2e-5)
    expect(near?.beyondRounding.reference).toEqual(near?.engines.reference)
    expect(far?.engines.wasm?.gradients).toBeLessThan(1e-4)
    expect(far?.beyondRounding.wasm?.output).toBe(far?.engines.wasm?.output)
  })

  it('takes nothing that is not rounding for it', async () => {
    const { engines, beyondRounding } = await checked(withWeight(1e39))
    expect(beyondRounding.wasm).toEqual(engines.wasm)
  })

  it('calls an engine that computes no number as wrong as can be', async () => {
    const { engines, loss } = await checked(withWeight(1e39))
    expect(loss).toBeGreaterThan(1e60)
    expect(engines.wasm?.loss).toBe(Number.POSITIVE_INFINITY)
  })

  it('scales the table as the model was trained', async () => {
    const model = network([2, 3, 1])
    const plain = (column: string) => ({ column, center: 0, spread: 1 })
    const preprocessing = {
      scaling: 'standard' as const,
      inputs: [plain('a'), plain('b')],
      outputs: [{ column: 'f', center: 0, spread: 10 }],
    }
    const scaled = await checked({ ...model, specification: { ...model.specification, preprocessing } })
    expect(scaled.loss).not.toBe((await checked(model)).loss)
    expect(scaled.values.output).toEqual((await checked(model)).values.output)
  })

  it('matches columns by position, and refuses another number of them with status 2', async () => {
    const model = network([2, 3, 1])
    const swapped = await checked(model, { inputs: ['b', 'a'] })
    expect(swapped.loss).not.toBe((await checked(model)).loss)
    await expect(checked(model, { inputs: ['a'] })).rejects.toMatchObject({
      message: expect.stringContaining('The table has 1 input, the network 2'),
      exitCode: 2,
    })
    await expect(checked(model, { inputs: ['a', 'c'] })).rejects.toThrow(/'?c'?/)
  })
})
