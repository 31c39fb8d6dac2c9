import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { cholesky, leastSquares, substituteAll } from './least-squares'
import { random } from './random'

// Sixteenths: their products are exact, so the rank is what it is meant to be.
const number = fc.integer({ min: -160, max: 160 }).map((sixteenths) => sixteenths / 16)
const problems = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, columns, inner]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      // A product of two thin matrices has any rank up to `inner`.
      left: fc.array(number, { minLength: rows * inner, maxLength: rows * inner }),
      right: fc.array(number, { minLength: inner * columns, maxLength: inner * columns }),
      b: fc.array(number, { minLength: rows, maxLength: rows }),
    }),
  )

test('an invertible system is solved', () => {
  const { solve, rank } = leastSquares([2, 1, 0, 1, 3, -1, 0, 2, 5], 3, 3)
  expect(rank).toBe(3)
  solve([4, 4, 19]).forEach((value, k) => {
    expect(value).toBeCloseTo([1, 2, 3][k] as number, 13)
  })
})

test('a line through points is the regression line', () => {
  const [intercept, gradient] = leastSquares([1, 0, 1, 1, 1, 2, 1, 3], 4, 2).solve([1, 3, 2, 6])
  expect(intercept).toBeCloseTo(0.9, 13)
  expect(gradient).toBeCloseTo(1.4, 13)
})

test('more unknowns than rows, or columns that depend on each other, give the smallest solution', () => {
  expectClose(leastSquares([1, 1], 1, 2).solve([2]), [1, 1])
  const dependent = leastSquares([1, 1, 2, 2, 3, 3], 3, 2)
  expect(dependent.rank).toBe(1)
  expectClose(dependent.solve([2, 4, 6]), [1, 1])
})

test('a matrix of zeros gives zeros', () => {
  expect(leastSquares(new Float64Array(6), 3, 2).solve([1, 2, 3])).toEqual(new Float64Array(2))
})

test('the residual is orthogonal to every column and the solution to the null space, at any rank', () => {
  fc.assert(
    fc.property(problems, ({ rows, columns, left, right, b }) => {
      const inner = left.length / rows
      const entry = (r: number, c: number) =>
        left
          .slice(r * inner, r * inner + inner)
          .reduce((sum, value, k) => sum + value * (right[k * columns + c] ?? 0), 0)
      const matrix = Array.from({ length: rows * columns }, (_, k) => entry(Math.floor(k / columns), k % columns))
      const { solve } = leastSquares(matrix, rows, columns)
      const x = solve(b)
      expect(x.every(Number.isFinite)).toBe(true)
      const product = Array.from({ length: rows }, (_, r) =>
        x.reduce((sum, value, c) => sum + value * (matrix[r * columns + c] ?? 0), 0),
      )
      const size = Math.max(...matrix.map(Math.abs), 1e-300)
      const scale = size * Math.max(...b.map(Math.abs), size * Math.max(...x.map(Math.abs)))
      for (let c = 0; c < columns; c++) {
        const slope = product.reduce((sum, value, r) => sum + (value - (b[r] ?? 0)) * (matrix[r * columns + c] ?? 0), 0)
        expect(Math.abs(slope)).toBeLessThanOrEqual(1e-11 * scale)
      }
      // The smallest solution is the one that solving for its own image gives back.
      const again = solve(product)
      const largest = Math.max(...x.map(Math.abs))
      x.forEach((value, c) => {
        expect(Math.abs((again[c] ?? 0) - value)).toBeLessThanOrEqual(1e-6 * Math.max(largest, 1e-300))
      })
    }),
    { numRuns: 300 },
  )
})

function expectClose(actual: Float64Array, expected: readonly number[]) {
  expect(actual.length).toBe(expected.length)
  actual.forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k] as number, 13)
  })
}

test('a banded system that is positive definite is solved in its band, any other is left to least squares', () => {
  const size = 7
  const width = 2
  const next = random(4)
  const lower = (r: number, c: number) => (c > r || r - c > width ? 0 : (factor[r * size + c] as number))
  const factor = Float64Array.from({ length: size * size }, (_, k) =>
    k % (size + 1) === 0 ? 1 + next() : next() - 0.5,
  )
  const whole = (r: number, c: number) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += lower(r, k) * lower(c, k)
    return sum
  }
  const band = Float64Array.from({ length: size * (width + 1) }, (_, k) => {
    const r = Math.floor(k / (width + 1))
    const c = r - width + (k % (width + 1))
    return c < 0 ? 0 : whole(r, c)
  })
  const solution = Float64Array.from({ length: size * 2 }, () => next())
  const right = solution.map((_, k) => {
    let sum = 0
    for (let c = 0; c < size; c++) sum += whole(Math.floor(k / 2), c) * (solution[c * 2 + (k % 2)] as number)
    return sum
  })
  const found = cholesky(band, size, width, 1e-12)
  expect(largestError(found === null ? [] : substituteAll(found, right, size, width), solution)).toBeLessThan(1e-12)
  expect(cholesky(new Float64Array(band.length), size, width, 1e-12)).toBeNull()
})
