import { expect, test } from 'vitest'
import { binStart, scoreBins } from './score-bins'

test('scores are counted by their order of magnitude, and those of 0 beside', () => {
  const bins = scoreBins([0, 0.011, 0.012, 0.5, 0, 0.09])
  if (bins === null) throw new Error('there are scores')
  expect([bins.from, bins.to, bins.zeros]).toEqual([0.01, 1, 2])
  expect(bins.counts).toEqual([2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
  expect(binStart(bins, 6)).toBeCloseTo(0.1, 12)
})

test('a power of ten begins a decade, and one score is enough', () => {
  const bins = scoreBins([1])
  expect([bins?.from, bins?.to, bins?.counts]).toEqual([1, 10, [1, 0, 0, 0, 0, 0]])
})

test('of very small scores the axis keeps six decades', () => {
  const bins = scoreBins([1e-30, 0.5])
  expect([bins?.from, bins?.counts[0], bins?.counts.length]).toEqual([1e-6, 1, 36])
})

test('without a score above 0 there is nothing to show', () => {
  expect(scoreBins([0, 0, Number.NaN])).toBeNull()
  expect(scoreBins([])).toBeNull()
})
