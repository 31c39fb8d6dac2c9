import { expect, test } from 'vitest'
import { histogramOf } from './histogram'

const counts = [1, 2, 4, 1]

test('bars outside of the grid stand apart, and its ends are marked', () => {
  const shape = histogramOf(
    { min: 0, max: 4, histogram: counts, grid: { low: 1, high: 3, below: 1, above: 1 } },
    400,
    40,
  )
  expect(shape?.within.match(/M/g)).toHaveLength(2)
  expect(shape?.beyond.match(/M/g)).toHaveLength(2)
  expect(shape).toMatchObject({ grid: { x: 100, width: 200 }, edges: [100, 300] })
})

test('a grid that is much wider than the values does not flatten them', () => {
  const shape = histogramOf(
    { min: 0, max: 4, histogram: counts, grid: { low: -1e6, high: 1e6, below: 0, above: 0 } },
    560,
    40,
  )
  expect(shape).toMatchObject({ grid: { x: 0, width: 560 }, edges: [], beyond: '' })
  expect(shape?.within).toMatch(/^M80 40/)
})

test('a constant is one bar in the middle, and a column without values none', () => {
  const shape = histogramOf({ min: 5, max: 5, histogram: [9], grid: null }, 100, 40)
  expect(shape?.within).toBe('M47.5 40V2H51.9V40z')
  expect(histogramOf({ min: null, max: null, histogram: [], grid: null }, 100, 40)).toBeNull()
})
