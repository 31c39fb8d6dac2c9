/** Going back to where the validation rows did best: one edit, between runs and while it trains. */
import { expect, it } from 'vitest'
import { dataSchema } from '../../src-shared/contract/job'
import { random } from '../../src-shared/numerics/random'
import { network, opened, runOptions, table } from './testing'

/** Nothing can be learnt of these rows but the rows themselves. */
async function overfitted() {
  const uniform = random(7, 'noise')
  const rows = Array.from({ length: 40 }, () => [2 * uniform() - 1, 2 * uniform() - 1, 2 * uniform() - 1])
  const file = await table('x,y,f', rows)
  const data = dataSchema.parse({ file, inputs: ['x', 'y'], targets: ['f'], split: { validation: 0.5 } })
  const { session, events, train } = await opened({ model: network([2, 5, 1]), data })
  await train(await runOptions({ learningRate: 0.02, steps: 600 }))
  const best = await events.until(() => {
    const frame = events.frames.at(-1)
    return frame?.state.type === 'finished' && (frame.best ?? undefined)
  })
  return { session, events, best }
}

it('takes the curves back and not the training, and its inverse gives the present ones to the bit', async () => {
  const { session, best } = await overfitted()
  expect(best.step).toBeLessThan(600)
  const before = await session.snapshot()
  expect((await session.evaluate()).validation?.loss).toBeGreaterThan(1.1 * best.validation)
  const back = await session.edit({ type: 'go-back', step: best.step })
  expect((await session.evaluate()).validation?.loss).toBeCloseTo(best.validation, 6)
  expect(back.step).toBe(600)
  const again = await session.edit(back.inverse)
  expect(again.model.parameters).toEqual(before.model.parameters)
  expect(again.model.moments).toEqual(before.model.moments)
  expect((await session.edit({ type: 'go-back', step: best.step })).model.parameters).toEqual(back.model.parameters)
})

it('goes on while it trains, and a pause keeps what is best', async () => {
  const { session, events, best } = await overfitted()
  await session.start(await runOptions({ steps: 1e7 }))
  await events.until(() => (events.frames.at(-1)?.step ?? 0) > 700)
  expect(events.frames.at(-1)?.best).toEqual(best)
  const { step, revision } = await session.edit({ type: 'go-back', step: best.step })
  expect(step).toBeGreaterThan(700)
  await events.until(() => events.frames.some((frame) => frame.revision === revision && frame.step > step))
  await session.pause()
})

it.each([
  { type: 'prune', layer: 0, edges: [[0, 0]] },
  { type: 'set-width', layer: 0, nodes: 6 },
  { type: 'reset' },
] as const)('is not possible any more once the design is another: $type', async (edit) => {
  const { session, events, best } = await overfitted()
  const { revision } = await session.edit(edit as Parameters<typeof session.edit>[0])
  const frame = await events.until(() => events.frames.find((told) => told.revision === revision))
  expect(frame.best).toBeNull()
  await expect(session.edit({ type: 'go-back', step: best.step })).rejects.toThrow('not kept any more')
})

it('stays possible after an edit that only says something else', async () => {
  const { session, best } = await overfitted()
  await session.edit({ type: 'rename-input', index: 0, name: 'u' })
  await session.edit({ type: 'go-back', step: best.step })
  expect((await session.snapshot()).model.specification.inputs[0]?.name).toBe('u')
})
