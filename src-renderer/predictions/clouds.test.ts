import { expect, test } from 'vitest'
import type { SplitResults } from '../../src-shared/contract/results'
import { cloudsOf, countsOf, nearestPoint, placeOf, rangesOf } from './clouds'

const split = (truth: readonly number[], predicted: readonly number[]): SplitResults => ({
  name: 'train',
  rows: truth.length,
  measures: { type: 'regression', outputs: [] },
  points: {
    rows: Uint32Array.from(truth, (_, row) => row),
    truth: Float64Array.from(truth),
    predicted: Float64Array.from(predicted),
  },
  worst: [],
})

test('a residual is what is true less what is predicted, drawn over the prediction', () => {
  const [cloud] = cloudsOf('residuals', [split([1, 5], [3, 4])])
  expect([...(cloud?.x ?? [])]).toEqual([3, 4])
  expect([...(cloud?.y ?? [])]).toEqual([-2, 1])
  expect(placeOf('residuals', { truth: 1, predicted: 3 })).toEqual({ x: 3, y: -2 })
})

test('both axes of true against predicted are the same, so that perfection is the diagonal', () => {
  const { x, y } = rangesOf('fit', cloudsOf('fit', [split([1, 5], [3, 9]), split([-2], [0])]))
  expect(x).toEqual([-2, 9])
  expect(y).toEqual(x)
})

test('residuals reach as far up as down, and a prediction that is not finite reaches nowhere', () => {
  const { x, y } = rangesOf('residuals', cloudsOf('residuals', [split([1, 5, 2], [3, 4, Number.NaN])]))
  expect(x).toEqual([3, 4])
  expect(y).toEqual([-2, 2])
})

test('a range of one value, or of none, has room', () => {
  expect(rangesOf('fit', cloudsOf('fit', [split([500], [500])])).x).toEqual([450, 550])
  expect(rangesOf('residuals', cloudsOf('residuals', [split([0], [0])]))).toEqual({ x: [-1, 1], y: [-1, 1] })
  expect(rangesOf('fit', []).x).toEqual([-1, 1])
})

test('each value is counted in its bin, both ends included', () => {
  expect(countsOf(Float64Array.of(-2, -1, 0, 1.99, 2, Number.NaN, 3), [-2, 2], 4)).toEqual([1, 1, 1, 2])
})

test('the nearest point is found on the screen, not in units of the data', () => {
  const clouds = cloudsOf('fit', [split([0, 1], [0, 1000])])
  const scale = { x: (value: number) => value * 100, y: (value: number) => value / 10 }
  expect(nearestPoint(clouds, scale, { x: 97, y: 97 }, 12)?.index).toBe(1)
  expect(nearestPoint(clouds, scale, { x: 50, y: 50 }, 12)).toBeNull()
})
