/** Tables that are hardly any, trained on and predicted as they are. */
import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../src-shared/contract/job'
import { predict } from './predict'
import { network, opened, runOptions, table } from './testing'

const LBFGS = { type: 'lbfgs', learningRate: 1, history: 10, maxIterations: 20 } as const

const doubled = (rows: number) => Array.from({ length: rows }, (_, k) => [k + 1, 2 * (k + 1)])

// Case D8.
describe('a table of a few rows', () => {
  it.each([
    [1, 1, 0],
    [2, 2, 0],
    [3, 3, 0],
    [5, 4, 1],
  ])('of %d trains on %d, validates on %d and never on none', async (rows, training, validating) => {
    const file = await table('x,y', doubled(rows))
    const data = dataSchema.parse({
      file,
      inputs: ['x'],
      targets: ['y'],
      split: { validation: 0.2 },
      scaling: 'standard',
    })
    const { session, train } = await opened({ model: network([1, 1]), data })
    const summary = await session.loadData(data)
    expect(summary.rows).toEqual({ train: training, validation: validating, test: 0 })
    expect(summary.notes.some((note) => note.startsWith('There is no validation'))).toBe(validating === 0)
    const end = await train(await runOptions({ steps: 30, optimizer: LBFGS }))
    if ('diverged' in end) throw new Error('it diverged')
    expect(end.train.loss).toBeLessThan(1e-6)
    expect(end.validation === null).toBe(validating === 0)
    if (end.validation !== null) expect(end.validation.loss).not.toBeNaN()
  })
})

// Case D13.
describe('a constant input and a constant target', () => {
  it.each(['standard', 'minmax'] as const)('scaled by %s are predicted as they are', async (scaling) => {
    const rows = Array.from({ length: 12 }, (_, k) => [7, 2 * ((k * 0.618) % 1) - 1, 4])
    const file = await table('x0,x1,y', rows)
    const data = dataSchema.parse({ file, inputs: ['x0', 'x1'], targets: ['y'], scaling })
    const { session, train } = await opened({ model: network([2, 1]), data })
    const { notes } = await session.loadData(data)
    expect(notes.filter((note) => note.includes('is constant'))).toHaveLength(2)
    await train(await runOptions({ steps: 20, optimizer: LBFGS }))
    const { model } = await session.snapshot()
    const { outputs, outside } = await predict({ model, file, engine: 'wasm', keep: [] })
    for (const value of outputs[0] ?? []) expect(Math.abs(value - 4)).toBeLessThan(1e-3)
    expect(outside).toEqual([])
  })
})

it('a logarithm of the target is undone in predictions and in the error', async () => {
  const rows = Array.from({ length: 40 }, (_, k) => [k / 10, Math.exp(k / 10)])
  const file = await table('x,y', rows)
  const data = dataSchema.parse({
    file,
    inputs: ['x'],
    targets: ['y'],
    columns: { y: { transform: 'log' } },
    scaling: 'minmax',
  })
  const { session, train } = await opened({ model: network([1, 1]), data })
  await train(await runOptions({ steps: 20, optimizer: LBFGS }))
  const { model } = await session.snapshot()
  const { outputs } = await predict({ model, file, engine: 'wasm', keep: [] })
  const errors = rows.map(([, y = 0], row) => (outputs[0]?.[row] ?? Number.NaN) - y)
  expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.5)
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / rows.length)
  expect(await session.evaluate()).toMatchObject({ train: { rmse: expect.closeTo(rmse, 4) } })
})
