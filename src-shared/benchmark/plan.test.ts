import { describe, expect, it } from 'vitest'
import { UserError } from '../user-error'
import { ALL_METHODS, methodText, readMethod } from './method'
import { commandOf, planSchema } from './plan'
import { PRESET, PRESETS } from './presets'
import { peersOf, rowsOf } from './tasks'

const PLAN = PRESET['better_kan-2024'].plan(['wasm'])

describe('a method', () => {
  it.each([
    'spline',
    'spline:10',
    'spline:10:2',
    'rbf',
    'rbf:16',
    'rbf:8:matern32',
    'chebyshev',
    'chebyshev:12',
    'mlp',
    'open',
  ])('is read as it is written: %s', (text) => expect(methodText(readMethod(text))).toBe(text))

  it.each(['', 'fourier', 'spline:0', 'spline:1.5', 'spline:5:3:1', 'rbf:8:square', 'chebyshev:1:2', 'mlp:3'])(
    'is refused with what would be one: %s',
    (text) => expect(() => readMethod(text)).toThrow(UserError),
  )
})

describe('a plan', () => {
  it('makes a row of each method, engine and regulariser; the perceptron has one', () => {
    expect(rowsOf(PLAN, null).map(({ name }) => name)).toEqual([
      ...['spline', 'rbf', 'chebyshev'].flatMap((method) => [`${method}-wasm`, `${method}-wasm+l1`]),
      'mlp-wasm',
    ])
  })

  it('tells rows apart by what differs between them', () => {
    const plan = {
      ...PLAN,
      methods: ALL_METHODS.slice(0, 1),
      regularized: [false],
      threads: [1, null],
      batchSizes: [10, 20],
    }
    expect(rowsOf(plan, null).map(({ name }) => name)).toEqual([
      'spline-wasm 1 thread batch 10',
      'spline-wasm all threads batch 10',
      'spline-wasm 1 thread batch 20',
      'spline-wasm all threads batch 20',
    ])
    const wide = { ...plan, threads: [null], batchSizes: [10], peers: [{ name: 'other', command: 'true' }] }
    const shapes = [2, 3].map((hidden) => ({ inputs: 5, hidden, outputs: 1, hiddenLayers: 2 }))
    expect(rowsOf({ ...wide, shapes }, null).map(({ name }) => name)).toEqual([
      'spline-wasm 5×2×2×1',
      'spline-wasm 5×3×3×1',
    ])
    expect(peersOf({ ...wide, shapes }).map(({ name }) => name)).toEqual(['other 5×2×2×1', 'other 5×3×3×1'])
  })

  it('has the command that measures it again, quoted for a shell', () => {
    const plan = {
      ...PLAN,
      threads: [1, null],
      regularized: [true],
      peers: [{ name: 'a b', command: "python3 it's.py" }],
    }
    expect(commandOf(plan, 'my network.kan')).toBe(
      'kan-studio bench --preset better_kan-2024 --batch-size 1000 --inp-size 100 --hid-size 1000 --reps 50 --method spline,rbf,chebyshev,mlp --engine wasm ' +
        `--threads 1,all --l1 with --peer 'a b=python3 it'\\''s.py'`,
    )
    expect(commandOf({ ...plan, methods: [{ type: 'open' }] }, 'my network.kan')).toContain("--model 'my network.kan'")
  })

  it.each([0, -1, 2.5, Number.NaN])('is refused with %s repetitions', (repetitions) => {
    const { success, error } = planSchema.safeParse({ ...PLAN, repetitions })
    expect(success).toBe(false)
    expect(error?.issues[0]?.message).toBe('the number of repetitions is a whole number from 1 to 1000000')
  })

  it.each(PRESETS)('is what a preset makes: %s', (name) => {
    const plan = PRESET[name].plan(['wasm', 'webgpu'])
    expect(planSchema.parse(plan)).toEqual(plan)
  })
})
