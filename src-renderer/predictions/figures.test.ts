import { expect, test } from 'vitest'
import type { Results, SplitResults } from '../../src-shared/contract/results'
import { formatR2, measuredText, worstRows } from './figures'

test('R² shows what it lacks of 1, and only perfection is 1', () => {
  expect(formatR2(0.5)).toBe('0.500')
  expect(formatR2(0.953)).toBe('0.953')
  expect(formatR2(0.99987)).toBe('0.99987')
  expect(formatR2(0.9999999999)).toBe('0.99999')
  expect(formatR2(1)).toBe('1.00')
  expect(formatR2(-3.217)).toBe('−3.22')
  expect(formatR2(0.002)).toBe('2.00e−3')
})

const split = (name: SplitResults['name'], residuals: readonly number[]): SplitResults => ({
  name,
  rows: 5000,
  measures: { type: 'regression', outputs: [] },
  points: {
    rows: new Uint32Array(residuals.length),
    truth: new Float64Array(residuals.length),
    predicted: new Float64Array(residuals.length),
  },
  worst: residuals.map((residual, row) => ({
    ...{ row, place: `row ${row + 1}`, inputs: new Float64Array(1) },
    ...{ truth: residual, predicted: 0 },
  })),
})

test('the worst rows are those of all splits together, by size', () => {
  const rows = worstRows([split('train', [-3, 2]), split('test', [2.5, -1])])
  expect(rows.map(({ split: name, residual }) => [name, residual])).toEqual([
    ['train', -3],
    ['test', 2.5],
    ['train', 2],
    ['test', -1],
  ])
  const many = Array.from({ length: 18 }, (_, k) => 18 - k)
  expect(worstRows([split('train', many), split('test', many)])).toHaveLength(20)
})

test('it is said of which rows the figures are', () => {
  const results = { whole: true, splits: [split('train', [1, 2])] } as unknown as Results
  expect(measuredText(results)).toBe('Of all 5\u202f000 rows.')
  expect(measuredText({ ...results, whole: false })).toMatch(/^Of 2 of 5\u202f000 rows/)
})
