/** Is foretold what pruning costs, without touching what is asked about? */
import { describe, expect, it } from 'vitest'
import type { PruneLoss } from '../../../src-shared/contract/pruning'
import { apply } from '../../../src-shared/kan/edits/apply'
import type { Model } from '../../../src-shared/kan/parameters'
import { pruneUntil } from '../../../src-shared/numerics/prune-until'
import { choosePruning } from '../../../src-shared/numerics/pruning'
import type { Session } from '../session'
import { hello, lossesOf, network, opened, runOptions } from '../testing'

const SPLIT = { validation: 0.3 }

async function trained(model: Model = network([2, 4, 3, 1])) {
  const studio = await opened({ model, data: hello(200, SPLIT) })
  await studio.train(await runOptions({ steps: 60, lambda: 0.001 }))
  return studio
}

async function weakest(session: Session, threshold: number) {
  const { model } = await session.snapshot()
  const scores = (await session.importance()).map((layer) => layer.scores.l1)
  return choosePruning(model.specification, scores, { what: 'edges', threshold, locked: 'keep' })
}

const lossOf = ({ splits }: PruneLoss, name: string) => splits.find((split) => split.name === name)

describe('the loss after a pruning', () => {
  it.each([true, false])('is what it is once they are pruned (with biases: %s)', async (bias) => {
    const basic = network([2, 4, 3, 1])
    const layers = basic.specification.layers.map((layer) => ({ ...layer, bias }))
    const parameters = basic.parameters.map((held) => (bias ? held : { ...held, bias: null }))
    const { session } = await trained({ ...basic, specification: { ...basic.specification, layers }, parameters })
    const before = await session.evaluate()
    const { layers: slots, edges } = await weakest(session, 0.25)
    expect(edges).toBeGreaterThan(2)
    const told = await session.pruneLoss({ layers: slots, rows: 'few', search: null })
    expect(told.splits.map(({ name, rows, of }) => [name, rows, of])).toEqual([
      ['train', 140, 140],
      ['validation', 60, 60],
    ])
    expect(lossOf(told, 'train')?.before).toBeCloseTo(before.train.loss, 6)
    const pruned = await session.edit({ type: 'prune-to-mean', slots })
    const after = await session.evaluate()
    expect(lossOf(told, 'train')?.after).toBeCloseTo(after.train.loss, 6)
    expect(lossOf(told, 'validation')?.after).toBeCloseTo(after.validation?.loss ?? 0, 6)
    const count = pruned.model.specification.layers.reduce((sum, layer) => sum + layer.pruned.length, 0)
    expect(count).toBe(edges)
  })

  it('is less than without the means of what goes', async () => {
    const { session } = await trained()
    const { model } = await session.snapshot()
    const { layers: slots } = await weakest(session, 0.25)
    const [train] = (await session.pruneLoss({ layers: slots, rows: 'few', search: null })).splits
    const byHand = slots.flatMap((edges, layer) => {
      const inputs = [2, 4, 3][layer] ?? 1
      const list = [...edges].map((e) => [e % inputs, Math.floor(e / inputs)] as const)
      return list.length > 0 ? [{ type: 'prune', layer, edges: list } as const] : []
    })
    await session.edit({ type: 'sequence', edits: byHand })
    expect(train?.after).toBeLessThan((await session.evaluate()).train.loss)
    expect(apply(model, { type: 'sequence', edits: byHand }).model.parameters).toEqual(model.parameters)
  })

  it('is asked by a search of the network as it was when it began, and by others of it as it is', async () => {
    const { session, events } = await trained()
    const { layers } = await weakest(session, 0.3)
    await session.start(await runOptions({ steps: 1e7, lambda: 0.001 }))
    const ask = (search: string | null) => session.pruneLoss({ layers, rows: 'many', search })
    const first = await ask('one')
    const { step } = await session.snapshot()
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > step + 20)
    const now = await ask(null)
    expect(now.splits).not.toEqual(first.splits)
    expect((await ask('one')).splits, 'also where others asked between').toEqual(first.splits)
    expect((await ask('two')).splits).not.toEqual(first.splits)
    await session.pause()
  })

  it('follows the training, and leaves every bit of it as it would have been', async () => {
    const asked = await trained()
    const { layers } = await weakest(asked.session, 0.3)
    const first = await asked.session.pruneLoss({ layers, rows: 'few', search: null })
    const options = await runOptions({ steps: 60, until: 100, lambda: 0.001 })
    await asked.session.start(options)
    const during = await asked.session.pruneLoss({ layers, rows: 'many', search: null })
    expect(during.splits).toMatchObject([{ name: 'validation', rows: 60, of: 60 }])
    await asked.events.until(() => asked.events.ends.length > 1)
    const last = await asked.session.pruneLoss({ layers, rows: 'few', search: null })
    expect(lossOf(last, 'train')?.before).toBeLessThan(lossOf(first, 'train')?.before ?? 0)
    const alone = await trained()
    const own = await runOptions({ steps: 60, until: 100, lambda: 0.001 })
    await alone.train(own)
    expect((await asked.session.snapshot()).model.parameters).toEqual((await alone.session.snapshot()).model.parameters)
    expect(await lossesOf(options.folder)).toEqual(await lossesOf(own.folder))
  })

  it('is of the network that was asked about: another shape is refused, another network measured anew', async () => {
    const { session } = await trained()
    const { layers } = await weakest(session, 0.25)
    const before = await session.pruneLoss({ layers, rows: 'few', search: null })
    await session.edit({ type: 'set-width', layer: 1, nodes: 2 })
    await expect(session.pruneLoss({ layers, rows: 'few', search: null })).rejects.toThrow(
      'The network was changed meanwhile',
    )
    await expect(session.edit({ type: 'prune-to-mean', slots: layers })).rejects.toThrow('changed meanwhile')
    const narrower = (await weakest(session, 0)).layers
    const after = await session.pruneLoss({ layers: narrower, rows: 'few', search: null })
    expect(lossOf(after, 'train')?.before).not.toBe(lossOf(before, 'train')?.before)
    await expect(session.edit({ type: 'prune-to-mean', slots: narrower })).rejects.toThrow('no edge is that weak')
  })
})

it('pruned to the mean is one edit, undone to the bit while it stands still, and done again', async () => {
  const { session } = await trained()
  const before = await session.snapshot()
  const { layers: slots } = await weakest(session, 0.25)
  const pruned = await session.edit({ type: 'prune-to-mean', slots })
  expect(pruned.model.parameters[2]?.bias).not.toEqual(before.model.parameters[2]?.bias)
  expect(pruned.model.parameters.map(({ weights }) => weights)).toEqual(
    before.model.parameters.map(({ weights }) => weights),
  )
  const undone = await session.edit(pruned.inverse)
  expect(undone.model).toEqual(before.model)
  expect((await session.edit(undone.inverse)).model).toEqual(pruned.model)
})

it('pruned until the loss rises by 5 %, it has risen by no more', async () => {
  const { session, train } = await opened({ model: network([2, 8, 1]), data: hello(200, SPLIT) })
  await train(await runOptions({ steps: 2000, lambda: 0.01 }))
  const { model } = await session.snapshot()
  const scores = (await session.importance()).map((layer) => layer.scores.attribution)
  const found = await pruneUntil({
    specification: model.specification,
    scores,
    rule: { what: 'edges', locked: 'keep' },
    limit: 0.05,
    lossOf: (layers) => session.pruneLoss({ layers, rows: 'many', search: null }),
  })
  const before = await session.evaluate()
  await session.edit({ type: 'prune-to-mean', slots: found?.pruning.layers ?? [] })
  const after = await session.evaluate()
  expect(after.validation?.loss ?? 9).toBeLessThanOrEqual(1.0501 * (before.validation?.loss ?? 0))
  expect(found?.pruning.edges).toBeGreaterThan(3)
})
