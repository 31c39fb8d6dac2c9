import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readModel } from '../../files/model'
import { Listener, metricsOf, network, opened, runOptions, temporaryFolder } from '../testing'
import type { Checkpoint } from './checkpoint'
import { FakeClock } from './fake-clock'
import { disk } from './full-disk'
import { Records } from './records'

vi.mock('node:fs/promises', async (original) => (await import('./full-disk')).withFullDisk(await original()))

beforeEach(() => {
  disk.full = false
})

function snapshot(step: number): Checkpoint {
  const model = network([2, 2, 1])
  const specification = { ...model.specification, history: { step } }
  return { model: { ...model, specification }, optimizer: null, step, revision: 0 }
}

/** Records of a training that does a step a millisecond, with a slice every hundred. */
async function recorded() {
  const clock = new FakeClock()
  const events = new Listener()
  const folder = await temporaryFolder()
  const records = await Records.open({ folder, step: 0, steps: 1e6, clock, events })
  let step = 0
  /** Trains on for some time; what is written in the background is waited for. */
  const train = async (milliseconds: number, look = snapshot) => {
    for (const end = step + milliseconds; step < end; step += 100) {
      await records.keep(() => look(step))
      clock.pass(100)
    }
  }
  return { records, events, folder, train, steps: () => events.checkpoints.map((checkpoint) => checkpoint.step) }
}

describe('checkpoints', () => {
  it('come at once and then every 10 seconds', async () => {
    const { train, steps } = await recorded()
    await train(35_000)
    expect(steps()).toEqual([0, 10_000, 20_000, 30_000])
  })

  it('come soon after an edit, for a row of edits once a second', async () => {
    const { records, train, steps } = await recorded()
    await train(5000)
    records.hurry()
    await train(300)
    for (let k = 0; k < 10; k++) {
      records.hurry()
      await train(200)
    }
    await train(12_000)
    expect(steps()).toEqual([0, 5000, 6000, 7000, 8000, 18_000])
  })

  it('are never of numbers that ran away', async () => {
    const { train, steps, folder } = await recorded()
    await train(5000)
    await train(10_000, (step) => {
      const { model, ...rest } = snapshot(step)
      const [first, ...others] = model.parameters
      if (first === undefined) throw new Error('no layer')
      return {
        ...rest,
        model: { ...model, parameters: [{ ...first, weights: first.weights.map(() => Number.NaN) }, ...others] },
      }
    })
    expect(steps()).toEqual([0])
    await train(1000)
    expect(steps()).toEqual([0, 15_000])
    expect((await readModel(join(folder, 'checkpoint.kan'))).specification.history?.step).toBe(15_000)
  })
})

describe('a disk that is full', () => {
  it('is told of once for as long as it is, and again at the end', async () => {
    const { records, events, folder, train, steps } = await recorded()
    await train(5000)
    records.addLast(Float64Array.of(5000, 1, 1, 1, 0, 5))
    disk.full = true
    await train(30_000)
    const refused = (what: string, file: string) =>
      `The ${what} could not be written: Cannot save ${join(folder, file)}: the disk is full.`
    expect(events.lines).toEqual([refused('metrics', 'metrics.csv'), refused('checkpoint', 'checkpoint.kan')])
    expect(steps()).toEqual([0])
    expect((await readModel(join(folder, 'checkpoint.kan'))).specification.history?.step).toBe(0)
    await records.close('Paused at step 35000', snapshot(35_000))
    expect(events.lines.slice(2)).toEqual([
      'Paused at step 35000',
      refused('metrics', 'metrics.csv'),
      refused('checkpoint', 'checkpoint.kan'),
    ])
  })

  it('is told of anew when it fills up again', async () => {
    const { events, train, steps } = await recorded()
    for (const full of [true, false, true]) {
      disk.full = full
      await train(10_000)
    }
    expect(events.lines).toHaveLength(2)
    expect(steps()).toEqual([10_000])
  })

  it('lets no run begin, stops none that runs, and leaves the checkpoint before until there is room', async () => {
    const { session, events, train } = await opened()
    const run = await runOptions({ steps: 80 })
    await session.step(run, 20)
    const { model } = await session.snapshot()
    const kept = () => readModel(join(run.folder, 'checkpoint.kan'))

    disk.full = true
    await expect(session.start(run)).rejects.toThrow('the disk is full')
    disk.full = false
    const training = train(run)
    await events.until(() => events.lines.some((line) => line.startsWith('Training from step 20')))
    disk.full = true
    expect(await training).toMatchObject({ steps: 80 })
    expect(events.lines.at(-1)).toMatch(/^The checkpoint could not be written: .*the disk is full\.$/)
    expect((await kept()).parameters).toEqual(model.parameters)
    expect((await metricsOf(run.folder)).map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, s) => s))

    disk.full = false
    await session.step({ ...run, until: 90 }, 1)
    expect((await kept()).specification.history?.step).toBe(81)
  })
})

describe('the log', () => {
  it('has a dated line for whatever happened', async () => {
    const { records, folder, events } = await recorded()
    records.say('Prune edge x → h₂')
    await records.close('Paused at step 0', snapshot(0))
    const lines = (await readFile(join(folder, 'log.txt'), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, ''))).toEqual(events.lines)
    expect(events.lines).toEqual(['Prune edge x → h₂', 'Paused at step 0'])
  })

  it('that cannot be written stops nothing', async () => {
    const { records, folder, events } = await recorded()
    await rename(folder, `${folder}-moved`)
    await records.close('Paused at step 0', snapshot(0))
    await rename(`${folder}-moved`, folder)
    expect(events.lines.at(-1)).toContain('The checkpoint could not be written')
  })
})
