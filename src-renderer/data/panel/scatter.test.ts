import { expect, test } from 'vitest'
import type { DataPoints } from '../../../src-shared/contract/data-view'
import { nearestPoint } from '../../predictions/clouds'
import { placesOf, scalesOf } from './scatter'

const points = (change: Partial<DataPoints> = {}): DataPoints => ({
  rows: 4,
  x: Float64Array.of(0, 1, Number.NaN, 1),
  texts: [],
  y: Float64Array.of(-2, 0, 3, 9),
  predicted: null,
  ...change,
})
const size = { width: 300, height: 200 }

test('numbers stand where they are, values of a category near their strip, always in the same places', () => {
  const { x } = points()
  expect(placesOf('number', points())).toEqual(x)
  const strips = placesOf('category', points())
  expect(strips).toEqual(placesOf('category', points()))
  strips.forEach((place, k) => {
    if (k !== 2) expect(Math.abs(place - (x[k] ?? 0))).toBeLessThanOrEqual(0.3)
  })
  expect(strips[2]).toBeNaN()
})

test('axes reach over the rows and what the network says of them, whatever is not finite', () => {
  const { x, y } = scalesOf('number', points({ predicted: Float64Array.of(20, Number.NaN, 1, -7) }), size)
  expect(x.domain()).toEqual([0, 1])
  expect(y.domain()[0]).toBeLessThanOrEqual(-7)
  expect(y.domain()[1]).toBeGreaterThanOrEqual(20)
  const same = scalesOf('number', points({ x: Float64Array.of(5, 5, 5, 5) }), size)
  expect(same.x(5)).toBeGreaterThan(same.x.range()[0] ?? 0)
  expect(scalesOf('category', points({ texts: ['red', 'blue'] }), size).x.domain()).toEqual([-0.5, 1.5])
})

test('the point at the pointer is the nearest that is near enough; one without a place is none', () => {
  const scales = scalesOf('number', points(), size)
  const { x, y } = points()
  const nearest = (at: { readonly x: number; readonly y: number }) => nearestPoint([{ x, y }], scales, at, 14)
  expect(nearest({ x: scales.x(1) + 3, y: scales.y(9) })?.index).toBe(3)
  expect(nearest({ x: scales.x(0.5), y: scales.y(3) })).toBeNull()
})
