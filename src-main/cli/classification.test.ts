/** Classes learnt and told, as others do it: `train` with cross-entropy, then `predict`. */
import { describe, expect, it } from 'vitest'
import { DATA, design, inOwnFolder, lastLine } from './testing'

const { write, kan, refusal, job, model } = inOwnFolder()

const CLASSES = ['low', 'middle', 'high']
const sorts = {
  ...design(['x0', 'x1'], [4, 3]),
  task: 'classification',
  outputs: CLASSES.map((name) => ({ name })),
}
const data = { ...DATA, file: 'classes.csv', targets: CLASSES, scaling: 'standard' }
const training = { loss: 'cross_entropy', optimizer: { type: 'adam', learningRate: 0.02 }, steps: 200 }

/** The class is how large x0 + x1 is; a column for each says 1 or 0. */
function classes(): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [x0, x1] = [((i * 0.618) % 2) - 1, ((i * 0.7548) % 2) - 1]
    const place = x0 + x1 < -0.5 ? 0 : x0 + x1 < 0.5 ? 1 : 2
    return [x0, x1, ...CLASSES.map((_, k) => (k === place ? 1 : 0)), CLASSES[place]].join(',')
  })
  return ['x0,x1,low,middle,high,truth', ...rows, ''].join('\n')
}

describe('a classification', () => {
  it('is trained by cross-entropy, measured by accuracy, and predicts probabilities and a label', async () => {
    await write('classes.csv', classes())
    await job({ model: sorts, data, training })
    const { code, stdout } = await kan('train', 'job.json', '--out', 'm.kan', '--json')
    expect(code).toBe(0)
    const { train, validation } = lastLine(stdout)
    expect(Object.keys(train)).toEqual(['loss', 'accuracy'])
    expect(train.accuracy).toBeGreaterThan(0.95)
    expect(train.loss).toBeLessThan(0.3)
    expect(validation).toBeNull()

    const { stdout: table } = await kan('predict', 'm.kan', '--data', 'classes.csv', '--keep', 'truth')
    const [header, ...lines] = table.trimEnd().split('\n')
    expect(header).toBe('truth,low,middle,high,label')
    const rows = lines.map((line) => line.split(','))
    expect(rows).toHaveLength(60)
    for (const [, ...told] of rows) {
      const probabilities = told.slice(0, 3).map(Number)
      expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 6)
      expect(told[3]).toBe(CLASSES[probabilities.indexOf(Math.max(...probabilities))])
    }
    const right = rows.filter((row) => row[0] === row[4]).length / 60
    expect(right).toBeCloseTo(train.accuracy, 12)
    await job({ model: sorts, data, training: { ...training, loss: undefined } })
    expect((await kan('train', 'job.json')).stdout).toMatch(/train {6}loss 0\.\d+ · accuracy (9\d\.\d|100\.0) %/)
  })

  it('tells how often it is right where the file has the classes, by labels or a column for each', async () => {
    await write('classes.csv', classes())
    await job({ model: sorts, data: { ...data, targets: ['truth'] }, training })
    const { stdout } = await kan('train', 'job.json', '--out', 'm.kan', '--json')
    const right = Math.round(60 * lastLine(stdout).train.accuracy)
    const share = Math.floor((1000 * right) / 60) / 10
    const told = async (file: string, model = 'm.kan') => (await kan('predict', model, '--data', file)).stderr
    expect(await told('classes.csv')).toContain(
      `Compared with 'truth' in 60 rows: accuracy ${share} %, ${right} right.`,
    )
    await write('few.csv', 'x0,x1,truth\n0.9,0.9,high\n-0.9,-0.9,high\n0,0,purple\n0.9,0.9,\n')
    expect(await told('few.csv')).toContain(
      "Compared with 'truth' in 3 rows: accuracy 33.3 %, 1 right. Not among the network's classes, and so wrong: purple.",
    )
    await write('none.csv', 'x0,x1\n0.9,0.9\n')
    expect(await told('none.csv')).not.toContain('Compared')
    await job({ model: sorts, data, training: { ...training, steps: 20 } })
    await kan('train', 'job.json', '--out', 'columns.kan')
    expect(await told('classes.csv', 'columns.kan')).toMatch(/^Compared with 'low'.* in 60 rows: accuracy/m)
  })

  it('is trained on a column of labels as on a column for each class', async () => {
    await write('classes.csv', classes())
    const outcome = async (targets: readonly string[]) => {
      await job({ model: sorts, data: { ...data, targets }, training: { ...training, steps: 20 } })
      return lastLine((await kan('train', 'job.json', '--json')).stdout).train
    }
    expect(await outcome(['truth'])).toEqual(await outcome(CLASSES))
  })

  it('calls its classes by their names, and leaves a row empty that it cannot tell', async () => {
    await model('m.kan', { ...sorts, classes: ['L', 'M', 'H'] })
    await write('a.csv', 'x0,x1\n0.5,0.1\n,0.2\n')
    const [header, first, second] = (await kan('predict', 'm.kan', '--data', 'a.csv')).stdout.split('\n')
    expect(header).toBe('low,middle,high,label')
    expect(first).toMatch(/^0\.\d+,0\.\d+,0\.\d+,[LMH]$/)
    expect(second).toBe(',,,')
  })

  it('takes no other loss, and a regression not that one', async () => {
    await write('classes.csv', classes())
    await job({ model: sorts, data, training: { ...training, loss: 'mse' } })
    expect(await refusal('train', 'job.json')).toEqual([
      2,
      'job.json: "training.loss" is "mse", but the network\'s task is classification, which takes "cross_entropy".',
    ])
    await job({ training })
    expect(await refusal('train', 'job.json')).toEqual([
      2,
      'job.json: "training.loss" is "cross_entropy", but the network\'s task is regression, which takes "mse", "mae", "huber".',
    ])
  })

  it('takes no targets that are no probabilities', async () => {
    await write('classes.csv', classes())
    await job({ model: sorts, data: { ...data, inputs: ['low', 'high'], targets: ['x0', 'x1', 'middle'] }, training })
    const [code, sentence] = await refusal('train', 'job.json')
    expect(code).toBe(1)
    expect(sentence).toMatch(/^classes\.csv, row 1: the targets 'x0', 'x1', 'middle' are .*must be probabilities/)
  })
})

describe.each(['mae', 'huber'])('the loss %s', (loss) => {
  it('is minimised, and the error is told as ever', async () => {
    await job({ training: { ...training, loss } })
    const { stdout } = await kan('train', 'job.json', '--metrics', 'metrics.csv', '--json')
    const { train } = lastLine(stdout)
    expect(Object.keys(train)).toEqual(['loss', 'rmse'])
    expect(train.loss).toBeLessThan(0.1)
    if (loss === 'huber') expect(train.loss).toBeCloseTo(train.rmse ** 2 / 2, 6)
    else expect(train.loss).toBeLessThanOrEqual(train.rmse)
  })
})
