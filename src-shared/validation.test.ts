import { describe, expect, it } from 'vitest'
import { jobSchema } from './contract/job'
import { UserError } from './user-error'
import { validate } from './validation'

const model = {
  format: 1,
  name: 'hello',
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'f' }],
  layers: [{ nodes: 1, basis: { type: 'spline', order: 3, intervals: 5 } }],
}
const job = { model, data: { file: 'a.csv', inputs: ['x'], targets: ['f'] } }

function sentence(value: unknown): string {
  try {
    validate(jobSchema, value, 'job.json')
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'valid'
}

describe('what is wrong with a job, in one sentence', () => {
  it('fills in defaults where nothing is wrong', () => {
    const read = validate(jobSchema, job, 'job.json')
    expect(read.training.steps).toBe(1000)
    expect(read.engine).toBe('auto')
  })

  it.each([
    ['a list', [], 'job.json: the whole must be an object {…}, not [].'],
    ['a missing field', { model }, 'job.json: "data" is missing.'],
    [
      'a missing list',
      { model, data: { file: 'a.csv', inputs: ['x'] } },
      '"data.targets" is missing; it must be a list.',
    ],
    [
      'an empty list',
      { ...job, data: { ...job.data, inputs: [] } },
      '"data.inputs" must be a list of at least 1, not [].',
    ],
    [
      'an unknown generator',
      { model, data: { generator: 'spiral' } },
      '"data.generator" must be "hello", not "spiral".',
    ],
    [
      'a misspelt field of a union',
      { model, data: { generator: 'hello', sampls: 3 } },
      '"data.sampls" is not known; the fields here are generator, samples, seed, split, scaling.',
    ],
    [
      'a misspelt field',
      { ...job, training: { stepps: 3 } },
      '"training.stepps" is not known; the fields here are loss, optimizer, steps,',
    ],
    [
      'a number that is too small',
      { ...job, training: { steps: 0 } },
      '"training.steps" must be greater than 0, not 0.',
    ],
    [
      'a part of a number',
      { ...job, training: { batchSize: 1.5 } },
      '"training.batchSize" must be a whole number, not 1.5.',
    ],
    [
      'a text for a number',
      { ...job, training: { optimizer: { type: 'adam', learningRate: 'fast' } } },
      '"training.optimizer.learningRate" must be a number, not "fast".',
    ],
    [
      'a fraction that is too large',
      { ...job, data: { ...job.data, split: { validation: 2 } } },
      '"data.split.validation" must be at most 0.99, not 2.',
    ],
    [
      'a field of a layer',
      { ...job, model: { ...model, layers: [{ nodes: 0, basis: { type: 'chebyshev', degree: 2 } }] } },
      '"model.layers[0].nodes" must be greater than 0, not 0.',
    ],
    [
      'an unknown basis',
      { ...job, model: { ...model, layers: [{ nodes: 1, basis: { type: 'fourier' } }] } },
      '"model.layers[0].basis.type" must be "spline" or "rbf" or "chebyshev", not "fourier".',
    ],
    [
      'an unknown field of a basis',
      { ...job, model: { ...model, layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 2, order: 3 } }] } },
      '"model.layers[0].basis.order" is not known; the fields here are type, degree.',
    ],
    [
      'a range that runs backwards',
      { ...job, model: { ...model, layers: [{ nodes: 1, range: [1, 0], basis: { type: 'chebyshev', degree: 2 } }] } },
      '"model.layers[0].range": the range must go from a smaller to a larger number.',
    ],
    ['a model that is a number', { ...job, model: 3 }, '"model" must be'],
  ])('%s', (_, value, expected) => {
    expect(sentence(value)).toContain(expected)
  })
})
