/** `train` as others use it: jobs, runs, Ctrl+C and going on. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeModel, decodeTensors } from '../../src-shared/kan/file/file'
import { DATA, design, inOwnFolder, lastLine, QUICK, TABLE, waitFor } from './testing'

const { path, write, read, readBytes, start, kan, refusal, job, model, runs } = inOwnFolder()

/** Metrics without the column that a clock writes. */
const losses = (csv: string) => csv.replace(/,[^,\n]*$/gm, '')

describe('train', () => {
  it('learns a table, keeps a run that says how, and saves the network', async () => {
    const split = { validation: 0.25, seed: 3 }
    await job({ data: { ...DATA, split, scaling: 'minmax' } })
    const { code, stdout } = await kan('train', 'job.json', '--json', '--metrics', 'metrics.csv')
    expect(code).toBe(0)
    const result = lastLine(stdout)
    expect(Object.keys(result)).toEqual(['steps', 'seconds', 'stepsPerSecond', 'train', 'validation', 'test', 'engine'])
    expect(result).toMatchObject({ steps: 60, test: null, engine: 'wasm' })

    const [run = ''] = await runs()
    expect((await readdir(path(run))).sort()).toEqual([
      'checkpoint.kan',
      'job.json',
      'log.txt',
      'metrics.csv',
      'optimizer.safetensors',
      'small.kan',
    ])
    const metrics = (await read('metrics.csv')).trimEnd().split('\n')
    expect(metrics[0]).toBe('step,loss,train_loss,validation_loss,regularization,seconds')
    expect(metrics).toHaveLength(62)
    expect(metrics.slice(1).map((row) => Number(row.split(',')[0]))).toEqual(Array.from({ length: 61 }, (_, s) => s))
    const [first, last] = [metrics[1], metrics[61]].map((row) => Number(row?.split(',')[1]))
    expect(last).toBeLessThan((first ?? 0) / 2)
    expect(result.train.loss).toBeCloseTo(last ?? 0, 6)

    const saved = decodeModel(await readBytes(run, 'small.kan'), 'small.kan')
    expect(saved.specification.preprocessing?.scaling).toBe('minmax')
    expect(saved.specification.history?.step).toBe(60)
  })

  it('gives the same numbers for the same seeds', async () => {
    await job({ training: { ...QUICK, batchSize: 16 } })
    await kan('train', 'job.json', '--metrics', 'a.csv')
    await kan('train', 'job.json', '--metrics', 'b.csv')
    expect(losses(await read('a.csv'))).toBe(losses(await read('b.csv')))
    expect(await runs()).toHaveLength(2)
  })

  it('says that a batch of more rows than there are takes all of them', async () => {
    await job({ training: { ...QUICK, batchSize: 41 } })
    const { code, stderr } = await kan('train', 'job.json')
    expect(code).toBe(0)
    expect(stderr).toContain('A batch of 41 is more than the 40 training rows: each step takes all of them.\n')
  })

  it('names the field of a formula that cannot be read, or has no value somewhere', async () => {
    const data = { generator: 'formula', inputs: ['x0', 'x1'] }
    await job({ data: { ...data, formula: 'x0 +' } })
    const [code, sentence] = await refusal('train', 'job.json')
    expect([code, sentence]).toEqual([1, expect.stringContaining('job.json: "data.formula": the formula \'x0 +\'')])
    await job({ data: { ...data, formula: 'log(x0)' } })
    const [, other] = await refusal('train', 'job.json')
    expect(other).toMatch(/^job\.json: "data\.formula": the formula log\(x0\) has no finite value at x0 = -/)
    expect(await runs().catch(() => [])).toEqual([])
  })

  it('writes where it is told and never over the network that it began with', async () => {
    await model('start.kan')
    const before = await readBytes('start.kan')
    await job({ model: 'start.kan' })
    expect(await kan('train', 'job.json', '--out', 'end.kan')).toMatchObject({ code: 0 })
    expect(await readBytes('start.kan')).toEqual(before)
    expect((await readBytes('end.kan')).equals(before)).toBe(false)
  })

  it('goes on from a trained network with the scaling that its numbers stand for', async () => {
    await job({ data: { ...DATA, scaling: 'minmax' } })
    const { train } = lastLine((await kan('train', 'job.json', '--out', 'trained.kan', '--json')).stdout)
    await job({ model: 'trained.kan', training: { steps: 1 } })
    const { stderr } = await kan('train', 'job.json', '--metrics', 'metrics.csv')
    expect(stderr).toContain('keeps the scaling that it was trained with (minmax)')
    const [step, loss] = (await read('metrics.csv')).split('\n')[1]?.split(',') ?? []
    expect(step).toBe('0')
    expect(Number(loss)).toBeCloseTo(train.loss, 6)
  })

  it('can be run again from its folder alone', async () => {
    await mkdir(path('jobs'))
    await model(join('jobs', 'start.kan'))
    await job()
    await write(
      join('jobs', 'job.json'),
      JSON.stringify({ model: 'start.kan', data: { ...DATA, file: '../table.csv' }, training: QUICK }),
    )
    await kan('train', join('jobs', 'job.json'), '--metrics', 'a.csv')
    await rm(path('jobs'), { recursive: true })
    const [run = ''] = await runs()
    expect(await kan('train', join(run, 'job.json'), '--metrics', 'b.csv')).toMatchObject({ code: 0 })
    expect(losses(await read('b.csv'))).toBe(losses(await read('a.csv')))
  })

  it('says that a finished run is finished, and goes on when more steps are asked for', async () => {
    const training = { ...QUICK, batchSize: 16 }
    await job({ training: { ...training, steps: 100 } })
    await kan('train', 'job.json', '--metrics', 'whole.csv')
    await job({ training: { ...training, steps: 50 } })
    await kan('train', 'job.json')
    const run = (await runs()).at(-1) ?? ''
    const finished = await kan('train', run, '--json')
    expect(finished).toMatchObject({ code: 0, stderr: expect.stringContaining('This run is finished') })
    expect(lastLine(finished.stdout)).toMatchObject({ steps: 50, train: { loss: expect.any(Number) } })

    const own = JSON.parse(await read(join(run, 'job.json')))
    await write(join(run, 'job.json'), JSON.stringify({ ...own, training: { ...own.training, steps: 100 } }))
    await kan('train', run, '--metrics', 'parts.csv')
    const withoutLastOfFirstHalf = losses(await read('parts.csv'))
    expect(withoutLastOfFirstHalf.split('\n').map((row) => row.split(',').slice(0, 2))).toEqual(
      losses(await read('whole.csv'))
        .split('\n')
        .map((row) => row.split(',').slice(0, 2)),
    )
  })

  // Case V4.
  it('saves on Ctrl+C, and resumed ends exactly where it would have ended', async () => {
    const training = { optimizer: { type: 'adam', learningRate: 0.003 }, steps: 30_000, batchSize: 100 }
    const long = { model: design(['x', 'y'], [5, 1]), data: { generator: 'hello' }, training }
    await job(long)
    await kan('train', 'job.json', '--out', 'whole.kan')
    const [whole = ''] = await runs()

    const { child, ended } = start(['train', 'job.json', '--out', 'parts.kan'])
    const second = await waitFor(async () => (await runs())[1])
    await waitFor(async () => (await read(join(second, 'metrics.csv')).catch(() => '')).split('\n').length > 2)
    child.kill('SIGINT')
    const stopped = await ended
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toMatch(
      /Stopped at step [\d,]+ of 30,000 and saved parts\.kan; go on with: kan-studio train /,
    )
    const half = decodeModel(await readBytes('parts.kan'), 'parts.kan').specification.history?.step ?? 0
    expect(half).toBeGreaterThan(0)
    expect(half).toBeLessThan(30_000)

    expect(await kan('train', second, '--out', 'parts.kan')).toMatchObject({ code: 0 })
    const [a, b] = await Promise.all(['whole.kan', 'parts.kan'].map((name) => readBytes(name)))
    expect(decodeTensors(b as Buffer, 'b').tensors).toEqual(decodeTensors(a as Buffer, 'a').tensors)
    const rows = async (run: string) =>
      losses(await read(join(run, 'metrics.csv')))
        .split('\n')
        .map((row) => row.split(',').slice(0, 2))
    expect(await rows(second)).toEqual(await rows(whole))
  }, 120_000)

  it('trains by L-BFGS, and goes on exactly where it stopped', async () => {
    const data = { generator: 'hello', samples: 2000, split: { test: 0.5 } }
    const training = { optimizer: { type: 'lbfgs' }, steps: 100 }
    await job({ model: design(['x', 'y'], [5, 1]), data, training })
    const whole = await kan('train', 'job.json', '--metrics', 'whole.csv', '--json')
    expect(lastLine(whole.stdout)).toMatchObject({ steps: 100, engine: 'wasm' })
    expect(lastLine(whole.stdout).test.rmse).toBeLessThan(1.1e-3)

    await job({ model: design(['x', 'y'], [5, 1]), data, training: { ...training, steps: 50 } })
    await kan('train', 'job.json')
    const run = (await runs()).at(-1) ?? ''
    const own = JSON.parse(await read(join(run, 'job.json')))
    await write(join(run, 'job.json'), JSON.stringify({ ...own, training: { ...own.training, steps: 100 } }))
    await kan('train', run, '--metrics', 'parts.csv')
    const rows = async (file: string) =>
      losses(await read(file))
        .split('\n')
        .map((row) => row.split(',').slice(0, 2))
    expect(await rows('parts.csv')).toEqual(await rows('whole.csv'))
  })

  it('stops at a loss that is not finite, says where, and keeps the last finite state', async () => {
    const training = { optimizer: { type: 'adam', learningRate: 1e30 }, steps: 500 }
    await job({ training })
    const { code, stderr } = await kan('train', 'job.json', '--out', 'last.kan')
    expect(code).toBe(1)
    expect(stderr).toMatch(/step \d+/)
    expect(stderr).toContain('the last finite state is in last.kan.')
    const saved = decodeModel(await readBytes('last.kan'), 'last.kan')
    expect(saved.parameters.every((layer) => layer.weights.every(Number.isFinite))).toBe(true)
  })

  // Case U2.
  it('refuses what cannot fit with status 2, before it computes', async () => {
    await job({ model: design(['x']) })
    expect(await refusal('train', 'job.json')).toEqual([
      2,
      expect.stringContaining('the table has 2 inputs (x0, x1), the network 1'),
    ])
    await job({ data: { ...DATA, targets: ['y', 'x0'] } })
    expect(await refusal('train', 'job.json')).toEqual([
      2,
      expect.stringContaining('the table has 2 targets (y, x0), the network 1 output'),
    ])
    await job({ data: { ...DATA, inputs: ['x0', 'x7'] } })
    expect(await refusal('train', 'job.json')).toEqual([2, expect.stringContaining('x7')])
    await job({ model: design(['x0', 'x1'], [1_000_000, 1_000_000, 1]) })
    const [code, sentence] = await refusal('train', 'job.json')
    expect(code).not.toBe(0)
    expect(sentence).toMatch(/memory/)
  })

  it('says in one sentence what is wrong with a job', async () => {
    expect(await refusal('train', 'nowhere.json')).toEqual([
      1,
      expect.stringContaining('There is no file nowhere.json'),
    ])
    await write('job.json', '{"model": \n "a.kan",,}')
    expect(await refusal('train', 'job.json')).toEqual([1, expect.stringContaining('line 2, column 10')])
    await job({ training: { stepps: 3 } })
    expect(await refusal('train', 'job.json')).toEqual([1, expect.stringContaining('"training.stepps" is not known')])
    await job({ engine: 'abacus' })
    expect(await refusal('train', 'job.json')).toEqual([1, expect.stringContaining('"engine" must be one of "auto"')])
    await job({ data: { ...DATA, file: 'gone.csv' } })
    expect(await refusal('train', 'job.json')).toEqual([1, expect.stringContaining('gone.csv')])
    await job({ model: 'gone.kan' })
    expect(await refusal('train', 'job.json')).toEqual([1, expect.stringContaining('gone.kan')])
    await job({ model: design(['x0', 'x1'], [0, 1]) })
    const [, sentence] = await refusal('train', 'job.json')
    expect(sentence).toContain('"model.layers[0].nodes" must be greater than 0, not 0')
    await mkdir(path('empty'))
    expect(await refusal('train', 'empty')).toEqual([1, expect.stringContaining('no job.json in it')])
  })

  it('names line and column of a cell that is no number', async () => {
    await job()
    await write('table.csv', TABLE.replace(/(?<=row 6, of 40",)[^,]*/, 'about one'))
    const [code, sentence] = await refusal('train', 'job.json')
    expect(code).not.toBe(0)
    expect(sentence).toMatch(/about one/)
    expect(sentence).toMatch(/line 8/)
    expect(sentence).toMatch(/x0/)
    // No run began, so none is left behind.
    expect(await readdir(path())).not.toContain('runs')
  })
})
