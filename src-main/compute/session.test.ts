/** One session: it trains, repeats itself, goes on where it stopped, and answers while it trains. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../src-shared/contract/compute'
import { dataSchema, type Scaling, type Schedule } from '../../src-shared/contract/job'
import { POINT_SIZE } from '../../src-shared/contract/telemetry'
import { readModel } from '../files/model'
import { hello, lossesOf, metricsOf, network, opened, resumed, runOptions, table, type Wishes } from './testing'
import { FakeClock } from './training/fake-clock'

/** What must be the same to the bit: the numbers that train, and Adam's state. */
const numbers = ({ model: { parameters, moments } }: Snapshot) => ({ parameters, moments })

/** So impatient that it lowers the rate again and again within a hundred steps. */
const PLATEAU: Schedule = { type: 'plateau', patience: 2, factor: 0.8, minimum: 1e-4 }

describe('training', () => {
  it('learns hello, says how well, and leaves a run behind', async () => {
    const { session, train } = await opened({ data: hello(200, { validation: 0.2, test: 0.1 }) })
    const options = await runOptions({ steps: 300 })
    const end = await train(options)
    expect(end).toMatchObject({ steps: 300, engine: 'wasm', train: { loss: expect.any(Number) } })

    const rows = await metricsOf(options.folder)
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 301 }, (_, s) => s))
    const [first, last] = [rows[0]?.loss ?? 0, rows[300]?.loss ?? 0]
    expect(last).toBeLessThan(first / 2)
    expect(end).toMatchObject({ train: { loss: last }, validation: { loss: rows[300]?.validation_loss } })
    expect(await session.evaluate()).toMatchObject({ train: { loss: last } })

    expect((await readdir(options.folder)).sort()).toEqual([
      'checkpoint.kan',
      'log.txt',
      'metrics.csv',
      'optimizer.safetensors',
    ])
    const kept = await readModel(join(options.folder, 'checkpoint.kan'))
    const { model } = await session.snapshot()
    expect(kept.parameters).toEqual(model.parameters)
    expect(kept.specification).toMatchObject({
      preprocessing: { scaling: 'none' },
      history: { step: 300, run: options.folder, job: { data: { generator: 'hello' }, training: options.training } },
    })
  })

  // Case D10.
  it('says which inputs a choice gives, trains on them, and goes on with the codings that it was trained with', async () => {
    const colours = ['red', 'green', 'blue'].flatMap((colour, k) => Array.from({ length: 10 }, () => [colour, k + 1]))
    const choice = (file: string, settings: object = {}) =>
      dataSchema.parse({ file, inputs: ['colour'], targets: ['y'], scaling: 'minmax', ...settings })
    const data = choice(await table('colour,y', colours))
    const { session, train } = await opened({ model: network([3, 1]), data })
    const named = { inputs: ['colour = blue', 'colour = green', 'colour = red'], targets: ['y'] }
    expect(await session.inputsOf(data)).toEqual(named)
    await session.edit({ type: 'set-columns', inputs: named.inputs, outputs: named.targets })
    await train(await runOptions({ steps: 300, learningRate: 0.05 }))
    const { model } = await session.snapshot()
    const saved = model.specification.preprocessing
    expect(saved?.inputs).toMatchObject([{ type: 'category', values: ['blue', 'green', 'red'] }])
    expect(await session.evaluate()).toMatchObject({ train: { rmse: expect.closeTo(0, 1) } })

    // In another order the values keep their inputs; one that is new is refused by its line, or has none.
    const before = await session.evaluate()
    await session.loadData(choice(await table('colour,y', colours.toReversed())))
    expect((await session.evaluate()).train.loss).toBeCloseTo(before.train.loss, 9)
    const other = await table('colour,y', [
      ['green', 1],
      ['purple', 2],
    ])
    await expect(session.loadData(choice(other))).rejects.toThrow(
      "table.csv, column 'colour', line 3: 'purple' is none of the values",
    )
    expect((await session.evaluate()).train.loss).toBeCloseTo(before.train.loss, 9)

    // A person puts them in another order: curves and codings go with the values.
    const turned = choice(await table('colour,y', colours), {
      columns: { colour: { values: ['red', 'blue', 'green'] } },
    })
    const { inputs, targets } = await session.inputsOf(turned)
    expect(inputs).toEqual(['colour = red', 'colour = blue', 'colour = green'])
    await session.edit({ type: 'set-columns', inputs, outputs: targets })
    await session.loadData(turned)
    expect((await session.evaluate()).train.loss).toBeCloseTo(before.train.loss, 6)
  })

  // Case U2.
  it('loads data that do not fit a trained network, and refuses to train on them with both numbers', async () => {
    const { session, train } = await opened({ data: hello(50) })
    await train(await runOptions({ steps: 3 }))
    const file = await table('a,y', [
      [1, 2],
      [2, 3],
    ])
    const data = dataSchema.parse({ file, inputs: ['a'], targets: ['y'] })
    expect((await session.loadData(data)).inputs).toHaveLength(1)
    await expect(session.start(await runOptions())).rejects.toThrow('The table has 1 input, the network 2')
    await session.edit({ type: 'set-columns', inputs: ['a'], outputs: ['y'] })
    await train(await runOptions({ steps: 6 }))
  })

  it('writes its metrics as the file format fixes them', async () => {
    const { train } = await opened({ data: hello(100, { validation: 0.2 }) })
    const options = await runOptions({ steps: 20, batchSize: 32, lambda: 0.01 })
    await train(options)
    const text = await readFile(join(options.folder, 'metrics.csv'), 'utf8')
    expect(text.split('\n')[0]).toBe('step,loss,train_loss,validation_loss,regularization,seconds')
    const rows = await metricsOf(options.folder)
    expect(rows).toHaveLength(21)
    for (const row of rows) {
      expect(row.validation_loss).toBeGreaterThan(0)
      expect(row.regularization).toBeGreaterThan(0)
    }
    // The batch's loss with its regularisation, beside the data loss of all rows.
    expect(rows[3]?.loss).not.toBe((rows[3]?.train_loss ?? 0) + (rows[3]?.regularization ?? 0))
    const last = rows.at(-1)
    expect(last?.loss).toBe((last?.train_loss ?? 0) + (last?.regularization ?? 0))
    const seconds = rows.map((row) => row.seconds ?? 0)
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
  })

  it('leaves cells empty where a loss over the whole split was not evaluated', async () => {
    const { session } = await opened({ data: hello(100, { validation: 0.2 }) })
    const options = await runOptions({ steps: 5000, batchSize: 32 })
    await session.step(options, 25)
    const rows = await metricsOf(options.folder)
    const evaluated = rows.filter((row) => row.train_loss !== null)
    expect(evaluated.map(({ step }) => step)).toEqual([0, 10, 20, 25])
    expect(rows.filter((row) => row.validation_loss !== null)).toEqual(evaluated)
    expect(rows.every((row) => row.loss !== null)).toBe(true)
  })
})

describe('a trained network', () => {
  it('has its columns at their inputs in whatever order they are chosen', async () => {
    const rows = Array.from({ length: 40 }, (_, k) => [k % 7, (k * k) % 11, (k % 7) ** 2 - 3 * ((k * k) % 11)])
    const file = await table('x,y,f', rows)
    const choice = (inputs: readonly string[]) =>
      dataSchema.parse({ file, inputs, targets: ['f'], scaling: 'standard' })
    const { session, train } = await opened({ model: network([2, 3, 1]), data: choice(['x', 'y']) })
    await train(await runOptions({ steps: 50 }))
    const { train: before } = await session.evaluate()
    await session.loadData(choice(['y', 'x']))
    expect((await session.evaluate()).train).toEqual(before)
    expect((await session.snapshot()).model.specification.preprocessing?.inputs).toMatchObject([
      { column: 'x' },
      { column: 'y' },
    ])
  })
})

describe('the same seed', () => {
  it.each<Partial<Wishes>>([{ batchSize: null }, { batchSize: 48, schedule: PLATEAU, clipNorm: 0.3 }])(
    'gives the same numbers to the bit (%j)',
    async (settings) => {
      const wishes = { steps: 120, lambda: 0.001, ...settings }
      const a = await opened()
      const first = await runOptions(wishes)
      await a.train(first)
      const reference = numbers(await a.session.snapshot())

      // Once more in the same session, after a reset.
      await a.session.edit({ type: 'reset' })
      const again = await runOptions(wishes)
      await a.train(again)
      expect(numbers(await a.session.snapshot())).toEqual(reference)
      expect(await lossesOf(again.folder)).toEqual(await lossesOf(first.folder))

      // In another session, which is watched all the while and pauses twice.
      const b = await opened()
      const other = await runOptions(wishes)
      await b.session.step(other, 33)
      await b.session.distribution(1, 0)
      await b.session.step(other, 50)
      await b.session.evaluate()
      await b.train(other)
      expect(numbers(await b.session.snapshot())).toEqual(reference)
      expect(await lossesOf(other.folder)).toEqual(await lossesOf(first.folder))
    },
  )

  it('matters', async () => {
    const [a, b] = [await opened(), await opened({ model: network([2, 3, 1], 1) })]
    await a.train(await runOptions({ steps: 5 }))
    await b.train(await runOptions({ steps: 5 }))
    expect(numbers(await a.session.snapshot())).not.toEqual(numbers(await b.session.snapshot()))
  })
})

describe('a run that stopped at half way', () => {
  it.each<Partial<Wishes> & { scaling: Scaling }>([
    { batchSize: null, scaling: 'none' },
    { batchSize: 48, scaling: 'standard' },
    { batchSize: 48, scaling: 'minmax', schedule: { type: 'cosine', final: 0 }, clipNorm: 0.3 },
    { batchSize: null, scaling: 'none', schedule: { type: 'step', every: 30, factor: 0.5 }, loss: 'huber' },
    { batchSize: 48, scaling: 'none', schedule: PLATEAU, loss: 'mae' },
  ])('goes on from its folder as if it had not (%j)', async ({ scaling, ...settings }) => {
    const data = { ...hello(200, { validation: 0.2 }), scaling }
    const wishes = { steps: 100, lambda: 0.001, ...settings }
    const whole = await opened({ data })
    const wholeRun = await runOptions(wishes)
    await whole.train(wholeRun)

    const half = await opened({ data })
    const run = await runOptions(wishes)
    await half.session.step(run, 50)
    await half.session.close()

    const { session, events, step } = await resumed(run.folder, data)
    expect(step).toBe(50)
    await session.start(run)
    await events.until(() => events.ends[0])
    expect(numbers(await session.snapshot())).toEqual(numbers(await whole.session.snapshot()))
    expect(await lossesOf(run.folder)).toEqual(await lossesOf(wholeRun.folder))
  })

  it('needs the optimiser’s state for it', async () => {
    const whole = await opened()
    await whole.train(await runOptions({ steps: 60 }))
    const half = await opened()
    const run = await runOptions({ steps: 60 })
    await half.session.step(run, 30)
    const { session } = await resumed(run.folder, hello())
    const { model, step } = await session.snapshot()
    await session.open({ ...model, moments: null }, step, null)
    await session.step(run, 30)
    const [fresh, exact] = [await session.snapshot(), await whole.session.snapshot()]
    expect(fresh.step).toBe(exact.step)
    expect(fresh.model.parameters).not.toEqual(exact.model.parameters)
  })
})

describe('a pause', () => {
  it('stops between two steps with a checkpoint of the snapshot that it answers with', async () => {
    const { session, events } = await opened()
    const options = await runOptions({ steps: 1e6 })
    await session.start(options)
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 10)
    const paused = await session.pause()
    expect(events.checkpoints.at(-1)).toEqual({ folder: options.folder, step: paused.step, revision: 0 })
    expect((await readModel(join(options.folder, 'checkpoint.kan'))).parameters).toEqual(paused.model.parameters)
    expect(await session.snapshot()).toEqual(paused)
    expect(events.ends).toEqual([])
    expect(await session.pause()).toEqual(paused)
  })

  it('ends nothing that goes on later, and the steps asked for are all there in the end', async () => {
    const { session, train } = await opened()
    const options = await runOptions({ steps: 2000 })
    await session.start(options)
    const { step } = await session.pause()
    expect(step).toBeLessThan(2000)
    await train(options)
    expect((await metricsOf(options.folder)).map((row) => row.step)).toEqual(Array.from({ length: 2001 }, (_, s) => s))
  })

  it('is what a new start, other data and the end of the session begin with', async () => {
    const { session, events } = await opened()
    const options = await runOptions({ steps: 1e6 })
    await session.start(options)
    await session.start(options)
    await session.loadData(hello(50))
    expect(events.lines.filter((line) => line.startsWith('Paused at step'))).toHaveLength(2)
    await session.start(options)
    await session.close()
    expect(events.lines.filter((line) => line.startsWith('Paused at step'))).toHaveLength(3)
    expect(events.checkpoints.at(-1)?.step).toBe((await session.snapshot()).step)
  })

  it('comes by itself after the steps that were asked for', async () => {
    const { session, events } = await opened()
    await session.step(await runOptions({ steps: 1000 }), 1)
    expect((await session.snapshot()).step).toBe(1)
    await session.step(await runOptions({ steps: 1000 }), 17)
    expect((await session.snapshot()).step).toBe(18)
    expect(events.ends).toEqual([])
  })
})

describe('a screen', () => {
  it('that does not answer gets one frame and holds nothing up; then it gets the newest, with every point', async () => {
    const { session, events, train } = await opened({ clock: new FakeClock(0.1) })
    await events.until(() => events.frames.at(-1)?.importance)
    events.acknowledge = () => undefined
    const before = events.frames.length
    const end = await train(await runOptions({ steps: 300 }))
    expect(end).toMatchObject({ steps: 300 })
    expect(events.frames).toHaveLength(before + 1)

    session.acknowledge(events.frames.at(-1)?.sequence ?? 0)
    const newest = await events.until(() => events.frames[before + 1])
    expect(newest).toMatchObject({ step: 300, steps: 300, state: { type: 'finished' } })
    expect(newest.parameters?.map(({ weights }) => weights.length)).toEqual([48, 24])
    const steps = events.frames
      .slice(before)
      .flatMap(({ points }) => [...points.filter((_, k) => k % POINT_SIZE === 0)])
    expect(steps).toEqual(Array.from({ length: 301 }, (_, s) => s))
  })
})

describe('settings of a running training', () => {
  it('count from the next step on, and more steps move its end', async () => {
    const { session, events } = await opened()
    const options = await runOptions({ steps: 1e6, until: 1e6 })
    await session.start(options)
    const steps = 2
    await session.adjust({ ...options.training, steps, batchSize: 16 })
    const end = await events.until(() => events.ends[0])
    // The end moved by as many steps as the settings changed: what was done already stays done.
    expect(end).toMatchObject({ steps: (await session.snapshot()).step })
    const { history } = (await session.snapshot()).model.specification
    expect(history?.job).toMatchObject({ training: { steps, batchSize: 16 } })
    await session.adjust(options.training)
    expect((await session.snapshot()).model.specification.history).toEqual(history)
  })
})
