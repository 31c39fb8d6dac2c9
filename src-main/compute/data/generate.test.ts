import { describe, expect, it } from 'vitest'
import type { GeneratorChoice } from '../../../src-shared/contract/generator'
import { dataSchema } from '../../../src-shared/contract/job'
import { generate } from './generate'

const choice = (settings: object): GeneratorChoice => {
  const parsed = dataSchema.parse(settings)
  if ('file' in parsed) throw new TypeError('a table is no generator')
  return parsed
}
const made = (settings: object) => {
  const { name, inputs, targets } = generate(choice(settings))
  const values = (columns: typeof inputs) =>
    columns.map((column) => (column.type === 'category' ? new Float64Array() : column.values))
  const names = (columns: typeof inputs) => columns.map((column) => column.name)
  return {
    name,
    inputs: values(inputs),
    targets: values(targets),
    inputNames: names(inputs),
    targetNames: names(targets),
  }
}
const hello = (settings: object = {}) => made({ generator: 'hello', ...settings })
const formula = (text: string, settings: object = {}) =>
  made({ generator: 'formula', formula: text, inputs: ['x1', 'x2'], ...settings })

/** x, y and the label in float32: the first rows of the data set that the original program makes with seed 0. */
const ORIGINAL = [
  [-0.007486820220947266, 0.5546971559524536, 1.3286595344543457],
  [0.5364435911178589, 0.17914164066314697, 2.788614273071289],
  [-0.8230451345443726, 0.15261149406433105, 0.6038467884063721],
  [-0.7359390258789062, 0.5170931816101074, 0.6248416900634766],
  [-0.3851543664932251, 0.6230099201202393, 0.5784090161323547],
  [0.26815736293792725, -0.41020143032073975, 2.4956157207489014],
] as const

const target = (x: number, y: number) => Math.exp(Math.sin(Math.PI * x) + y ** 2)

describe('the generator hello', () => {
  it('has the target function of the original, exp(sin πx + y²), exactly', () => {
    for (const [x, y, label] of ORIGINAL) expect(target(x, y)).toBeCloseTo(label, 6)
    const { inputs, targets, inputNames, targetNames } = hello({ samples: 200 })
    expect([inputNames, targetNames]).toEqual([['x', 'y'], ['f']])
    const [x = new Float64Array(), y = new Float64Array()] = inputs
    expect(targets).toEqual([x.map((value, row) => target(value, y[row] ?? Number.NaN))])
  })

  it('fills [−1, 1] evenly in both inputs', () => {
    for (const column of hello({ samples: 4000 }).inputs) {
      expect(Math.min(...column)).toBeGreaterThanOrEqual(-1)
      expect(Math.max(...column)).toBeLessThan(1)
      const quarters = [-1, -0.5, 0, 0.5].map((from) => column.filter((v) => v >= from && v < from + 0.5).length)
      for (const count of quarters) expect(count).toBeCloseTo(1000, -2.5)
    }
  })

  it('makes the same rows of the same seed and others of another', () => {
    expect(hello({ seed: 3 })).toEqual(hello({ seed: 3 }))
    expect(hello({ seed: 3 }).inputs).not.toEqual(hello({ seed: 4 }).inputs)
  })

  it('begins a longer table with the rows of a shorter one', () => {
    expect(hello({ samples: 50 }).targets[0]?.slice(0, 10)).toEqual(hello({ samples: 10 }).targets[0])
  })

  it('makes one row', () => {
    expect(hello({ samples: 1 }).targets[0]).toHaveLength(1)
  })
})

describe('the generator of a typed formula', () => {
  it('samples each input in the range and computes the target from them', () => {
    const { inputs, targets, name } = formula('2*x1 - x2', { range: [10, 12] })
    const [x1 = new Float64Array(), x2 = new Float64Array()] = inputs
    for (const column of inputs) {
      expect(Math.min(...column)).toBeGreaterThanOrEqual(10)
      expect(Math.max(...column)).toBeLessThan(12)
    }
    expect(x1).not.toEqual(x2)
    expect(targets).toEqual([x1.map((value, row) => 2 * value - (x2[row] ?? Number.NaN))])
    expect(name).toBe('2*x1 - x2')
  })

  it('adds noise of the standard deviation asked for, and samples the same inputs with and without', () => {
    const clean = formula('x1', { samples: 10_000 })
    const noisy = formula('x1', { samples: 10_000, noise: 0.5 })
    expect(noisy.inputs).toEqual(clean.inputs)
    const noise = noisy.targets[0]?.map((value, row) => value - (clean.targets[0]?.[row] ?? Number.NaN))
    const mean = (values: Float64Array = new Float64Array()) => values.reduce((sum, v) => sum + v, 0) / values.length
    expect(mean(noise)).toBeCloseTo(0, 1)
    expect(Math.sqrt(mean(noise?.map((value) => value ** 2)))).toBeCloseTo(0.5, 1)
  })

  it('takes a formula that is only a number', () => {
    expect(formula('3', { samples: 4 }).targets).toEqual([Float64Array.of(3, 3, 3, 3)])
  })

  it.each([
    ['x1 +', {}, /^the formula 'x1 \+' cannot be read at character 5: it ends where/],
    ['x1 + z', {}, /'z' is not an input; there are x1, x2$/],
    [
      'log(x1)',
      {},
      /^the formula log\(x1\) has no finite value at x1 = -[\d.]+, x2 = -?[\d.]+: change it or its range$/,
    ],
    ['x1', { range: [1, 1] }, 'the range of a formula must go from a smaller to a larger number, not from 1 to 1'],
    ['x1', { inputs: ['x1', 'x1'] }, "the input 'x1' is named twice"],
  ])('refuses %j with %j in one sentence', (text, settings, message) => {
    expect(() => formula(text, settings)).toThrow(message)
    expect(() => formula(text, settings)).toThrow(expect.objectContaining({ name: 'UserError' }))
  })
})

it('refuses more numbers than fit, before it makes any', () => {
  const inputs = Array.from({ length: 20 }, (_, k) => `x${k}`)
  expect(() => formula('x0', { samples: 10 ** 7, inputs })).toThrow(/^10000000 samples of 20 inputs are more numbers/)
})
