import { expect, test } from 'vitest'
import { basisMatrix } from './basis'
import { initialGrid } from './grid'
import { leastSquares } from './least-squares'

const ROWS = 60
const x = Float64Array.from({ length: ROWS }, (_, i) => 1.98 * (((i + 1) * 0.6180339887498949) % 1) - 0.99)
const noisy = x.map((value, i) => value ** 2 + 0.2 * Math.SQRT2 * Math.sin(12.9898 * (i + 1)))
const clean = Float64Array.from({ length: 199 }, (_, i) => -0.99 + 0.01 * i)

/** Roots of the mean squared errors of the least-squares optimum: on the noisy rows, and on clean ones. */
function errors(intervals: number) {
  const basis = { type: 'spline', order: 3, intervals } as const
  const grid = initialGrid(basis, [-1, 1])
  const size = intervals + 3
  const rows = basisMatrix(basis, grid, x)
  const weights = leastSquares(rows, ROWS, size).solve(noisy)
  const error = (matrix: Float64Array, targets: Float64Array) => {
    const squares = targets.map((target, row) => {
      const value = weights.reduce((sum, weight, m) => sum + weight * (matrix[row * size + m] as number), 0)
      return (value - target) ** 2
    })
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / targets.length)
  }
  return {
    train: error(rows, noisy),
    test: error(
      basisMatrix(basis, grid, clean),
      clean.map((value) => value ** 2),
    ),
  }
}

test.each([
  { intervals: 3, train: 0.1965, clean: 0.0355 },
  { intervals: 5, train: 0.1957, clean: 0.0408 },
  { intervals: 10, train: 0.1906, clean: 0.0735 },
  { intervals: 20, train: 0.1696, clean: 0.1658 },
])('on $intervals intervals the noisy rows are fitted better than on fewer, the clean ones worse', (expected) => {
  const { train, test } = errors(expected.intervals)
  expect(train).toBeCloseTo(expected.train, 4)
  expect(test).toBeCloseTo(expected.clean, 4)
})

test('with almost as many coefficients as rows the fit explodes between the rows', () => {
  const { train, test } = errors(50)
  expect(train).toBeLessThan(0.12)
  expect(test).toBeGreaterThan(1)
})
