import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { writeModel } from '../files/model'
import { fakeStudio } from './testing'

const diverged = { message: 'The loss was not finite at step 3.', lowerRate: true }

test('a lost process is told of, calls do not hang, and what it was asked is refused in a sentence', async () => {
  const { studio, compute } = await fakeStudio()
  const computeLost = vi.fn()
  const { calls } = studio.connect({ computeLost })
  await calls.start()
  compute().train(7)
  const hanging = new Promise<never>(() => {})
  compute().onEdit = () => hanging as never
  const waiting = calls.edit({ type: 'rename', name: 'b' })
  await vi.waitFor(() => expect(compute().calls.at(-1)).toBe('edit'), 20_000)
  compute().kill()
  await expect(waiting).rejects.toMatchObject({ name: 'UserError' })
  expect(computeLost.mock.lastCall?.[0]).toContain('SIGKILL')
  await expect(calls.start()).rejects.toThrow('resume')
  await expect(calls.edit({ type: 'rename', name: 'b' })).rejects.toThrow('resume')
  // A page that is loaded only now is told, too.
  expect(await calls.document()).toMatchObject({
    state: { type: 'paused' },
    computeLost: computeLost.mock.lastCall?.[0],
  })
  await calls.resumeFromCheckpoint()
  expect((await calls.document()).computeLost).toBeNull()
})

test('one click goes on from what was seen last, with data, and training runs again', async () => {
  const { studio, compute, processes } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().train(7)
  await calls.edit({ type: 'prune', layer: 0, edges: [[0, 1]] })
  compute().train(2)
  compute().kill()
  await vi.waitFor(async () => expect((await calls.document()).state.type).toBe('paused'), 20_000)
  const document = await calls.resumeFromCheckpoint()
  expect(processes).toHaveLength(2)
  expect(compute().calls).toEqual(expect.arrayContaining(['open', 'loadData', 'start']))
  expect(document).toMatchObject({ step: 7, undo: 'Prune edge x → h₂', edited: true, state: { type: 'running' } })
  expect(document.specification.layers[0]?.pruned).toEqual([[0, 1]])
  expect((await calls.undo()).specification.layers[0]?.pruned).toEqual([])
})

test('an engine of native code that the process was lost with is not taken again', async () => {
  const { studio, compute } = await fakeStudio()
  const computeLost = vi.fn()
  const { calls } = studio.connect({ computeLost })
  compute().engine = 'tensorflow'
  await calls.start()
  compute().train(7)
  compute().kill()
  await vi.waitFor(() => expect(computeLost).toHaveBeenCalled(), 20_000)
  expect(computeLost.mock.lastCall?.[0]).toMatch(
    /SIGKILL.*\. It computed with TensorFlow: resumed, training goes on with WASM\.$/,
  )
  expect((await calls.document()).engine).toBe('auto')
  expect(await calls.resumeFromCheckpoint()).toMatchObject({ engine: 'wasm', state: { type: 'running' } })

  // Whoever chooses it again may have it, and what computes here is not at fault.
  const { training } = await calls.document()
  await calls.setTraining(training, 'tensorflow')
  expect((await calls.document()).engine).toBe('tensorflow')
  compute().engine = 'wasm'
  compute().train(2)
  compute().kill()
  await vi.waitFor(() => expect(computeLost).toHaveBeenCalledTimes(2), 20_000)
  expect(computeLost.mock.lastCall?.[0]).not.toContain('computed with')
})

test('a checkpoint that has seen more steps and no fewer edits wins', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  const folder = compute().model?.specification.history?.run ?? ''
  compute().train(7)
  const { model, step } = compute().onSnapshot()
  await writeModel(join(folder, 'checkpoint.kan'), model)
  compute().events.checkpoint({ folder, step, revision: 0 })
  compute().train(2)
  compute().kill()
  await vi.waitFor(async () => expect((await calls.document()).state.type).toBe('paused'), 20_000)
  expect((await calls.resumeFromCheckpoint()).step).toBe(7)
})

test('after a divergence training is ready again with what the session kept', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().events.ended({ diverged })
  expect((await calls.document()).state).toEqual({ type: 'diverged', ...diverged })
  expect((await calls.resumeFromCheckpoint()).state).toEqual({ type: 'paused' })
})

test('numbers from which no training could begin give way to those from before it', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().train(3)
  compute().loss = Number.POSITIVE_INFINITY
  compute().events.ended({ diverged })
  const document = await calls.resumeFromCheckpoint()
  expect(document).toMatchObject({ step: 0, edited: false, state: { type: 'paused' } })
  expect(document.parameters[0]?.bias?.[0]).toBe(0)
})
