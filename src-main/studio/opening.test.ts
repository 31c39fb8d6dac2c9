/** Opening a document: it is shown first, and its process and its data come behind. */
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { StudioEvents } from '../../src-shared/contract/studio'
import { UserError } from '../../src-shared/user-error'
import { FakeCompute, fakeStudio } from './testing'

test('a document is shown before its data are read, and training that is asked for meanwhile waits for them', async () => {
  const { studio, fakes, folder } = await studioOf((fake) => {
    const read = fake.onLoadData.bind(fake)
    fake.onLoadData = (data) => gate.then(() => read(data)) as never
  })
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const dataRead = vi.fn<StudioEvents['dataRead']>()
  const { calls } = studio.connect({ dataRead })
  await calls.saveDocument('m.kan')
  expect(await calls.openDocument('m.kan')).toMatchObject({
    path: join(folder, 'm.kan'),
    dataAreComing: true,
    dataSummary: null,
    dataProblem: null,
    edited: false,
  })
  const started = calls.start()
  await expect.poll(() => fakes.at(-1)?.calls).toContain('loadData')
  expect(fakes.at(-1)?.calls).not.toContain('start')
  expect(dataRead).not.toHaveBeenCalled()

  open()
  await started
  expect(fakes.at(-1)?.calls).toContain('start')
  expect(dataRead).toHaveBeenCalledExactlyOnceWith({
    dataSummary: expect.objectContaining({ rows: { train: 80, validation: 20, test: 0 } }),
    dataProblem: null,
  })
  expect(await calls.document()).toMatchObject({ dataAreComing: false, state: { type: 'running' } })
})

test('another document may be opened while the data of the one before are still read', async () => {
  const { studio, fakes } = await studioOf((fake) => {
    const read = fake.onLoadData.bind(fake)
    fake.onLoadData = (data) => new Promise((resolve) => setTimeout(() => resolve(read(data)), 20)) as never
  })
  const { calls } = studio.connect({})
  await calls.saveDocument('m.kan')
  const [first, second] = await Promise.all([calls.openDocument('m.kan'), calls.newDocument()])
  expect(first.path).toMatch(/m\.kan$/)
  expect(second).toMatchObject({ path: null, dataAreComing: true })
  expect(await calls.document()).toMatchObject({ path: null, dataAreComing: false, dataProblem: null })
  await studio.close('discard')
  await Promise.all(fakes.map((fake) => fake.process.exited))
})

test('a process that cannot take the network says why, and the network stays on the screen', async () => {
  const { studio } = await studioOf((fake) => {
    fake.onOpen = () => {
      throw new UserError('The network does not fit into memory.')
    }
  })
  const computeLost = vi.fn<StudioEvents['computeLost']>()
  const { calls } = studio.connect({ computeLost })
  await calls.saveDocument('m.kan')
  expect(await calls.openDocument('m.kan')).toMatchObject({ specification: { layers: [{ nodes: 5 }, { nodes: 1 }] } })
  await expect.poll(() => computeLost).toHaveBeenCalledExactlyOnceWith('The network does not fit into memory.')
  expect(await calls.document()).toMatchObject({ computeLost: 'The network does not fit into memory.', step: 0 })
})

/** A studio whose processes after the first one are changed before they are used. */
async function studioOf(change: (fake: FakeCompute) => void) {
  const fakes: FakeCompute[] = []
  const made = await fakeStudio({
    startCompute(events) {
      const fake = new FakeCompute(events)
      if (fakes.push(fake) > 1) change(fake)
      return fake.process
    },
  })
  return { ...made, fakes }
}
