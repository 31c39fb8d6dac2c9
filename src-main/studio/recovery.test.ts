import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fakeStudio, temporaryFolder } from './testing'

const PRUNE = { type: 'prune', layer: 0, edges: [[0, 1]] } as const

/** A studio with a change that is not saved, ended as a crash or a Ctrl+C ends it. */
async function leftBehind() {
  const first = await fakeStudio()
  const { calls } = first.studio.connect({})
  await calls.edit(PRUNE)
  await first.studio.close('keep')
  return first
}

test('unsaved work is offered at the next start and comes back as an edited document', async () => {
  const { stateFolder, folder } = await leftBehind()
  const { studio } = await fakeStudio({ stateFolder, folder })
  const { calls } = studio.connect({})
  const [recovery] = (await calls.info()).recoveries
  expect(recovery).toMatchObject({ name: 'hello' })
  const document = await calls.recover(recovery?.id ?? '')
  expect(document.edited).toBe(true)
  expect(document.specification.layers[0]?.pruned).toEqual([[0, 1]])
  expect((await calls.info()).recoveries).toEqual([])
  // The recovered document is itself kept until it is saved.
  await studio.close('keep')
  const third = await fakeStudio({ stateFolder, folder })
  expect((await third.studio.connect({}).calls.info()).recoveries).toHaveLength(1)
})

test('a copy stays until the person has decided, and goes when it is discarded', async () => {
  const { stateFolder } = await leftBehind()
  const second = await fakeStudio({ stateFolder })
  await second.studio.close('discard')
  const { calls } = (await fakeStudio({ stateFolder })).studio.connect({})
  const [recovery] = (await calls.info()).recoveries
  await calls.discardRecovery(recovery?.id ?? '')
  expect((await calls.info()).recoveries).toEqual([])
  expect(await readdir(join(stateFolder, 'recovery'))).toEqual([])
})

test('saving, undoing and giving up leave no copy', async () => {
  for (const end of ['save', 'undo', 'discard'] as const) {
    const { studio, stateFolder } = await fakeStudio()
    const { calls } = studio.connect({})
    await calls.edit(PRUNE)
    if (end === 'save') await calls.saveDocument('a.kan')
    if (end === 'undo') await calls.undo()
    await studio.close(end === 'discard' ? 'discard' : 'keep')
    expect(await readdir(join(stateFolder, 'recovery')).catch(() => [])).toEqual([])
  }
})

test('a copy is written within seconds of a change', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { studio, stateFolder } = await fakeStudio()
  await studio.connect({}).calls.edit(PRUNE)
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  await vi.waitFor(async () => expect(await readdir(join(stateFolder, 'recovery'))).toHaveLength(2), 20_000)
})

test('the copy of a studio that lives is not offered to another, that of a dead one is', async () => {
  const { stateFolder } = await leftBehind()
  const [file = ''] = (await readdir(join(stateFolder, 'recovery'))).filter((name) => name.endsWith('.json'))
  const path = join(stateFolder, 'recovery', file)
  const note = JSON.parse(await readFile(path, 'utf8'))
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await writeFile(path, JSON.stringify({ ...note, pid: other.pid }))
  const { calls } = (await fakeStudio({ stateFolder })).studio.connect({})
  expect((await calls.info()).recoveries).toEqual([])
  const id = file.slice(0, -'.json'.length)
  await expect(calls.discardRecovery(id)).rejects.toThrow('Another studio has hello open')
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect((await calls.info()).recoveries).toHaveLength(1)
})

test('a copy is named by its id alone, never by a path', async () => {
  const { studio } = await fakeStudio({ stateFolder: await temporaryFolder() })
  const { calls } = studio.connect({})
  await expect(calls.discardRecovery('../../anything')).rejects.toThrow('not there any more')
})
