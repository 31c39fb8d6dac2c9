/** Edits of the live model: between two steps, with an inverse that gives back what they took. */
import { unlink } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../src-shared/contract/compute'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Preprocessing } from '../../src-shared/kan/preprocessing'
import type { EdgeIndex } from '../../src-shared/kan/specification'
import { UserError } from '../../src-shared/user-error'
import { hello, network, newSession, opened, runOptions, table } from './testing'

/** What must be the same to the bit: the numbers that train, and Adam's state. */
const numbers = ({ model: { parameters, moments } }: Snapshot) => ({ parameters, moments })

/** The numbers of one edge, with Adam's state of them. */
function edge({ model }: Snapshot, [input, output]: EdgeIndex, layer = 0) {
  const { parameters, moments } = model
  return [parameters, moments?.first, moments?.second].map((layers) => {
    const tensors = layers?.[layer]
    if (tensors === undefined) throw new Error('no such layer')
    const { weights, baseScaler, basisScaler } = tensors
    const inputs = layer === 0 ? model.specification.inputs.length : model.specification.layers[0]?.nodes
    const index = output * (inputs ?? 0) + input
    const size = weights.length / baseScaler.length
    return [weights.slice(index * size, (index + 1) * size), baseScaler[index], basisScaler[index]]
  })
}

describe('an edit between two steps', () => {
  const edits: readonly Edit[] = [
    { type: 'set-group', inputs: [1, 0], group: 1 },
    { type: 'set-group', inputs: [1], group: -1 },
    {
      type: 'set-symbolic',
      layer: 0,
      edge: [1, 2],
      formula: { function: 'sin', a: 2, b: 0.1, c: 0.5, d: 0 },
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
      type: 'prune',
      layer: 1,
      edges: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    },
    { type: 'set-width', layer: 0, nodes: 2 },
    { type: 'move-nodes', layer: 0, nodes: [2], to: 0 },
    { type: 'remove-nodes', layer: 0, nodes: [1] },
    { type: 'duplicate-nodes', layer: 0, nodes: [0, 2] },
    { type: 'set-width', layer: 0, nodes: 6 },
    { type: 'set-basis', layer: 0, basis: { type: 'chebyshev', degree: 6 } },
    { type: 'remove-layer', at: 0 },
    { type: 'reset' },
  ]

  it.each(edits)('is undone to the bit, and training goes on: $type', async (edit) => {
    const { session, train } = await opened()
    await session.step(await runOptions({ lambda: 0.001 }), 40)
    const before = await session.snapshot()
    const points = Float64Array.from({ length: 21 }, (_, k) => k / 10 - 1)
    const curve = await session.curve(0, [1, 2], points)
    const { inverse, model } = await session.edit(edit)
    expect(model).not.toEqual(before.model)
    const after = await session.edit(inverse)
    expect(numbers(after)).toEqual(numbers(before))
    expect(after.model.specification).toEqual(before.model.specification)
    expect(await session.curve(0, [1, 2], points)).toEqual(curve)
    expect(after.step).toBe(40)
    expect(after.revision).toBe(before.revision + 2)
    expect(await train(await runOptions({ until: 60 }))).toMatchObject({ steps: 60 })
  })

  it('while it trains brings a pruned curve back to the bit, while the others have learned on', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 1e7 }))
    const running = (beyond: number) => events.until(() => (events.frames.at(-1)?.step ?? 0) > beyond)
    await running(5)
    const pruned = await session.edit({ type: 'prune', layer: 0, edges: [[1, 2]] })
    await running(pruned.step + 50)
    const restored = await session.edit(pruned.inverse)
    expect(restored.step).toBeGreaterThan(pruned.step)
    expect(restored.model.specification.layers[0]?.pruned).toEqual([])
    expect(edge(restored, [1, 2])).toEqual(edge(pruned, [1, 2]))
    expect(edge(restored, [0, 0])).not.toEqual(edge(pruned, [0, 0]))
    await running(restored.step + 50)
    expect(edge(await session.pause(), [1, 2])).not.toEqual(edge(restored, [1, 2]))
  })

  it('while it trains gives a removed node back with its curves on both sides', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 1e7 }))
    const running = (beyond: number) => events.until(() => (events.frames.at(-1)?.step ?? 0) > beyond)
    await running(5)
    const before = await session.pause()
    const narrow = await session.edit({ type: 'set-width', layer: 0, nodes: 2 })
    await session.start(await runOptions({ steps: 1e7 }))
    await running(narrow.step + 50)
    const restored = await session.edit(narrow.inverse)
    expect(edge(restored, [0, 2])).toEqual(edge(before, [0, 2]))
    expect(edge(restored, [2, 0], 1)).toEqual(edge(before, [2, 0], 1))
    expect(edge(restored, [0, 0])).not.toEqual(edge(before, [0, 0]))
    await running(restored.step + 50)
    await session.close()
  })

  it('that doubles a node costs nothing, and the twins part as training goes on', async () => {
    const { session } = await opened()
    await session.step(await runOptions(), 40)
    const before = await session.evaluate()
    await session.edit({ type: 'duplicate-nodes', layer: 0, nodes: [1] })
    const after = await session.evaluate()
    expect(after.train.loss / before.train.loss).toBeCloseTo(1, 4)
    await session.step(await runOptions(), 60)
    const later = await session.snapshot()
    expect(edge(later, [0, 2])).not.toEqual(edge(later, [0, 1]))
    expect((await session.evaluate()).train.loss).toBeLessThan(before.train.loss)
    await session.close()
  })

  it('of the width while it trains goes on with the new network, and frames say which one they show', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 1e7 }))
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 5)
    const { revision, step } = await session.edit({ type: 'set-width', layer: 0, nodes: 7 })
    const frame = await events.until(() => events.frames.find((f) => f.revision === revision && f.step > step + 20))
    expect(frame.state).toEqual({ type: 'running' })
    await session.pause()
    await events.until(() => events.frames.at(-1)?.state.type === 'paused')
    expect(events.frames.at(-1)?.parameters?.[0]?.baseScaler).toHaveLength(14)
    expect(events.frames.at(-1)?.importance?.[1]?.scores.l1).toHaveLength(7)
  })

  it('of a network that stands still tells what it cost, and its inverse the loss before', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 40 }))
    await events.until(() => events.ends.length > 0)
    const lossAt = (revision: number) =>
      events.until(() => {
        const points = events.frames.filter((f) => f.revision === revision).flatMap(({ points }) => [...points])
        return points.length > 0 && points.at(-6) === 40 ? { loss: points.at(-4) ?? Number.NaN } : undefined
      })
    const prune = { type: 'prune', layer: 1, edges: [[0, 0]] } as const
    const pruned = await session.edit(prune)
    const after = await lossAt(pruned.revision)
    const undone = await session.edit(pruned.inverse)
    const before = await lossAt(undone.revision)
    expect(after.loss).toBeGreaterThan(before.loss)
    const again = await session.edit(prune)
    expect(await lossAt(again.revision)).toEqual(after)
  })

  it('that makes no sense changes nothing and does not stop training', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 1e7 }))
    await expect(session.edit({ type: 'set-width', layer: 0, nodes: 10_000_000 })).rejects.toThrow(/memory/)
    await expect(session.edit({ type: 'remove-layer', at: 9 })).rejects.toThrow(UserError)
    const { step, revision } = await session.snapshot()
    expect(revision).toBe(0)
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > step + 5)
    await session.close()
  })

  it('that leaves a network of other inputs than the table’s ends training with a sentence', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 1e7 }))
    const { inverse } = await session.edit({ type: 'set-columns', inputs: ['x0', 'x1', 'x2'], outputs: ['y0'] })
    const sentence = 'The table has 2 inputs, the network 3'
    await events.until(() => events.lines.find((line) => line.startsWith('Paused') && line.includes(sentence)))
    await expect(session.start(await runOptions())).rejects.toThrow(sentence)
    await session.edit(inverse)
    await session.step(await runOptions(), 3)
  })

  it('that resets ends training first, and its undo gives steps and numbers back', async () => {
    const { session } = await opened()
    await session.step(await runOptions(), 10)
    const before = await session.snapshot()
    const { inverse, step } = await session.edit({ type: 'reset' })
    expect(step).toBe(0)
    await session.start(await runOptions({ steps: 1e7 }))
    const undone = await session.edit(inverse)
    expect(undone.step).toBe(10)
    expect(numbers(undone)).toEqual(numbers(before))
    expect((await session.snapshot()).step).toBe(10)
  })
})

describe('scaled data', () => {
  const rows = Array.from({ length: 30 }, (_, k) => [k, 1000 + 50 * k])
  const plain = (column: string) => ({ column, center: 0, spread: 1 })
  const unscaled: Preprocessing = { scaling: 'none', inputs: [plain('x')], outputs: [plain('y')] }

  it('are scaled as the model was trained, also after an edit of the scaling and its undo', async () => {
    const file = await table('x,y', rows)
    const data = { file, inputs: ['x'], targets: ['y'], scaling: 'standard' as const }
    const { session } = await opened({ model: network([1, 2, 1]), data })
    await session.step(await runOptions(), 5)
    const before = await session.evaluate()
    const { inverse } = await session.edit({
      type: 'set-preprocessing',
      preprocessing: unscaled,
    })
    expect((await session.evaluate()).train.loss).toBeGreaterThan(1e5)
    await session.edit(inverse)
    expect(await session.evaluate()).toEqual(before)
  })

  it('are scaled anew although their file is gone: they were read', async () => {
    const file = await table('x,y', rows)
    const data = { file, inputs: ['x'], targets: ['y'], scaling: 'standard' as const }
    const { session } = await opened({ model: network([1, 2, 1]), data })
    await session.step(await runOptions(), 5)
    await unlink(file)
    await session.edit({
      type: 'set-preprocessing',
      preprocessing: unscaled,
    })
    expect((await session.evaluate()).train.loss).toBeGreaterThan(1e5)
  })

  it('that cannot be coded as the model says by now are given up with a sentence', async () => {
    const file = await table('x,y', rows)
    const data = { file, inputs: ['x'], targets: ['y'], scaling: 'standard' as const }
    const { session, events } = await opened({ model: network([1, 2, 1]), data })
    await session.step(await runOptions(), 5)
    const logarithm = { ...plain('x'), transform: 'log' as const }
    await session.edit({ type: 'set-preprocessing', preprocessing: { ...unscaled, inputs: [logarithm] } })
    expect(events.lines.at(-1)).toMatch(
      /^The data must be chosen again: table\.csv, column 'x', line 2: 0 has no logarithm/,
    )
    await expect(session.start(await runOptions())).rejects.toThrow('There are no data to train on')
  })
})

describe('what an edit did to the loss', () => {
  const SPLIT = { validation: 0.3 }
  const costly: readonly Edit[] = [
    { type: 'set-group', inputs: [0, 1], group: 1 },
    {
      type: 'tie',
      layer: 0,
      edges: [
        [0, 0],
        [0, 2],
      ],
    },
    { type: 'move-layer', from: 0, to: 1 },
    { type: 'set-basis', layer: 0, basis: { type: 'chebyshev', degree: 3 } },
    { type: 'set-width', layer: 0, nodes: 2 },
    { type: 'remove-nodes', layer: 0, nodes: [0] },
  ]

  it.each(costly)('is told of what nobody can foresee: $type', async (edit) => {
    const { session } = await opened({ model: network([2, 3, 2, 1]), data: hello(200, SPLIT) })
    await session.step(await runOptions(), 60)
    const before = (await session.evaluate()).validation?.loss
    const { cost } = await session.edit(edit)
    const after = (await session.evaluate()).validation?.loss
    expect(cost).toMatchObject({ name: 'validation', rows: 60, of: 60 })
    expect(cost?.before).toBeCloseTo(before ?? 0, 6)
    expect(cost?.after).toBeCloseTo(after ?? 0, 6)
    expect(cost?.after).not.toBe(cost?.before)
  })

  it('is measured between two steps while it trains, and of the training rows where there are no others', async () => {
    const { session, events } = await opened()
    await session.start(await runOptions({ steps: 1e7 }))
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 50)
    const { cost, revision, step } = await session.edit({ type: 'set-width', layer: 0, nodes: 1 })
    expect(cost).toMatchObject({ name: 'train', rows: 200 })
    expect(cost?.after).toBeGreaterThan(cost?.before ?? 0)
    await events.until(() => events.frames.some((frame) => frame.revision === revision && frame.step > step))
    await session.pause()
  })

  it('is of some rows only where there are many', async () => {
    const { session } = await opened({ data: hello(9000, { validation: 0.5 }) })
    await session.step(await runOptions(), 2)
    const { cost } = await session.edit({ type: 'set-width', layer: 0, nodes: 2 })
    expect(cost).toMatchObject({ name: 'validation', rows: 2000, of: 4500 })
  })

  it('is nothing to tell of edits that cost what one sees, of a network that learned nothing, or without data', async () => {
    const { session } = await opened()
    expect((await session.edit({ type: 'set-width', layer: 0, nodes: 2 })).cost).toBeNull()
    await session.step(await runOptions(), 5)
    expect((await session.edit({ type: 'prune', layer: 0, edges: [[0, 0]] })).cost).toBeNull()
    const alone = newSession().session
    const { model } = await session.snapshot()
    await alone.open(model, 5, null)
    expect((await alone.edit({ type: 'set-width', layer: 0, nodes: 1 })).cost).toBeNull()
  })
})
