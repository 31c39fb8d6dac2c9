import { describe, expect, it } from 'vitest'
import { scheduleBelow, settled, trainingWarnings } from './job'
import { readEngine, readJob, readRegularization } from './read-job'

const job = { model: 'hello.kan', data: { generator: 'hello' } }
const training = (settings: unknown) => ({ ...job, training: settings })
const MANY = Array.from({ length: 20 }, (_, k) => `x${k}`)
const formula = (settings: object) => ({
  model: 'hello.kan',
  data: { generator: 'formula', formula: 'x1', inputs: ['x1', 'x2'], ...settings },
})

describe('a job', () => {
  it('needs a model and data only', () => {
    expect(readJob(job, 'job.json')).toMatchObject({ engine: 'auto', training: { steps: 1000, batchSize: null } })
  })

  it.each([
    [training({ loss: 'log' }), '"training.loss" must be "mse" or "mae" or "huber" or "cross_entropy", not "log".'],
    [
      training({ regularization: { type: 'pykan', metric: 'node_backward', lambda: 1 } }),
      '"training.regularization.metric" must be "edge_forward_spline_n"',
    ],
    [training({ gridUpdates: { count: 0, until: 50 } }), '"training.gridUpdates.count"'],
    [training({ earlyStopping: {} }), '"training.earlyStopping" is not built yet; set it to null.'],
    [{ ...job, engine: 'abacus' }, '"engine" must be one of "auto", "wasm", "webgpu", "tensorflow", "reference"'],
    [{ ...job, model: { format: 99, novelty: true } }, '"model.format" must be 1, the only format known here, not 99.'],
    [{ ...job, model: { layers: [] } }, 'job.json: "model.format" is missing; it must be 1.'],
    [training({ optimizer: { type: 'sgd' } }), '"training.optimizer.type" must be "adam" or "lbfgs", not "sgd".'],
    [
      training({ gridUpdates: { count: 60, until: 50 } }),
      'job.json: "training.gridUpdates.count": each of the first steps has one update at most, so that it cannot be more than "until".',
    ],
    [
      training({ optimizer: { type: 'adam', learningRate: 0.01 }, schedule: { type: 'cosine', final: 0.1 } }),
      'job.json: "training.schedule.final": a schedule lets the rate fall, so that it cannot be more than "optimizer.learningRate".',
    ],
    [
      training({ schedule: { type: 'plateau', minimum: 0.1 } }),
      '"training.schedule.minimum": a schedule lets the rate',
    ],
    [
      formula({ formula: 'x1 +' }),
      `job.json: "data.formula": the formula 'x1 +' cannot be read at character 5: it ends where`,
    ],
    [formula({ formula: 'x1 * z' }), `"data.formula": the formula 'x1 * z' cannot be read at character 6: 'z' is not`],
    [formula({ range: [1, 1] }), '"data.range": the range of a formula must go from a smaller to a larger number'],
    [formula({ inputs: ['x1', 'x1'] }), `"data.inputs": the input 'x1' is named twice.`],
    [formula({ samples: 10_000_000, inputs: MANY }), '"data.samples": 10000000 samples of 20 inputs are more numbers'],
    [null, 'job.json: the whole must be an object {…}, not null.'],
  ])('%j is refused in one sentence', (value, sentence) => {
    expect(() => readJob(value, 'job.json')).toThrow(sentence)
  })
})

const FRESH = { isFresh: true, loss: 'mse' } as const
const TRAINED = { isFresh: false, loss: 'mse' } as const

it('leaves the loss to the network where it names none', () => {
  const said = (training: object) => readJob({ model: 'a.kan', data: { generator: 'hello' }, training }, 'job.json')
  const sorts = { isFresh: true, loss: 'cross_entropy' } as const
  expect(settled(said({}), sorts).training.loss).toBe('cross_entropy')
  expect(settled(said({ loss: 'mae' }), sorts).training.loss).toBe('mae')
})

it('takes schedules with their defaults, and a gradient limit with Adam only', () => {
  const schedules = ['cosine', 'plateau'].map((type) => training({ schedule: { type } }))
  expect(schedules.map((value) => readJob(value, 'job.json').training.schedule)).toEqual([
    { type: 'cosine', final: 0 },
    { type: 'plateau', patience: 100, factor: 0.5, minimum: 0 },
  ])
  expect(() => readJob(training({ schedule: { type: 'step' } }), 'job.json')).toThrow(
    '"training.schedule.every" is missing; it must be a number.',
  )
  expect(readJob(training({ clipNorm: 1 }), 'job.json').training.clipNorm).toBe(1)
  expect(() => readJob(training({ clipNorm: 1, optimizer: { type: 'lbfgs' } }), 'job.json')).toThrow(
    '"training.clipNorm": only Adam takes shortened gradients; use null.',
  )
})

it('takes as many grid updates as there are steps for them, and schedules that end where they begin', () => {
  const settings = {
    optimizer: { type: 'adam', learningRate: 0.01 },
    ...{ gridUpdates: { count: 50, until: 50 }, schedule: { type: 'cosine', final: 0.01 } },
  }
  expect(readJob(training(settings), 'job.json').training).toMatchObject(settings)
})

it('lets a schedule follow a lower learning rate', () => {
  const plateau = { type: 'plateau', patience: 9, factor: 0.5, minimum: 0.001 } as const
  const step = { type: 'step', every: 9, factor: 0.5 } as const
  expect(scheduleBelow({ type: 'cosine', final: 0.01 }, 0.001)).toEqual({ type: 'cosine', final: 0.001 })
  expect(scheduleBelow(plateau, 1e-4)).toEqual({ ...plateau, minimum: 1e-4 })
  expect(scheduleBelow(plateau, 1)).toEqual(plateau)
  expect(scheduleBelow(step, 1e-9)).toEqual(step)
  expect(scheduleBelow(null, 1e-9)).toBeNull()
})

it('says that a batch of more rows than there are takes all of them', () => {
  expect(trainingWarnings({ batchSize: null }, 100)).toEqual([])
  expect(trainingWarnings({ batchSize: 100 }, 100)).toEqual([])
  expect(trainingWarnings({ batchSize: 101 }, 100)).toEqual([
    'A batch of 101 is more than the 100 training rows: each step takes all of them.',
  ])
  expect(trainingWarnings({ batchSize: 2 }, 1)[0]).toContain('the one training row')
})

it('leaves grid updates to the network: as better_kan has them where it begins from its seed, else none', () => {
  const said = (training: object) => readJob({ model: 'hello.kan', data: { generator: 'hello' }, training }, 'job.json')
  expect(settled(said({}), FRESH).training.gridUpdates).toEqual({ count: 10, until: 50 })
  expect(settled(said({}), TRAINED).training.gridUpdates).toBeNull()
  expect(settled(said({ optimizer: { type: 'lbfgs' } }), FRESH).training.gridUpdates).toBeNull()
  expect(settled(said({ gridUpdates: null }), FRESH).training.gridUpdates).toBeNull()
  const three = { count: 3, until: 9 }
  expect(settled(said({ gridUpdates: three }), TRAINED).training.gridUpdates).toEqual(three)
})

it('a regularisation from a flag has the same defaults as in a job', () => {
  expect(readRegularization({ type: 'better_kan', lambda: 0.1 }, '--regularization')).toEqual({
    type: 'better_kan',
    lambda: 0.1,
    l1: 1,
    entropy: 1,
  })
  expect(readRegularization({ type: 'pykan', lambda: 1 }, '--regularization')).toEqual({
    ...{ type: 'pykan', metric: 'edge_forward_spline_n', lambda: 1 },
    ...{ l1: 1, entropy: 2, coef: 0, coefDiff: 0 },
  })
  expect(() => readRegularization({ type: 'l2', lambda: 1 }, '--regularization')).toThrow('"better_kan" or "pykan"')
})

it('takes all that may be said of how a table is read', () => {
  const read = {
    delimiter: ';',
    decimal: ',',
    thousands: '.',
    encoding: 'windows-1252',
    header: true,
    skipLines: 2,
    missing: ['', 'NA'],
    comment: '#',
    units: true,
    sheet: 'May',
    dates: 'day-first',
    types: { x: 'number' },
    bad: [{ column: 'x', text: 'low', action: 'missing' }],
    ragged: { short: 'drop', long: 'drop' },
  }
  const taken = readJob({ ...job, data: { file: 'a.csv', inputs: ['x'], targets: ['y'], read } }, 'job.json')
  expect(taken.data).toMatchObject({ read })
  const refused = (change: object) => () =>
    readJob({ ...job, data: { file: 'a.csv', inputs: ['x'], targets: ['y'], read: change } }, 'job.json')
  expect(refused({ delimiter: '"' })).toThrow('data.read.delimiter')
  expect(refused({ decimal: ';' })).toThrow('data.read.decimal')
})

it('an engine from a flag is one of those there are', () => {
  expect(readEngine('wasm', '--engine')).toBe('wasm')
  expect(readEngine('tensorflow', '--engine')).toBe('tensorflow')
  expect(() => readEngine('abacus', '--engine')).toThrow(
    '--engine must be auto, wasm, webgpu, tensorflow, reference, not abacus.',
  )
})
