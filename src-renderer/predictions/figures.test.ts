import { expect, test } from 'vitest'
import type { Results, SplitResults } from '../../src-shared/contract/results'
import { formatBeside, formatInput, formatPredicted, formatR2, measuredText, worstRows } from './figures'

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

test('a small residual is seen between what is true and what is predicted', () => {
  expect([formatBeside(1007.21, -0.433), formatBeside(1007.643, -0.433)]).toEqual(['1007.21', '1007.64'])
  expect([formatBeside(123456.7, 0.52), formatBeside(-0.5, 0.0001234)]).toEqual(['123456.70', '−0.50000'])
  expect([formatBeside(3.21, 500), formatBeside(0, 0.5), formatBeside(1234.5, 1e-20)]).toEqual(['3.21', '0', '1235'])
  expect([formatBeside(2, 0), formatBeside(Number.NaN, 1), formatBeside(2, Number.NaN)]).toEqual(['2.00', '–', '2.00'])
})

test('a date among the inputs is a date again', () => {
  expect(formatInput(Date.UTC(2026, 0, 2) / 1000 + 1e-6, 'date')).toBe('2026-01-02')
  expect([formatInput(2.5, 'number'), formatInput(undefined, 'date'), formatInput(7, undefined)]).toEqual([
    '2.50',
    '–',
    '7.00',
  ])
})

test('what is predicted is told to six digits', () => {
  expect([1004.1234, -0.5, 123456.78, 1e7, 1e-5, 0].map(formatPredicted)).toEqual([
    '1004.12',
    '−0.500000',
    '123457',
    '1.00e7',
    '1.00e−5',
    '0',
  ])
  expect([formatPredicted(null), formatPredicted(Number.NaN)]).toEqual(['–', '–'])
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
