import { expect, test, vi } from 'vitest'
import type { EngineReport } from '../../src-shared/contract/compute'
import type { LibraryEvent } from '../../src-shared/contract/library'
import { UserError } from '../../src-shared/user-error'
import type { Installer } from './library'
import { fakeStudio } from './testing'

const TENSORFLOW: EngineReport = {
  ...{ name: 'tensorflow', available: true, reason: null, version: '2.21.0', device: 'CPU', threads: 2 },
  isSoftware: false,
}

/** A studio whose installer does what a test says, and whose compute process finds TensorFlow once that is done. */
async function studioWith(install: Installer['install']) {
  const there = { tensorflow: false }
  const installer: Installer = {
    async install(options) {
      await install(options)
      there.tensorflow = true
    },
    async remove() {
      there.tensorflow = false
    },
  }
  const { studio, compute } = await fakeStudio({ installer })
  compute().onEngines = () => (there.tensorflow ? ([TENSORFLOW] as never[]) : [])
  const events: LibraryEvent[] = []
  const { calls } = studio.connect({ library: (event) => void events.push(event) })
  const ended = () => vi.waitFor(() => expect(events.at(-1)?.type).toBe('ended'))
  return { calls, compute, events, ended }
}

test('an installation is followed, and the engine is there after it and gone after the removal', async () => {
  const { calls, events, ended } = await studioWith(async ({ gpu, report }) => {
    report({ what: `load for ${gpu ? 'a card' : 'the processor'}`, done: 5, total: 10 })
    report({ what: 'compile' })
  })
  expect(await calls.info()).toMatchObject({ mayInstall: true, engines: [] })
  await calls.installLibrary(false)
  await ended()
  expect(events).toEqual([
    { type: 'doing', doing: { what: 'load for the processor', done: 5, total: 10 } },
    { type: 'doing', doing: { what: 'compile' } },
    { type: 'ended', engines: [TENSORFLOW], problem: null },
  ])
  expect((await calls.info()).engines).toEqual([TENSORFLOW])
  await calls.removeLibrary()
  expect((await calls.info()).engines).toEqual([])
})

test('what is missing is said, and it can be tried again', async () => {
  const { calls, events, ended } = await studioWith(async () => {
    throw new UserError('There is no pip here.')
  })
  for (let time = 1; time <= 2; time++) {
    await calls.installLibrary(false)
    await ended()
    expect(events.splice(0)).toEqual([{ type: 'ended', engines: [], problem: 'There is no pip here.' }])
  }
})

test('one runs at a time, and a person may stop it', async () => {
  const { calls, events } = await studioWith(
    ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  )
  await calls.installLibrary(true)
  await expect(calls.installLibrary(true)).rejects.toThrow('already')
  await expect(calls.removeLibrary()).rejects.toThrow('already')
  await calls.cancelLibrary()
  expect(events).toEqual([{ type: 'ended', engines: [], problem: null }])
})

test('nothing is removed under a training', async () => {
  const { calls, compute, events } = await studioWith(async () => {})
  await calls.start()
  compute().train(1)
  await expect(calls.removeLibrary()).rejects.toThrow('pause it first')
  expect(events).toEqual([])
})

test('a page of a studio that was not told so installs nothing', async () => {
  const { studio } = await fakeStudio()
  const { calls } = studio.connect({})
  expect((await calls.info()).mayInstall).toBe(false)
  await expect(calls.installLibrary(false)).rejects.toThrow('--allow-install')
  await expect(calls.removeLibrary()).rejects.toThrow('--allow-install')
})
