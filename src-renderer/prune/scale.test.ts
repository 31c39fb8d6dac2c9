import { expect, test } from 'vitest'
import { positionOf, rangeOf, STEPS, thresholdAt, widened } from './scale'

const range = { low: 1e-3, high: 1 }

test('the left end is nothing, the right end everything, and decades are of the same length', () => {
  expect(thresholdAt(range, 0)).toBe(0)
  expect(thresholdAt(range, 1)).toBe(1e-3)
  expect(thresholdAt(range, STEPS)).toBe(1)
  expect(thresholdAt(range, 334)).toBeCloseTo(1e-2, 3)
  expect(thresholdAt(range, 667)).toBeCloseTo(1e-1, 3)
})

test('a threshold stands where it came from, also beyond the ends', () => {
  for (const position of [0, 1, 10, 500, 999, STEPS]) {
    expect(Math.abs(positionOf(range, thresholdAt(range, position)) - position)).toBeLessThanOrEqual(1)
  }
  expect(positionOf(range, 1e9)).toBe(STEPS)
  expect(positionOf(range, 1e-9)).toBe(1)
  expect(positionOf({ low: 0.5, high: 0.5 }, 0.5)).toBeCloseTo(STEPS / 2, -1)
})

test('the range is that of scores above 0, not too far down, and only widens', () => {
  expect(rangeOf([Float64Array.of(0, 0.2, Number.NaN), Float64Array.of(3)])).toEqual({ low: 0.2, high: 3 })
  expect(rangeOf([Float64Array.of(1e-30, 1)])).toEqual({ low: 1e-5, high: 1 })
  expect(rangeOf([Float64Array.of(0, 0)])).toBeNull()
  expect(widened(range, { low: 0.01, high: 2 })).toEqual({ low: 1e-3, high: 2 })
  expect(widened(range, { low: 0.01, high: 0.5 })).toBe(range)
  expect(widened(null, range)).toBe(range)
})
