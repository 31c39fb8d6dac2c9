import { expect, test } from 'vitest'
import { figuresOf } from './figures'

const strength = { type: 'number', pearson: 0.5, rank: -0.25 } as const
const nine = { rows: 9, sampled: 9 }
const shown = (...told: Parameters<typeof figuresOf>) =>
  told && figuresOf(...told).map(({ name, text }) => [name, text])

test('figures are in the column’s own unit, with counts as shares too', () => {
  const view = {
    kind: 'number',
    min: -1,
    max: 3,
    mean: 0.5,
    distinct: 7,
    grid: { low: 0, high: 2, below: 4, above: 1 },
  } as const
  expect(shown({ missing: 2, strength }, view, { rows: 50, sampled: 50 })).toEqual([
    ['min', '−1'],
    ['mean', '0.500'],
    ['max', '3'],
    ['distinct', '7'],
    ['missing', '2 · 4 %'],
    ['off grid', '5 · 10 %'],
    ['r', '0.50'],
    ['rank r', '−0.25'],
  ])
})

test('a category has no mean, and that of days no time', () => {
  const none = { min: null, max: null, mean: null, grid: null }
  expect(
    shown({ missing: 0, strength: { type: 'category', ratio: 1 } }, { kind: 'category', distinct: 3, ...none }, nine),
  ).toEqual([
    ['distinct', '3'],
    ['missing', '0'],
    ['η', '1.00'],
  ])
  const days = { kind: 'date', min: 0, max: 864_000, mean: 100_000, distinct: 2, grid: null } as const
  expect(shown({ missing: 0, strength }, days, nine)[1]).toEqual(['mean', '1970-01-02'])
})
