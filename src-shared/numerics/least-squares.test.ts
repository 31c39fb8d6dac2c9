import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastSquares } from './least-squares'

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
