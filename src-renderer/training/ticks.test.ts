import { expect, test } from 'vitest'
import { axisEnd, decades, formatTick } from './ticks'

test('a logarithmic axis has a line at each power of ten', () => {
  expect(decades(0.001, 10).map(formatTick)).toEqual(['1e−3', '0.01', '0.1', '1', '10'])
})

test('of a long range it leaves some out, never the largest', () => {
  const ticks = decades(1e-12, 10)
  expect(ticks.length).toBeLessThanOrEqual(6)
  expect(ticks.at(-1)).toBe(10)
})

test('numbers on an axis are as short as they can be', () => {
  expect([0, 0.25, -1.5, 2000, 250_000, 0.00125].map(formatTick)).toEqual([
    '0',
    '0.25',
    '−1.5',
    '2000',
    '2.5e5',
    '1.25e−3',
  ])
})

test('the axis of steps shows the whole run from its middle on, and a round part of it before', () => {
  expect([0, 9, 60, 100, 950, 4999, 5000, 12_000].map((step) => axisEnd(step, 10_000))).toEqual([
    10, 10, 100, 200, 2000, 10_000, 10_000, 12_000,
  ])
  expect(axisEnd(0, 0)).toBe(1)
})
