/** What a session refuses, and how it stops when numbers run away. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { POINT_SIZE } from '../../src-shared/contract/telemetry'
import { apply } from '../../src-shared/kan/edits/apply'
import { UserError } from '../../src-shared/user-error'
import { readModel } from '../files/model'
import { hello, network, newSession, opened, runOptions, table } from './testing'
import { hasFiniteParameters } from './training/finite'

describe('a run that diverges', () => {
  it('stops, says where, gives the last finite numbers back, and learns at a lower rate', async () => {
    const { session, events, train } = await opened()
    await session.step(await runOptions(), 20)
    const options = await runOptions({ learningRate: 1e30, until: 500 })
    const end = await train(options)
    const message = 'diverged' in end ? end.diverged.message : ''
    expect(message).toMatch(/not finite at step \d+ \(first in layer \d, [a-z_]+\): a learning rate lower than 1e\+30/)

    const { model, step } = await session.snapshot()
    expect(hasFiniteParameters(model)).toBe(true)
    expect(message).toContain(`the parameters are those of step ${step}.`)
    expect((await session.evaluate()).train.loss).toBeLessThan(10)
    const kept = await readModel(join(options.folder, 'checkpoint.kan'))
    expect(kept.parameters).toEqual(model.parameters)
    expect(kept.specification.history?.step).toBe(step)
    await events.until(() => events.frames.at(-1)?.state.type === 'diverged')
    for (const { points } of events.frames) {
      expect(points.filter((_, k) => k % POINT_SIZE === 1).every(Number.isFinite)).toBe(true)
    }

    const calm = await train(await runOptions({ learningRate: 0.001, until: step + 20 }))
    expect(calm).toMatchObject({ steps: step + 20, train: { loss: expect.any(Number) } })
  })

  it('is noticed at its very last update', async () => {
    const { session, train } = await opened()
    const end = await train(await runOptions({ learningRate: 1e38, steps: 1 }))
    expect(end).toMatchObject({ diverged: { message: expect.stringContaining('at step 1 (first in layer 1') } })
    expect((await session.snapshot()).step).toBe(0)
  })

  it('is noticed when it is paused, and a step by hand says so too', async () => {
    const { session, events } = await opened()
    await session.step(await runOptions({ learningRate: 1e38, until: 500 }), 1)
    expect(events.ends).toEqual([
      { diverged: { message: expect.stringContaining('not finite at step 1'), lowerRate: true } },
    ])
    expect(hasFiniteParameters((await session.snapshot()).model)).toBe(true)
  })

  it('is not blamed on the learning rate before anything was learnt', async () => {
    const { train } = await opened()
    const end = await train(await runOptions({ lambda: 1e300 }))
    const message = expect.stringMatching(/at step 0 .* lambda are too large for float32, so make/)
    expect(end).toEqual({ diverged: { lowerRate: false, message } })
  })

  it.each(['wasm', 'reference'] as const)('is blamed on the formula that has no value (%s)', async (engine) => {
    const formula = { function: 'log', a: 1, b: 0.5, c: 1, d: 0 } as const
    const { model } = apply(network([2, 3, 1]), { type: 'set-symbolic', layer: 0, edge: [1, 2], formula })
    const { train } = await opened({ model })
    const end = await train(await runOptions({ engine }))
    expect(end).toEqual({
      diverged: {
        lowerRate: false,
        message: expect.stringMatching(
          /at step 0 \(first in layer 1, outputs\) because the edge x1 → h₃ asks for log of -0\.\d+, which it has no value for: give/,
        ),
      },
    })
  })

  it('is blamed on the cell of the table that no loss can hold', async () => {
    const rows = Array.from({ length: 12 }, (_, k) => [k / 12, k === 7 ? 1e38 : k / 12])
    const file = await table('dose,response', rows)
    const data = { file, inputs: ['dose'], targets: ['response'], scaling: 'none' as const }
    const { train } = await opened({ model: network([1, 2, 1]), data })
    const end = await train(await runOptions())
    expect(end).toEqual({
      diverged: {
        lowerRate: false,
        message: expect.stringMatching(
          /at step 0 .* because row 8 of column “response” holds 1\.00e\+38, .*scale the data/,
        ),
      },
    })
  })

  it('is not what an absolute error does where a square is too large', async () => {
    const rows = Array.from({ length: 12 }, (_, k) => [k / 12, k === 7 ? 1e30 : k / 12])
    const file = await table('dose,response', rows)
    const data = { file, inputs: ['dose'], targets: ['response'], scaling: 'none' as const }
    const { train } = await opened({ model: network([1, 2, 1]), data })
    expect(await train(await runOptions({ steps: 20 }))).toMatchObject({
      diverged: { message: expect.stringContaining('row 8') },
    })
    for (const loss of ['mae', 'huber'] as const) {
      const { session, train } = await opened({ model: network([1, 2, 1]), data })
      expect(await train(await runOptions({ loss, steps: 20 }))).toMatchObject({ steps: 20 })
      expect(hasFiniteParameters((await session.snapshot()).model)).toBe(true)
    }
  })
})

describe('what cannot be', () => {
  it('is refused in one sentence before anything is allocated', async () => {
    const { specification } = network([2, 3, 1])
    const huge = {
      ...specification,
      layers: specification.layers.map((layer, l) => (l === 0 ? { ...layer, nodes: 100_000_000 } : layer)),
    }
    const model = { specification: huge, parameters: [], moments: null }
    const file = await table('x,y,f', [[0, 0, 0]])
    const { session } = newSession()
    const rss = process.memoryUsage().rss
    const sentence =
      /^The network \[2, 100000000, 1\] would need about [\d.]+ TB of memory to train, more than the 4 GB/
    await expect(session.open(model, 0, null)).rejects.toThrow(sentence)
    await expect(session.predict({ model, file, engine: 'auto', keep: [] })).rejects.toThrow(sentence)
    const columns = { inputs: ['x', 'y'], targets: ['f'], regularization: null }
    await expect(session.check({ model, file, ...columns, engine: 'all' })).rejects.toThrow(sentence)
    expect(process.memoryUsage().rss - rss).toBeLessThan(500e6)
  })

  it('says that data are missing, and what of them does not fit', async () => {
    const { session } = newSession()
    await session.open(network([3, 2, 1]), 0, null)
    await expect(session.start(await runOptions())).rejects.toThrow('There are no data to train on')
    await expect(session.evaluate()).rejects.toThrow(UserError)
    await session.loadData(hello())
    await expect(session.start(await runOptions())).rejects.toMatchObject({
      message: expect.stringContaining('The table has 2 inputs, the network 3'),
      exitCode: 2,
    })
    await expect(
      session.loadData({
        ...hello(),
        generator: 'formula',
        formula: 'x +',
        inputs: ['x'],
        range: [0, 1],
        noise: 0,
      } as never),
    ).rejects.toThrow(UserError)
  })

  it('names the run’s folder where it cannot be written', async () => {
    const { session } = await opened()
    const file = await table('x', [[1]])
    const folder = join(file, 'runs')
    await expect(session.start(await runOptions({ folder }))).rejects.toThrow(
      new UserError(`Cannot save ${folder}: a part of the path is a file, not a folder.`),
    )
  })
})
