import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { DataChoice } from '../../src-shared/contract/job'
import type { StudioEvents } from '../../src-shared/contract/studio'
import { readModel, writeModel } from '../files/model'
import { FIRST_TRAINING, helloModel } from './hello'
import { fakeStudio, temporaryFolder } from './testing'
import type { Dialogs } from './workspace'

const PRUNE = { type: 'prune', layer: 0, edges: [[0, 1]] } as const

test('a new studio shows the hello network with its data, unedited', async () => {
  const { studio } = await fakeStudio()
  const document = await studio.connect({}).calls.document()
  expect(document).toMatchObject({ path: null, edited: false, step: 0, undo: null, state: { type: 'idle' } })
  expect(document.specification.layers.map(({ nodes }) => nodes)).toEqual([5, 1])
  expect(document.dataSummary?.rows).toEqual({ train: 80, validation: 20, test: 0 })
})

test('edits are undone and redone in turn, by name, and a new edit forgets what was undone', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  const edited = await calls.edit(PRUNE)
  expect(edited).toMatchObject({ undo: 'Prune edge x → h₂', redo: null, revision: 1 })
  await calls.edit({ type: 'set-width', layer: 0, nodes: 7 })
  await calls.undo()
  const undone = await calls.undo()
  expect(undone).toMatchObject({ undo: null, redo: 'Prune edge x → h₂' })
  expect(compute().model).toEqual(helloModel())
  expect((await calls.document()).edited).toBe(false)
  const redone = await calls.redo()
  expect(redone.specification.layers[0]?.pruned).toEqual([[0, 1]])
  expect((await calls.edit({ type: 'rename', name: 'mine' })).redo).toBe(null)
  await expect(calls.redo()).rejects.toThrow('nothing to redo')
})

test('a fresh window is told what one can go back to, and not what that was before an edit', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  const best = { step: 20, validation: 0.25 }
  compute().events.telemetry(compute().frame({ best }))
  expect((await calls.document()).best).toEqual(best)
  await calls.edit(PRUNE)
  compute().events.telemetry(compute().frame({ best: null }))
  compute().events.telemetry(compute().frame({ best, revision: 0 }))
  expect((await calls.document()).best).toBeNull()
})

test('edits of several layers that are one step are undone as one', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  const before = (await calls.document()).specification
  const edits = [PRUNE, { type: 'prune', layer: 1, edges: [[2, 0]] }] as const
  const edited = await calls.edit({ type: 'sequence', edits })
  expect([edited.undo, edited.specification.layers[1]?.pruned]).toEqual(['Prune 2 edges', [[2, 0]]])
  expect((await calls.undo()).specification).toEqual(before)
  expect((await calls.document()).undo).toBeNull()
})

test('an edit that makes no sense changes nothing', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  await expect(calls.edit({ type: 'set-width', layer: 4, nodes: 7 })).rejects.toThrow(/[Ll]ayer 5/)
  expect(await calls.document()).toMatchObject({ undo: null, edited: false })
})

test('training makes a run with a job that stands for itself, and goes on in it after a pause', async () => {
  const { studio, compute, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().train(30)
  await calls.pause()
  expect(await calls.document()).toMatchObject({ step: 30, edited: true, state: { type: 'paused' } })
  await calls.start()
  const runs = await readdir(join(folder, 'runs'))
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatch(/-hello$/)
  const job = JSON.parse(await readFile(join(folder, 'runs', runs[0] ?? '', 'job.json'), 'utf8'))
  expect(job.model.layers).toHaveLength(2)
  expect(job).toMatchObject({ data: { generator: 'hello' }, training: { steps: FIRST_TRAINING.steps }, engine: 'auto' })
})

test('a network that its seed does not give is kept beside the job', async () => {
  const { studio, compute, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  compute().train(1)
  await calls.pause()
  await calls.start()
  const [run = ''] = await readdir(join(folder, 'runs'))
  const job = JSON.parse(await readFile(join(folder, 'runs', run, 'job.json'), 'utf8'))
  expect(job.model).toBe('start.kan')
  expect((await readModel(join(folder, 'runs', run, 'start.kan'))).parameters[0]?.bias?.[0]).toBe(1)
})

test('reset goes back to the seed, and its undo brings step and run back', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().train(30)
  const reset = await calls.reset()
  expect(reset.step).toBe(0)
  expect(await calls.document()).toMatchObject({ state: { type: 'idle' }, step: 0 })
  expect((await calls.undo()).step).toBe(30)
  expect((await calls.document()).state).toEqual({ type: 'paused' })
})

test('whoever undoes a reset is shown the run again, not only the network', async () => {
  const { studio, compute } = await fakeStudio()
  const documentReplaced = vi.fn()
  const { calls } = studio.connect({ documentReplaced })
  await calls.start()
  compute().train(30)
  await calls.reset()
  expect(documentReplaced.mock.lastCall?.[0]).toMatchObject({ step: 0, state: { type: 'idle' } })
  await calls.undo()
  expect(documentReplaced.mock.lastCall?.[0]).toMatchObject({ step: 30, state: { type: 'paused' } })
  await calls.edit(PRUNE)
  expect(documentReplaced).toHaveBeenCalledTimes(2)
})

test('an edit that is undone leaves a document that is not edited', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  expect((await calls.edit(PRUNE)).edited).toBe(true)
  expect((await calls.undo()).edited).toBe(false)
})

test('a frame that comes after a decision of the studio does not undo it', async () => {
  const { studio, compute } = await fakeStudio()
  const telemetry = vi.fn()
  const { calls } = studio.connect({ telemetry })
  await calls.start()
  compute().train(3)
  await calls.reset()
  compute().events.telemetry(compute().frame({ state: { type: 'finished' } }))
  expect(telemetry.mock.lastCall?.[0].state).toEqual({ type: 'idle' })
})

test('a table fits the network to its columns, and one undo takes that back', async () => {
  const { studio, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await writeFile(join(folder, 'a.csv'), 'x,z,f\n1,2,3\n')
  const choice: DataChoice = { file: 'a.csv', inputs: ['x', 'z'], targets: ['f'], scaling: 'minmax' }
  const document = await calls.chooseData(choice)
  expect(document.specification.inputs.map(({ name }) => name)).toEqual(['x', 'z'])
  expect(document).toMatchObject({ undo: 'Choose columns', edited: true, data: { file: join(folder, 'a.csv') } })
  expect((await calls.undo()).specification.inputs.map(({ name }) => name)).toEqual(['x', 'y'])
  expect(await calls.document()).toMatchObject({
    edited: false,
    data: { generator: 'hello' },
    dataSummary: { name: 'hello' },
  })
  await calls.redo()
  expect(await calls.document()).toMatchObject({ edited: true, data: { file: join(folder, 'a.csv') } })
})

test('the same columns read in another way are one step back, too', async () => {
  const { studio, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await writeFile(join(folder, 'a.csv'), 'x,y,f\n1,2,3\n')
  const choice: DataChoice = { file: 'a.csv', inputs: ['x', 'y'], targets: ['f'], scaling: 'minmax' }
  await calls.chooseData(choice)
  await calls.chooseData({ ...choice, read: { delimiter: ',' } })
  expect(await calls.document()).toMatchObject({ undo: 'Choose other data', data: { read: { delimiter: ',' } } })
  await calls.undo()
  expect((await calls.document()).data).not.toHaveProperty('read')
  await calls.undo()
  expect((await calls.document()).data).toMatchObject({ generator: 'hello' })
  await calls.redo()
  await calls.redo()
  expect((await calls.document()).data).toMatchObject({ read: { delimiter: ',' } })
})

test('training is refused in a sentence where the network and the table do not fit', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.edit({ type: 'set-columns', inputs: ['x'], outputs: ['f'] })
  await expect(calls.start()).rejects.toThrow('hello has 2 inputs, the network 1: fit the network to the data')
  const { specification, undo } = await calls.adapt()
  expect([specification.inputs.length, undo]).toEqual([2, 'Choose columns'])
  await calls.start()
  await calls.pause()
  expect((await calls.undo()).specification.inputs).toHaveLength(1)
})

test('data that cannot be loaded change neither the network nor the data before', async () => {
  const { studio, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await writeFile(join(folder, 'broken.csv'), '')
  await expect(
    calls.chooseData({ file: 'broken.csv', inputs: ['x'], targets: ['f'], scaling: 'none' }),
  ).rejects.toThrow('line 2, column y')
  const document = await calls.document()
  expect(document).toMatchObject({ data: { generator: 'hello' }, undo: null })
  expect(document.specification.inputs).toHaveLength(2)
})

test('a saved document opens as it was, with its step, data and settings', async () => {
  const { studio, compute, folder, processes } = await fakeStudio()
  const { calls } = studio.connect({})
  const { training } = await calls.document()
  await calls.setTraining({ ...training, steps: 77 }, 'reference')
  await calls.start()
  compute().train(12)
  await calls.pause()
  const { path } = await calls.saveDocument('größe 温')
  expect(path).toBe(join(folder, 'größe 温.kan'))
  expect(await calls.document()).toMatchObject({ path, edited: false })
  await calls.newDocument()
  const opened = await calls.openDocument('größe 温.kan')
  expect(opened).toMatchObject({ path, step: 12, edited: false, engine: 'reference', training: { steps: 77 } })
  expect(opened.data).toMatchObject({ generator: 'hello' })
  expect(compute().model?.parameters[0]?.bias?.[0]).toBe(12)
  expect(processes).toHaveLength(3)
  expect((await calls.info()).recent).toEqual([{ path, name: 'größe 温.kan' }])
})

test('a file whose data are gone opens all the same and says so', async () => {
  const { studio, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  const model = helloModel()
  const job = { data: { file: 'gone.csv', inputs: ['x', 'y'], targets: ['f'] } }
  const specification = { ...model.specification, history: { step: 5, job } }
  await writeModel(join(folder, 'old.kan'), { ...model, specification })
  const document = await calls.openDocument('old.kan')
  expect(document).toMatchObject({ step: 5, dataSummary: null, edited: false })
  expect(document.dataProblem).toContain('gone.csv')
  await expect(calls.start()).rejects.toThrow('gone.csv')
})

test('a file whose data have changed says so, and is trained on as it is or on the file from another place', async () => {
  const { studio, compute, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await writeFile(join(folder, 'a.csv'), 'x,y,f\n1,2,3\n')
  const split = { type: 'random', validation: 0.2, test: 0, seed: 7 } as const
  await calls.chooseData({ file: 'a.csv', inputs: ['x', 'y'], targets: ['f'], scaling: 'minmax', split })
  await calls.saveDocument('m.kan')
  const saved = (await readModel(join(folder, 'm.kan'))).specification.history
  expect(saved?.data).toEqual({ size: 10, rows: 100, hash: 'abc' })
  expect(await calls.openDocument('m.kan')).toMatchObject({ dataProblem: null })

  const model = await readModel(join(folder, 'm.kan'))
  const older = { ...saved, step: 0, data: { size: 9, rows: 90, hash: 'before' } }
  await writeModel(join(folder, 'm.kan'), { ...model, specification: { ...model.specification, history: older } })
  await calls.openDocument('m.kan')
  const opened = await calls.document()
  expect(opened.dataProblem).toMatch(
    /a\.csv has changed since this network was trained on it: it had 90 rows and has 100 now/,
  )
  expect(opened.dataSummary).not.toBeNull()
  await calls.start()
  await calls.pause()

  await writeFile(join(folder, 'moved.csv'), 'x,y,f\n1,2,3\n')
  const found = await calls.findData('moved.csv')
  expect(found).toMatchObject({
    dataProblem: null,
    data: { file: join(folder, 'moved.csv'), inputs: ['x', 'y'], split },
  })
  expect(compute().data).toMatchObject({ file: join(folder, 'moved.csv') })
})

test('a document that fails to open leaves the open one as it was, training included', async () => {
  const { studio, compute, folder, processes } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  await writeFile(join(folder, 'cut.kan'), 'not a model')
  await expect(calls.openDocument('cut.kan')).rejects.toThrow('cut.kan')
  compute().train(1)
  expect(await calls.document()).toMatchObject({ step: 1, state: { type: 'running' } })
  expect(processes).toHaveLength(1)
})

test('other pages are shown what one page changes', async () => {
  const { studio } = await fakeStudio()
  const replaced = vi.fn()
  studio.connect({ documentReplaced: replaced })
  const { calls } = studio.connect({ documentReplaced: () => expect.unreachable() })
  await calls.edit(PRUNE)
  expect(replaced.mock.lastCall?.[0].specification.layers[0].pruned).toEqual([[0, 1]])
})

test('only what is asked for by name can be called, with the arguments of the contract', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  const loose = calls as unknown as Record<string, (...args: unknown[]) => unknown>
  expect(loose.constructor).toBeUndefined()
  expect(() => loose.edit?.({ type: 'restore-parameters', parameters: [] })).toThrow('the edit')
  expect(() => loose.edit?.({ type: 'set-width', layer: 0, nodes: 0 })).toThrow('"nodes" must be')
  expect(() => loose.openDocument?.('a\0b')).toThrow('NUL')
  expect(() => loose.curve?.(0, [0, 0], [1, 2])).toThrow('the points')
  expect(() => loose.undo?.('again')).toThrow('takes 0 arguments')
})

test('a network too large for this machine is refused before anything is allocated', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  await expect(calls.edit({ type: 'set-width', layer: 0, nodes: 10 ** 9 })).rejects.toThrow(/memory/)
  expect((await calls.document()).undo).toBe(null)
})

function dialogs(answer: 'save' | 'discard' | 'cancel', path: string | null): Dialogs {
  return { askToSave: vi.fn(async () => answer), chooseFile: vi.fn(async () => path) }
}

test('the desktop asks before a changed document goes, and stays, saves or gives it up', async () => {
  const target = join(await temporaryFolder(), 'kept.kan')
  const asked = { cancel: dialogs('cancel', null), save: dialogs('save', target), discard: dialogs('discard', null) }
  for (const [answer, native] of Object.entries(asked)) {
    const { studio } = await fakeStudio({ dialogs: native })
    const { calls } = studio.connect({})
    await calls.newDocument()
    expect(native.askToSave).not.toHaveBeenCalled()
    await calls.edit(PRUNE)
    const after = await calls.newDocument()
    expect(native.askToSave).toHaveBeenCalledOnce()
    expect(after.undo === null).toBe(answer !== 'cancel')
  }
  expect((await readModel(target)).specification.layers[0]?.pruned).toEqual([[0, 1]])
})

test('path, edited flag and undo labels are told when they change, and only then', async () => {
  const { studio } = await fakeStudio()
  const told: Parameters<StudioEvents['documentChanged']>[0][] = []
  const { calls } = studio.connect({ documentChanged: (change) => told.push(change) })
  await calls.edit(PRUNE)
  await calls.document()
  await calls.saveDocument('a.kan')
  expect(told.map(({ edited }) => edited)).toEqual([true, false])
})

test('a call that never ends does not hold up the end of the studio, and what was unsaved is kept', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const native = dialogs('discard', null)
  const { studio, compute, folder, stateFolder } = await fakeStudio({ dialogs: native })
  const { calls } = studio.connect({})
  await calls.edit(PRUNE)
  compute().onLoadData = () => new Promise<never>(() => {}) as never
  await writeFile(join(folder, 'a.csv'), '')
  const loading = calls.chooseData({ file: 'a.csv', inputs: ['x', 'y'], targets: ['f'], scaling: 'none' })
  const refused = expect(loading).rejects.toThrow('stopped')
  await expect(studio.mayLeave()).resolves.toBe(true)
  const closed = studio.close('keep')
  await vi.advanceTimersByTimeAsync(3000)
  vi.useRealTimers()
  await refused
  await closed
  expect(await readdir(join(stateFolder, 'recovery'))).toHaveLength(2)
})

test('nor does a question that nobody answers', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const never = () => new Promise<never>(() => {})
  const { studio, compute, stateFolder } = await fakeStudio({ dialogs: { askToSave: never, chooseFile: never } })
  const { calls } = studio.connect({})
  await calls.edit(PRUNE)
  void calls.newDocument()
  const closed = studio.close('keep')
  await vi.advanceTimersByTimeAsync(3000)
  vi.useRealTimers()
  await closed
  expect((await compute().process.exited).code).toBe(0)
  expect(await readdir(join(stateFolder, 'recovery'))).toHaveLength(2)
})

test('recent files are told of no later than the change of path', async () => {
  const { studio } = await fakeStudio()
  const recent: string[][] = []
  const { calls } = studio.connect({
    documentChanged: async () => recent.push((await calls.info()).recent.map(({ name }) => name)),
  })
  await calls.saveDocument('a.kan')
  await vi.waitFor(() => expect(recent).toEqual([['a.kan']]), 20_000)
})

test('a link in the folder leads no save and no run out of it', async () => {
  const { studio, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  const outside = await temporaryFolder()
  await writeFile(join(outside, 'precious.kan'), 'precious')
  await symlink(join(outside, 'precious.kan'), join(folder, 'x.kan'))
  await expect(calls.saveDocument('x')).rejects.toThrow('outside')
  expect(await readFile(join(outside, 'precious.kan'), 'utf8')).toBe('precious')

  await mkdir(join(outside, 'elsewhere'))
  await symlink(join(outside, 'elsewhere'), join(folder, 'runs'))
  await expect(calls.start()).rejects.toThrow('outside')
  expect(await readdir(join(outside, 'elsewhere'))).toEqual([])
})

test('a table of other columns begins a network of its own, and undo brings the trained one back', async () => {
  const { studio, compute, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().train(30)
  await calls.pause()
  await writeFile(join(folder, 'yield.csv'), '')
  const other = await calls.chooseData({ file: 'yield.csv', inputs: ['t', 'p'], targets: ['q'], scaling: 'none' })
  expect(other).toMatchObject({ step: 0, specification: { name: 'yield' }, state: { type: 'idle' } })
  await calls.undo()
  expect(await calls.document()).toMatchObject({
    step: 30,
    specification: { name: 'hello' },
    data: { generator: 'hello' },
    state: { type: 'paused' },
  })
})

test('a network that begins anew is saved under its own name, never over the one before', async () => {
  const { studio, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  const { path } = await calls.saveDocument('mine.kan')
  await writeFile(join(folder, 'yield.csv'), '')
  await writeFile(join(folder, 'more.csv'), '')
  const other = await calls.chooseData({ file: 'yield.csv', inputs: ['t', 'p'], targets: ['q'], scaling: 'none' })
  expect(other).toMatchObject({ path: null, edited: true, specification: { name: 'yield' } })
  await expect(calls.saveDocument(null)).rejects.toThrow()
  // A column stays: it is the same network, with one input more.
  await calls.saveDocument('yield.kan')
  const more = await calls.chooseData({ file: 'more.csv', inputs: ['t', 'p', 'x'], targets: ['q'], scaling: 'none' })
  expect(more).toMatchObject({ path: join(folder, 'yield.kan'), specification: { name: 'yield' } })
  await calls.undo()
  await calls.undo()
  expect(await calls.document()).toMatchObject({ path, edited: true, specification: { name: 'hello' } })
  await calls.redo()
  expect(await calls.document()).toMatchObject({ path: join(folder, 'yield.kan'), edited: false })
})
