import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { UserError } from '../../src-shared/user-error'
import { createStudio, type Studio } from './studio'
import { fakeStudio, startBuiltCompute, temporaryFolder } from './testing'

const open: Studio[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((studio) => studio.close('discard')))
})

/** Thirty changes of every kind: locks, shapes, bases, formulas, names, and the way back to the first values. */
const EDITS: readonly EditRequest[] = [
  { type: 'prune', layer: 0, edges: [[0, 1]] },
  { type: 'freeze', layer: 0, edges: [[1, 1]] },
  { type: 'set-width', layer: 0, nodes: 8 },
  {
    type: 'tie',
    layer: 0,
    edges: [
      [0, 2],
      [1, 3],
      [0, 4],
    ],
  },
  { type: 'set-basis', layer: 1, basis: { type: 'chebyshev', degree: 5 } },
  { type: 'rename', name: 'mine' },
  { type: 'add-layer', at: 1, nodes: 4, basis: { type: 'rbf', centers: 6, kernel: 'gaussian' } },
  { type: 'move-layer', from: 0, to: 1 },
  { type: 'prune', layer: 1, edges: [[0, 0]] },
  { type: 'unprune', layer: 1, edges: [[0, 0]] },
  { type: 'rename-input', index: 0, name: 'width' },
  { type: 'set-base', layer: 0, base: 'tanh' },
  { type: 'remove-layer', at: 1 },
  { type: 'set-group', inputs: [0, 1], group: 1 },
  { type: 'set-group', inputs: [0, 1], group: 0 },
  { type: 'set-symbolic', layer: 0, edge: [0, 0], formula: { function: 'sin', a: 1, b: 0, c: 1, d: 0 } },
  { type: 'fit-grid', layer: null },
  { type: 'set-width', layer: 0, nodes: 3 },
  { type: 'prune-to-mean', slots: [Uint32Array.of(2, 3), new Uint32Array(0)] },
  { type: 'compact' },
  { type: 'set-width', layer: 0, nodes: 3 },
  { type: 'reset' },
  { type: 'prune', layer: 1, edges: [[2, 0]] },
  { type: 'freeze', layer: 0, edges: [[0, 1]] },
  { type: 'set-width', layer: 0, nodes: 4 },
  { type: 'set-basis', layer: 0, basis: { type: 'spline', order: 2, intervals: 9 } },
  { type: 'set-symbolic', layer: 0, edge: [0, 0], formula: null },
  { type: 'unfreeze', layer: 0, edges: [[0, 1]] },
  { type: 'add-layer', at: 0, nodes: 3, basis: { type: 'spline', order: 3, intervals: 5 } },
  { type: 'set-width', layer: 1, nodes: 6 },
]

test('thirty steps back and thirty again give the very same file to the byte, and so does every place between', async () => {
  const folder = await temporaryFolder()
  const studio = await createStudio({
    version: '0.0.0',
    folder,
    stateFolder: join(folder, '.state'),
    dialogs: null,
    startCompute: startBuiltCompute,
  })
  open.push(studio)
  const ended = vi.fn()
  const { calls } = studio.connect({ ended })
  const { training } = await calls.document()
  await calls.setTraining({ ...training, steps: 60, batchSize: 32 }, 'wasm')
  await calls.start()
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), 20_000)

  let file = 0
  async function look() {
    const { path } = await calls.saveDocument(join(folder, `${file++}.kan`))
    return (await readFile(path)).toString('base64')
  }
  const seen = [await look()]
  for (const edit of EDITS) {
    await calls.edit(edit)
    seen.push(await look())
  }
  expect(
    new Set(seen).size,
    'but for the prune that is taken back, and the group, every change is one',
  ).toBeGreaterThan(27)
  const { steps, bottom, place } = await calls.history()
  expect(steps).toHaveLength(30)
  expect(place).toBe(steps.at(-1)?.place)

  expect([bottom, ...steps].map(({ trained }) => trained)).toEqual([60, ...EDITS.map(() => 0)])

  await calls.goTo(bottom.place)
  expect((await look()) === seen[0]).toBe(true)
  await calls.goTo(place)
  expect((await look()) === seen[30]).toBe(true)
  for (const at of [17, 4, 25, 12]) {
    await calls.goTo(steps[at - 1]?.place ?? -1)
    expect((await look()) === seen[at], `after ${at} changes`).toBe(true)
  }
  expect((await calls.history()).bottom.trained, 'going back trains nothing and forgets no training').toBe(60)
}, 60_000)

test('a jump in the history leaves the steps of training that were done since', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.edit({ type: 'prune', layer: 0, edges: [[0, 1]] })
  await calls.edit({ type: 'set-width', layer: 0, nodes: 7 })
  await calls.start()
  compute().train(30)
  const back = await calls.goTo(0)
  expect(back).toMatchObject({ step: 30, undo: null, redo: 'Prune edge x → h₂' })
  expect(back.specification.layers.map(({ nodes }) => nodes)).toEqual([5, 1])
  expect(await calls.document()).toMatchObject({ step: 30, state: { type: 'running' } })
})

test('everyone who watches sees where a jump has led, once', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  const documentReplaced = vi.fn()
  studio.connect({ documentReplaced })
  for (const name of ['a', 'b', 'c']) await calls.edit({ type: 'rename', name })
  documentReplaced.mockClear()
  await calls.goTo(1)
  expect(documentReplaced).toHaveBeenCalledOnce()
  expect(documentReplaced.mock.calls[0]?.[0]).toMatchObject({ specification: { name: 'a' }, undo: 'Rename to a' })
})

test('a place that is gone is refused, and a step that fails leaves the document before it', async () => {
  const { studio, compute } = await fakeStudio()
  const log = vi.fn()
  const { calls } = studio.connect({ log })
  for (const name of ['a', 'b', 'c']) await calls.edit({ type: 'rename', name })
  await expect(calls.goTo(99)).rejects.toThrow('not kept any more')
  const fake = compute()
  const edit = fake.onEdit.bind(fake)
  let left = 2
  fake.onEdit = (change) => {
    if (left-- === 0) throw new UserError('No more.')
    return edit(change)
  }
  expect((await calls.goTo(0)).specification.name).toBe('a')
  expect(log).toHaveBeenCalledWith('No more.', true)
  expect(await calls.history()).toMatchObject({ place: 1 })
})
