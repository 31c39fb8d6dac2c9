import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Schedule } from '../../src-shared/contract/job'
import { POINT_SIZE } from '../../src-shared/contract/telemetry'
import { encodeModel, newModel } from '../../src-shared/kan/file/file'
import { checkSpecification } from '../../src-shared/kan/validate'
import { UserError } from '../../src-shared/user-error'
import type { StartCompute } from './session'
import { createStudio, type Studio } from './studio'
import { fakeStudio, startBuiltCompute, temporaryFolder } from './testing'

/** With the real compute process, as `npm run build:node` leaves it. */
const script = resolve(import.meta.dirname, '../../out/node/compute.js')
const open: Studio[] = []
const processes: ReturnType<StartCompute>[] = []

beforeAll(() => expect(existsSync(script)).toBe(true))
afterEach(async () => {
  await Promise.all(open.splice(0).map((studio) => studio.close('discard')))
})

async function realStudio(folder: string) {
  const studio = await createStudio({
    version: '0.0.0',
    folder,
    stateFolder: join(folder, '.state'),
    dialogs: null,
    startCompute(events) {
      const process = startBuiltCompute(events)
      processes.push(process)
      return process
    },
  })
  open.push(studio)
  const ended = vi.fn()
  const computeLost = vi.fn()
  const { calls } = studio.connect({ ended, computeLost })
  return { calls, ended, computeLost }
}

type RealStudio = Awaited<ReturnType<typeof realStudio>>

/** Until the run has ended and everything of it is on disk. */
async function trainFor({ calls, ended }: RealStudio, steps: number, schedule: Schedule | null = null): Promise<void> {
  const { training } = await calls.document()
  await calls.setTraining({ ...training, steps, batchSize: 32, schedule }, 'wasm')
  ended.mockClear()
  await calls.start()
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), 20_000)
}

test('the hello network learns within a second of training', async () => {
  const { calls } = await realStudio(await temporaryFolder())
  await calls.start()
  await vi.waitFor(async () => expect((await calls.document()).points.length).toBeGreaterThan(100 * POINT_SIZE), 20_000)
  await calls.pause()
  const { points, step, state, importance } = await calls.document()
  expect(state).toEqual({ type: 'paused' })
  expect(step).toBeGreaterThan(0)
  expect(points[points.length - POINT_SIZE + 1]).toBeLessThan((points[1] ?? 0) / 3)
  expect(importance).not.toBe(null)
})

/** Lowers the rate some ten times in a hundred steps. */
const PLATEAU: Schedule = { type: 'plateau', patience: 4, factor: 0.8, minimum: 0 }
const STEPS: Schedule = { type: 'step', every: 40, factor: 0.5 }

test.each([null, PLATEAU, STEPS])(
  'saved, closed and opened again, training goes on bit for bit as if it had never stopped (%j)',
  async (schedule) => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()]
    const one = await realStudio(whole)
    await trainFor(one, 200, schedule)

    const first = await realStudio(parts)
    await trainFor(first, 100, schedule)
    await first.calls.saveDocument('half.kan')
    await open.pop()?.close('discard')
    const second = await realStudio(parts)
    const opened = await second.calls.openDocument('half.kan')
    expect(opened).toMatchObject({ step: 100, edited: false })
    await trainFor(second, 100, schedule)

    const [a, b] = [await one.calls.document(), await second.calls.document()]
    expect(b.step).toBe(200)
    expect(b.parameters).toEqual(a.parameters)
    const runs = await readdir(join(parts, 'runs'))
    expect(runs).toHaveLength(1)
    const losses = async (folder: string) => {
      const [run = ''] = await readdir(join(folder, 'runs'))
      const rows = (await readFile(join(folder, 'runs', run, 'metrics.csv'), 'utf8')).trim().split('\n').slice(1)
      return rows.map((row) => row.split(',').slice(0, 5).join(','))
    }
    expect(await losses(parts)).toEqual(await losses(whole))
  },
)

test('a pruned edge is undone with its curve intact, and everything pruned is no end', async () => {
  const studio = await realStudio(await temporaryFolder())
  const { calls } = studio
  await trainFor(studio, 50)
  const before = await calls.document()
  const edges = [0, 1, 2, 3, 4].flatMap((output) => [[0, output] as const, [1, output] as const])
  const pruned = await calls.edit({ type: 'prune', layer: 0, edges })
  expect(pruned.specification.layers[0]?.pruned).toHaveLength(10)
  const undone = await calls.undo()
  expect(undone.parameters).toEqual(before.parameters)
  expect(undone.specification.layers).toEqual(before.specification.layers)
})

test('width and basis change while it trains', async () => {
  const { calls } = await realStudio(await temporaryFolder())
  await calls.start()
  await calls.edit({ type: 'set-width', layer: 0, nodes: 8 })
  await calls.edit({ type: 'set-basis', layer: 1, basis: { type: 'chebyshev', degree: 4 } })
  const { step } = await calls.document()
  await vi.waitFor(async () => {
    const document = await calls.document()
    expect(document.state.type).toBe('running')
    expect(document.step).toBeGreaterThan(step)
  }, 20_000)
  const undone = await calls.undo()
  expect(undone.specification.layers[1]?.basis.type).toBe('spline')
})

test('reset gives the first run again', async () => {
  const studio = await realStudio(await temporaryFolder())
  const { calls } = studio
  await trainFor(studio, 100, PLATEAU)
  const first = await calls.document()
  await calls.reset()
  expect((await calls.document()).step).toBe(0)
  await trainFor(studio, 100, PLATEAU)
  const second = await calls.document()
  expect(second.parameters).toEqual(first.parameters)
})

test('a network for classes is opened with the loss that it learns by, and told how many it tells right', async () => {
  const folder = await temporaryFolder()
  const specification = checkSpecification(
    {
      format: 1,
      name: 'sides',
      task: 'classification',
      inputs: [{ name: 'x' }],
      outputs: [{ name: 'left' }, { name: 'right' }],
      layers: [{ nodes: 2, basis: { type: 'spline', order: 3, intervals: 5 } }],
    },
    'sides',
  )
  await writeFile(join(folder, 'sides.kan'), encodeModel(newModel(specification, 'sides')))
  const rows = Array.from({ length: 40 }, (_, k) => `${k - 19.5},${k < 20 ? '1,0' : '0,1'}`)
  await writeFile(join(folder, 'sides.csv'), ['x,left,right', ...rows, ''].join('\n'))
  const studio = await realStudio(folder)
  const { calls, ended } = studio
  const { training } = await calls.openDocument('sides.kan')
  expect(training.loss).toBe('cross_entropy')
  await expect(calls.setTraining({ ...training, loss: 'mse' }, 'wasm')).rejects.toThrow('takes "cross_entropy"')
  await calls.chooseData({ file: 'sides.csv', inputs: ['x'], targets: ['left', 'right'], scaling: 'minmax' })
  await trainFor(studio, 300)
  expect(ended.mock.calls[0]?.[0]).toMatchObject({ steps: 300, train: { accuracy: 1 } })
  await expect(calls.chooseData({ generator: 'hello', samples: 10, seed: 0, scaling: 'none' })).rejects.toThrow(
    'its targets must be the columns left, right',
  )
})

test('killed while it trains, the process is told of and one click goes on', async () => {
  const { calls, computeLost } = await realStudio(await temporaryFolder())
  await calls.start()
  await vi.waitFor(async () => expect((await calls.document()).step).toBeGreaterThan(10), 20_000)
  const { step } = await calls.edit({ type: 'prune', layer: 0, edges: [[0, 0]] })
  process.kill(processes.at(-1)?.pid ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(computeLost).toHaveBeenCalledOnce(), 20_000)
  const resumed = await calls.resumeFromCheckpoint()
  expect(resumed.step).toBeGreaterThanOrEqual(step)
  expect(resumed.specification.layers[0]?.pruned).toEqual([[0, 0]])
  await vi.waitFor(async () => expect((await calls.document()).step).toBeGreaterThan(resumed.step), 20_000)
})

test('a diverging run says where, and trains again with a lower rate', async () => {
  const { calls, ended } = await realStudio(await temporaryFolder())
  const { training } = await calls.document()
  await calls.setTraining({ ...training, optimizer: { type: 'adam', learningRate: 1e30 } }, 'wasm')
  await calls.start()
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), 20_000)
  const { state } = await calls.document()
  expect(state).toMatchObject({ type: 'diverged', message: expect.stringContaining('step') })
  await calls.setTraining(training, 'wasm')
  await calls.start()
  await vi.waitFor(async () => expect((await calls.document()).step).toBeGreaterThan(5), 20_000)
})

test('imports that are undone and made again leave losses and scores of the network and the data that are back', async () => {
  const folder = await temporaryFolder()
  const studio = await realStudio(folder)
  const { calls } = studio
  const rows = Array.from({ length: 40 }, (_, r) => [r / 40, ((r * 7) % 40) / 40, (r * r) / 1600, r % 9])
  await writeFile(join(folder, 'mine.csv'), ['x,y,z,f', ...rows.map((row) => row.join(','))].join('\n'))
  await writeFile(join(folder, 'other.csv'), ['a,b,c,d', ...rows.map((row) => row.join(','))].join('\n'))
  const mine = { file: 'mine.csv', inputs: ['x', 'y', 'z'], targets: ['f'], scaling: 'minmax' } as const
  await calls.chooseData({ ...mine, inputs: [...mine.inputs], targets: ['f'] })
  await trainFor(studio, 60)
  await calls.saveDocument('mine.kan')
  await calls.openDocument('mine.kan')
  const [, , trained] = (await calls.document()).points.slice(-POINT_SIZE)

  await calls.chooseData({ ...mine, inputs: ['x', 'y'], targets: ['f'] })
  await calls.chooseData({ file: 'other.csv', inputs: ['a', 'b', 'c'], targets: ['d'], scaling: 'minmax' })
  for (const step of ['undo', 'redo', 'undo'] as const) await calls[step]()
  const fewer = await vi.waitFor(async () => {
    const document = await calls.document()
    expect(document.importance?.[0]?.minimum).toHaveLength(2)
    expect(document.points).toHaveLength(POINT_SIZE)
    return document
  }, 20_000)
  expect(fewer).toMatchObject({ step: 60, state: { type: 'idle' } })
  expect(fewer.points[2]).not.toBeCloseTo(trained ?? 0, 6)
  await calls.undo()
  const whole = await vi.waitFor(async () => {
    const document = await calls.document()
    expect(document.importance?.[0]?.minimum).toHaveLength(3)
    expect(document.points).toHaveLength(POINT_SIZE)
    return document
  }, 20_000)
  expect(whole.points[2]).toBeCloseTo(trained ?? 0, 6)
})

test('saved and opened again, a network shows the losses that it had', async () => {
  const studio = await realStudio(await temporaryFolder())
  const { calls } = studio
  await trainFor(studio, 60)
  // The end is told before the last of the curve.
  const shown = await vi.waitFor(async () => {
    const last = (await calls.document()).points.slice(-POINT_SIZE)
    expect(last[0]).toBe(60)
    return last
  }, 20_000)
  await calls.saveDocument('mine.kan')
  await calls.openDocument('mine.kan')
  await vi.waitFor(async () => expect((await calls.document()).importance).not.toBe(null), 20_000)
  const [, , train, validation] = (await calls.document()).points.slice(-POINT_SIZE)
  expect([train, validation]).toEqual([shown[2], shown[3]])
})

test('where another engine cannot compute the network, the one before goes on, and the person hears why', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  const { training } = await calls.document()
  await calls.setTraining(training, 'wasm')
  await calls.start()
  const started: string[] = []
  vi.spyOn(compute(), 'onStart').mockImplementation(({ engine }) => {
    started.push(engine)
    if (engine === 'reference') throw new UserError('That is too large for it.')
  })
  await expect(calls.setTraining(training, 'reference')).rejects.toThrow('That is too large for it.')
  expect(started).toEqual(['reference', 'wasm'])
  expect(await calls.document()).toMatchObject({ engine: 'wasm', state: { type: 'running' } })
})
