import { expect, test } from 'vitest'
import { toSeries } from './series'

const points = Float64Array.of(0, 3, 2.5, 2.75, 0.5, 0, 1, 2, NaN, NaN, 0, 0.1)

test('each column of the points becomes a series', () => {
  expect(toSeries(points, false)).toEqual([
    [0, 1],
    [2.5, null],
    [2.75, null],
    [0.5, null],
  ])
})

test('a logarithmic axis has no place for zero', () => {
  expect(toSeries(Float64Array.of(7, 0, 0, -1, 0, 0), true)).toEqual([[7], [null], [null], [null]])
})
