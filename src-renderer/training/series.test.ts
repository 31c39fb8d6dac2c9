import { expect, test } from 'vitest'
import { smoothed, toSeries } from './series'

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

test('a smoothed curve begins at its first value, keeps a constant, and bows to a spike only a little', () => {
  const spike = [...Array(20).fill(1e-4), 1, ...Array(20).fill(1e-4)]
  const [steps, train] = smoothed([spike.map((_, s) => s), [...spike], [null], [null]], true)
  expect(steps).toHaveLength(41)
  expect(train[0]).toBeCloseTo(1e-4, 12)
  expect(train[19]).toBeCloseTo(1e-4, 12)
  expect(train[20]).toBeLessThan(3e-4)
})

// Case U3.
test('no way of showing the points adds one or leaves one out', () => {
  const steps = [0, 1]
  const shown = [false, true].flatMap((log) => [toSeries(points, log), smoothed(toSeries(points, log), log)])
  for (const series of shown) {
    expect(series[0]).toEqual(steps)
    for (const values of series) expect(values).toHaveLength(steps.length)
  }
})
