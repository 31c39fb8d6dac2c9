import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apart } from './end-labels'

test('labels stay beside their lines where there is room', () => {
  expect(apart([20, 60, 100], 150)).toEqual([20, 60, 100])
})

test('labels of lines that end together do not overlap, and none falls out of the plot', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 150, noNaN: true }), { maxLength: 3 }), (heights) => {
      const ys = apart(
        heights.sort((a, b) => a - b),
        150,
      )
      ys.forEach((y, l) => {
        expect(y).toBeLessThanOrEqual(150)
        if (l > 0) expect(y - (ys[l - 1] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9)
      })
    }),
  )
})
