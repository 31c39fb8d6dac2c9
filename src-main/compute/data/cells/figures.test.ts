import { expect, test } from 'vitest'
import { random } from '../../../../src-shared/numerics/random'
import { figuresOf } from './figures'

const next = random(1, 'data')

test.each<[string, (row: number) => number]>([
  ['all different', () => next()],
  ['mostly different, with few digits', () => Math.round(next() * 1e5) / 1e5],
  ['few whole numbers', () => Math.floor(next() * 10)],
  ['whole numbers in their order', (row) => row],
  ['dates', () => 1.7e9 + 60 * Math.floor(next() * 1e4)],
  ['powers of two', () => 2 ** Math.floor(next() * 2000 - 1000)],
  [
    'with gaps and infinities',
    () => [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, next()][Math.floor(next() * 4)] ?? 0,
  ],
  ['with both zeros', (row) => [0, -0, 1e-300, -1e-300][row % 4] ?? 0],
  ['one', () => 7],
  ['none', () => Number.NaN],
])('counts different numbers: %s', (_, value) => {
  for (const rows of [0, 1, 2, 1000, 8192, 8193, 50_000]) {
    const values = Float64Array.from({ length: rows }, (_, row) => value(row))
    expect(figuresOf(values).distinct).toBe(new Set(values.filter(Number.isFinite)).size)
  }
})

test('counts what is a part of a larger array', () => {
  expect(figuresOf(Float64Array.of(1, 2, 2, 3, 4).subarray(1, 4)).distinct).toBe(2)
})
