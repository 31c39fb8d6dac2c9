import { describe, expect, test } from 'vitest'
import golden from '../golden/pykan_symbolic_fit.json'
import {
  type SymbolicFunction,
  symbolicBackward,
  symbolicComplexity,
  symbolicFunctions,
  symbolicPhi,
  symbolicSlope,
  symbolicText,
  symbolicValue,
} from './symbolic'

const arrays: Readonly<Record<string, { readonly data: readonly number[] }>> = golden.arrays
const goldenOf = (name: string) => Float64Array.from(arrays[name]?.data ?? [])
const x = goldenOf('x')
const y = goldenOf('y=5sin(3x+2)+.7')

test('the functions are those of pykan', () => {
  const names = Object.keys(arrays).flatMap((name) => /^abcd\[(.+)\]$/.exec(name)?.[1] ?? [])
  expect([...symbolicFunctions].sort()).toEqual(names.sort())
  const complexities = Object.fromEntries(symbolicFunctions.map((name) => [name, symbolicComplexity(name)]))
  expect(JSON.parse(/\{.*\}/.exec(golden.meta.note)?.[0].replaceAll("'", '"') ?? '')).toEqual(complexities)
})

test.each(symbolicFunctions)('%s has the golden R² and least squares at the golden a and b', (name) => {
  const [a = 0, b = 0, c = 0, d = 0] = goldenOf(`abcd[${name}]`)
  const values = x.map((point) => symbolicValue(name, a * point + b))
  const meanOf = (numbers: Float64Array) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length
  const [center, level] = [meanOf(values), meanOf(y)]
  let [joint, own, spread] = [0, 0, 0]
  values.forEach((value, k) => {
    const target = (y[k] as number) - level
    joint += (value - center) * target
    own += (value - center) ** 2
    spread += target ** 2
  })
  // pykan keeps the denominator of R² from 0.
  expect(joint ** 2 / (own * spread + 1e-4)).toBeCloseTo(goldenOf(`r2[${name}]`)[0] as number, 4)
  if (name === '0') return
  expect(c / (joint / own)).toBeCloseTo(1, 5)
  expect(d).toBeCloseTo(level - c * center, 4)
})

describe.each(symbolicFunctions)('%s', (name) => {
  // Within the domain of all of them.
  const points = [0.12, 0.3, 0.55, 0.83]

  test('has the slope of its values', () => {
    for (const u of points) {
      const difference = (symbolicValue(name, u + 1e-6) - symbolicValue(name, u - 1e-6)) / 2e-6
      expect(Math.abs(symbolicSlope(name, u) - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)))
    }
  })

  test('passes exact gradients on to a, b, c, d and x', () => {
    const numbers = Float64Array.of(0, 0, 0.7, 0.15, 1.3, -0.4)
    for (const point of points) {
      const gradients = new Float64Array(6)
      const flow = symbolicBackward(name, numbers, 2, point, 0.5, gradients)
      const slope = (move: (step: number) => number) => (0.5 * (move(1e-6) - move(-1e-6))) / 2e-6
      const differences = [0, 1, 2, 3].map((k) =>
        slope((step) =>
          symbolicPhi(
            name,
            numbers.map((value, n) => (n === k + 2 ? value + step : value)),
            2,
            point,
          ),
        ),
      )
      for (const [k, difference] of differences.entries()) {
        expect(Math.abs((gradients[k + 2] as number) - difference)).toBeLessThan(
          1e-6 * Math.max(1, Math.abs(difference)),
        )
      }
      const byX = slope((step) => symbolicPhi(name, numbers, 2, point + step))
      expect(Math.abs(flow - byX)).toBeLessThan(1e-6 * Math.max(1, Math.abs(byX)))
    }
  })
})

test.each([
  ['log', -1],
  ['sqrt', -0.1],
  ['x^1.5', -0.1],
  ['1/sqrt(x)', -2],
  ['arcsin', 1.1],
  ['arccos', -1.1],
  ['arctanh', 2],
] as const)('%s of %d is no number', (name, u) => {
  expect(symbolicValue(name, u)).toBeNaN()
})

test.each<[SymbolicFunction, number]>([
  ['sqrt', 0],
  ['x^0.5', 0],
  ['x^1.5', 0],
  ['arcsin', 1],
  ['arccos', -1],
])('%s has the slope 0 at %d, where it has none', (name, u) => {
  expect(symbolicSlope(name, u)).toBe(0)
})

test.each<[SymbolicFunction, number, number]>([
  ['gaussian', 1e200, 0],
  ['tanh', 1e200, 1],
  ['arctan', -1e300, -Math.PI / 2],
  ['exp', -1e300, 0],
])('%s stays finite far away', (name, u, value) => {
  expect(symbolicValue(name, u)).toBeCloseTo(value, 12)
  expect(symbolicSlope(name, u)).toBeCloseTo(0, 12)
})

test.each<[SymbolicFunction, [number, number, number, number], string]>([
  ['sin', [Math.PI, 0, 1, 0.2], 'sin(3.142·x) + 0.2'],
  ['x', [1, 0, 1, 0], 'x'],
  ['x', [2, -1, 3, 0], '3·(2·x − 1)'],
  ['x^2', [1, 0, -2, 1], '−2·x² + 1'],
  ['x^3', [-1, 0.5, 1, 0], '(−x + 0.5)³'],
  ['1/x', [1, 2, 3, 0], '3/(x + 2)'],
  ['1/sqrt(x)', [1, 0, -1, 0], '−1/√(x)'],
  ['gaussian', [2, 0, 1, 0], 'exp(−(2·x)²)'],
  ['abs', [1, 1, 1, -1], '|x + 1| − 1'],
  ['0', [1, 0, 5, 0.3], '0.3'],
  ['exp', [0, 0, 0, 0], '0'],
])('%s of %j reads %s', (name, [a, b, c, d], text) => {
  expect(symbolicText(name, { a, b, c, d }, 'x')).toBe(text)
})
