/** A session that trains by L-BFGS: how well, on which numbers, and with what it goes on. */
import { describe, expect, it } from 'vitest'
import type { RunOptions, Snapshot } from '../../src-shared/contract/compute'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { EdgeIndex } from '../../src-shared/kan/specification'
import { hello, lossesOf, metricsOf, network, opened, resumed, runOptions } from './testing'

const LBFGS = { type: 'lbfgs', learningRate: 1, history: 10, maxIterations: 20 } as const

const byLbfgs = (wishes: Parameters<typeof runOptions>[0] = {}) => runOptions({ ...wishes, optimizer: LBFGS })

const parameters = ({ model }: Snapshot) => model.parameters

describe('L-BFGS', () => {
  it('fits hello to an error of 1.1e-3 on rows that it has not seen', async () => {
    const data = hello(2000, { test: 0.5 })
    for (const seed of [0, 1]) {
      const { session, train } = await opened({ model: network([2, 5, 1], seed), data })
      const options = await byLbfgs({ steps: 100 })
      const end = await train(options)
      expect(end).toMatchObject({ steps: 100, test: { rmse: expect.any(Number) } })
      const { test } = await session.evaluate()
      expect(test !== null && 'rmse' in test && test.rmse).toBeLessThan(1.1e-3)
      expect((await metricsOf(options.folder)).map(({ step }) => step)).toEqual(
        Array.from({ length: 101 }, (_, step) => step),
      )
    }
  })

  it.each([null, 48])(
    'ends at the same numbers to the bit, paused and watched or not, with batches of %s',
    async (batchSize) => {
      const wishes = { steps: 30, batchSize, lambda: 0.001 }
      const whole = await opened()
      const first = await byLbfgs(wishes)
      await whole.train(first)
      const { session, train } = await opened()
      const other = await byLbfgs(wishes)
      await session.step(other, 11)
      await session.distribution(1, 0)
      await session.evaluate()
      await session.edit({ type: 'rename', name: 'other' })
      await train(other)
      expect(parameters(await session.snapshot())).toEqual(parameters(await whole.session.snapshot()))
      expect(await lossesOf(other.folder)).toEqual(await lossesOf(first.folder))
    },
  )

  // Case V4.
  it.each([null, 48])('goes on from its folder as if it had not stopped, with batches of %s', async (batchSize) => {
    const wishes = { steps: 60, batchSize, lambda: 0.001 }
    const data = hello(200, { validation: 0.2 })
    const whole = await opened({ data })
    const wholeRun = await byLbfgs(wishes)
    await whole.train(wholeRun)

    const half = await opened({ data })
    const run = await byLbfgs(wishes)
    await half.session.step(run, 30)
    await half.session.close()
    const { session, events, step } = await resumed(run.folder, data)
    expect(step).toBe(30)
    await session.start(run)
    await events.until(() => events.ends[0])
    expect(parameters(await session.snapshot())).toEqual(parameters(await whole.session.snapshot()))
    expect(await lossesOf(run.folder)).toEqual(await lossesOf(wholeRun.folder))
  })

  it('begins afresh after Adam, and Adam after it', async () => {
    const { session } = await opened()
    const folder = (await runOptions()).folder
    const adam = await runOptions({ folder, steps: 100 })
    const lbfgs: RunOptions = { ...(await byLbfgs({ steps: 100 })), folder }
    await session.step(adam, 20)
    expect((await session.snapshot()).model.moments?.step).toBe(20)
    await session.step(lbfgs, 3)
    const after = await session.snapshot()
    expect(after.model.moments).toBeNull()
    await session.step(adam, 5)
    const mixed = await session.snapshot()
    expect(mixed.model.moments?.step).toBe(5)

    const fresh = await opened({ model: after.model })
    await fresh.session.step(await runOptions({ steps: 100 }), 5)
    expect(parameters(mixed)).toEqual(parameters(await fresh.session.snapshot()))
    expect((await metricsOf(folder)).map(({ step }) => step)).toEqual(Array.from({ length: 29 }, (_, step) => step))
  })

  it('stops at a loss that is not finite with the numbers before it', async () => {
    const model = network([2, 3, 1])
    const { session, train } = await opened({ model })
    const broken = model.parameters.map((layer, l) => (l === 1 ? { ...layer, bias: Float64Array.of(1e30) } : layer))
    await session.open({ ...model, parameters: broken }, 0, null)
    const end = await train(await byLbfgs({ steps: 5 }))
    expect(end).toMatchObject({ diverged: { message: expect.stringContaining('The loss was not finite at step 0') } })
    expect(parameters(await session.snapshot())[0]).toEqual(model.parameters[0])
  })
})

describe('an edit while L-BFGS trains', () => {
  const locks: readonly Edit[] = [
    {
      type: 'freeze',
      layer: 0,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
    {
      type: 'prune',
      layer: 0,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
    {
      type: 'tie',
      layer: 0,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
    { type: 'set-group', inputs: [0, 1], group: 1 },
    { type: 'set-width', layer: 0, nodes: 6 },
  ]

  // Cases P3 and L1.
  it.each(locks)('is followed: $type', async (edit) => {
    const { session } = await opened()
    const options = await byLbfgs({ steps: 100, lambda: 0.001 })
    await session.step(options, 5)
    const { model } = await session.edit(edit)
    await session.step(options, 5)
    const after = await session.snapshot()
    const rows = await metricsOf(options.folder)
    expect(rows.every(({ loss }) => Number.isFinite(loss))).toBe(true)
    expect(rows.at(-1)?.loss).toBeLessThan(rows[5]?.loss ?? 0)
    expect(edge(after, [0, 0])).not.toEqual(edge({ model }, [0, 0]))
    if (edit.type === 'freeze' || edit.type === 'prune') {
      for (const one of edit.edges) expect(edge(after, one)).toEqual(edge({ model }, one))
    }
    if (edit.type === 'tie') expect(edge(after, [1, 2])).toEqual(edge(after, [0, 1]))
    if (edit.type === 'set-group') expect(edge(after, [1, 2])).toEqual(edge(after, [0, 2]))
  })

  it('that prunes half of the edges, then grids that follow the data, leave it training', async () => {
    const { session } = await opened({ model: network([2, 5, 1]) })
    const { folder } = await runOptions()
    await session.step({ ...(await runOptions({ lambda: 0.01, steps: 200 })), folder }, 200)
    const edges = [0, 1, 2, 3, 4].map((output): EdgeIndex => [output % 2, output])
    const { model: pruned } = await session.edit({ type: 'prune', layer: 0, edges })
    const points = Float64Array.of(-0.7, -0.1, 0.4, 0.8)
    const curves = () => Promise.all(edges.map((one) => session.curve(0, one, points)))
    const before = await curves()
    const options = await byLbfgs({ lambda: 0.01, steps: 400, until: 400 })
    const training = { ...options.training, gridUpdates: { count: 10, until: 250 } }
    await session.step({ ...options, training, folder }, 100)
    const rows = (await metricsOf(folder)).slice(200)
    expect(rows).toHaveLength(101)
    expect(rows.every(({ loss }) => Number.isFinite(loss))).toBe(true)
    expect(rows.at(-1)?.loss).toBeLessThan(rows[0]?.loss ?? 0)
    // The same curves, on another grid.
    expect((await session.snapshot()).model.parameters[0]?.grid).not.toEqual(pruned.parameters[0]?.grid)
    ;(await curves()).forEach((curve, e) => {
      for (const [k, value] of curve.entries()) expect(value).toBeCloseTo(before[e]?.[k] ?? Number.NaN, 2)
    })
  })

  it('and its undo leave nothing of the old curvature behind', async () => {
    const { session } = await opened()
    const options = await byLbfgs({ steps: 100 })
    await session.step(options, 5)
    const { model } = await session.snapshot()
    const { inverse } = await session.edit({ type: 'prune', layer: 0, edges: [[0, 1]] })
    await session.edit(inverse)
    await session.step(options, 3)
    const fresh = await opened({ model })
    await fresh.session.step(await byLbfgs({ steps: 100 }), 3)
    expect(parameters(await session.snapshot())).toEqual(parameters(await fresh.session.snapshot()))
  })
})

/** The numbers of an edge of the first layer. */
function edge({ model }: Pick<Snapshot, 'model'>, [input, output]: EdgeIndex) {
  const layer = model.parameters[0]
  const slot = output * model.specification.inputs.length + input
  return [layer?.weights.slice(slot * 8, slot * 8 + 8), layer?.baseScaler[slot], layer?.basisScaler[slot]]
}
