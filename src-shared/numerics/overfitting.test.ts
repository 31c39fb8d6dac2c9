/** A finer grid fits its rows better, and what they were taken from worse. */
import { expect, test } from 'vitest'
import type { Basis } from '../kan/specification'
import { basisMatrix } from './basis'
import { initialGrid } from './grid'
import { leastSquares } from './least-squares'

const rows = Array.from({ length: 60 }, (_, k) => k + 1)
const x = Float64Array.from(rows, (i) => 1.98 * ((i * 0.6180339887498949) % 1) - 0.99)
const y = x.map((value, k) => value * value + 0.2 * Math.SQRT2 * Math.sin(12.9898 * (k + 1)))
const clean = Float64Array.from({ length: 199 }, (_, p) => -0.99 + (1.98 * p) / 198)

/** Root mean squares on the noisy rows and on the clean curve of the spline that fits the rows best. */
function errors(intervals: number): { readonly train: number; readonly test: number } {
  const basis: Basis = { type: 'spline', order: 3, intervals }
  const grid = initialGrid(basis, [-1, 1])
  const size = intervals + 3
  const matrix = basisMatrix(basis, grid, x)
  const weights = leastSquares(matrix, x.length, size).solve(y)
  const rest = (values: Float64Array, targets: Float64Array) => {
    const squares = targets.map((target, p) => {
      const fitted = weights.reduce((sum, weight, m) => sum + weight * (values[p * size + m] as number), 0)
      return (fitted - target) ** 2
    })
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
  }
  const squared = clean.map((value) => value * value)
  return { train: rest(matrix, y), test: rest(basisMatrix(basis, grid, clean), squared) }
}

test.each([
  { intervals: 3, train: 0.1965, clean: 0.0355 },
  { intervals: 5, train: 0.1957, clean: 0.0408 },
  { intervals: 10, train: 0.1906, clean: 0.0735 },
  { intervals: 20, train: 0.1696, clean: 0.1658 },
])('$intervals intervals leave $train on 60 noisy rows and $clean on the clean curve', (expected) => {
  const { train, test } = errors(expected.intervals)
  expect(train).toBeCloseTo(expected.train, 4)
  expect(test).toBeCloseTo(expected.clean, 4)
})

test('50 intervals follow the noise without bounds', () => {
  const { train, test } = errors(50)
  expect(train).toBeLessThan(0.12)
  expect(test).toBeGreaterThan(10)
})
