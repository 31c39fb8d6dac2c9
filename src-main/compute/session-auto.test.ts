/** Nobody chose an engine: those that are there try the network, and the fastest trains it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { reference } from './engines/reference/engine'
import { wasm } from './engines/wasm/engine'
import { hello, network, opened, runOptions } from './testing'

const present = vi.hoisted(() => ({ engines: vi.fn() }))
vi.mock('./engines/registry', async (original) => ({
  ...(await original<typeof import('./engines/registry')>()),
  competitors: present.engines,
}))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-auto-'))
  vi.stubEnv('KAN_STUDIO_STATE', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

it('the fastest on this network and these batches trains, the log says why, and the numbers are its own', async () => {
  present.engines.mockResolvedValue([reference, wasm])
  const start = { model: network([2, 12, 1]), data: hello(300) }
  const { session, events, train } = await opened(start)
  expect(await train(await runOptions({ engine: 'auto', steps: 30 }))).toMatchObject({ steps: 30, engine: 'wasm' })
  expect(events.lines).toContainEqual(
    expect.stringMatching(
      /^WASM [\d.\u202f]+ steps\/s, Reference [\d.\u202f]+: a network and batches of this size are faster on the processor\.$/,
    ),
  )
  const why = expect.stringContaining('faster on the processor')
  await events.until(() => events.frames.some(({ engine }) => engine?.why !== null && engine?.name === 'wasm'))
  expect(events.frames.at(-1)?.engine, 'and so does the chip').toMatchObject({ name: 'wasm', why })
  const alone = await opened(start)
  await alone.train(await runOptions({ engine: 'wasm', steps: 30 }))
  expect((await session.snapshot()).model.parameters).toEqual((await alone.session.snapshot()).model.parameters)
})

it('nothing is tried where there is one engine, or one was chosen', async () => {
  present.engines.mockResolvedValue([wasm])
  const { events, train } = await opened()
  await train(await runOptions({ engine: 'auto', steps: 3 }))
  present.engines.mockResolvedValue([reference, wasm])
  await train(await runOptions({ engine: 'reference', steps: 6 }))
  expect(events.lines.filter((line) => line.includes('steps/s'))).toEqual([])
})
