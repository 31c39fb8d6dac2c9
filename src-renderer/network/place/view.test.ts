import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf, seenOf } from '../testing'
import { edgeBox, edgeHalves, matrixDetail, resized, seenRows, slotDetail, wayIntoSight } from './view'

const size = { width: 926, height: 605 }
const details = (shape: readonly number[], k: number) =>
  seenOf(networkOf(shape), size, { k, x: 0, y: 0 }).pairs.map(({ detail }) => detail)

test('the level of detail follows the room that an edge has', () => {
  expect(details([2, 5, 1], 1)).toEqual(['curves', 'curves'])
  expect(details([2, 20, 20, 1], 1)).toEqual(['curves', 'lines', 'curves'])
  expect(details([784, 64, 10], 1)).toEqual(['density', 'density'])
})

test('zooming in brings curves back, zooming out takes them away', () => {
  expect(details([2, 20, 20, 1], 20)).toEqual(['curves', 'curves', 'curves'])
  expect(details([2, 20, 20, 1], 0.5)).toEqual(['lines', 'lines', 'curves'])
  expect(details([784, 64, 10], 80)).toEqual(['cells', 'cells'])
})

test('a curve is drawn only where its shape can be seen', () => {
  expect([slotDetail(8.9), slotDetail(9)]).toEqual(['lines', 'curves'])
  expect([matrixDetail(34, 19), matrixDetail(33, 20), matrixDetail(34, 20)]).toEqual(['density', 'density', 'cells'])
})

test('what is in the middle of a window stays there when that gets another size', () => {
  const view = { k: 4, x: -900, y: -500 }
  const after = { width: 500, height: 300 }
  const next = resized(view, size, after)
  expect((after.width / 2 - next.x) / next.k / after.width).toBeCloseTo((size.width / 2 - view.x) / view.k / size.width)
  expect((after.height / 2 - next.y) / next.k / after.height).toBeCloseTo(
    (size.height / 2 - view.y) / view.k / size.height,
  )
})

test('curves do not overlap at any zoom', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 }),
      fc.double({ min: 0.5, max: 60, noNaN: true }),
      (shape, k) => {
        const seen = seenOf(networkOf(shape), size, { k, x: 0, y: 0 })
        for (const pair of seen.pairs) {
          if (pair.type !== 'slots') continue
          expect(pair.height).toBeLessThan(pair.pitch)
          const [left, right] = edgeHalves(seen, pair, 0, 0)
          expect(left.toX).toBeGreaterThan(left.fromX)
          expect(right.toX).toBeGreaterThan(right.fromX)
        }
      },
    ),
  )
})

test('the two halves of an edge end where its slot begins and ends', () => {
  const seen = seenOf(networkOf([2, 5, 1]), size)
  const pair = seen.pairs[0]
  if (pair === undefined) throw new Error('no first layer')
  const box = edgeBox(pair, 1, 3)
  const [left, right] = edgeHalves(seen, pair, 1, 3)
  expect([left.toX, left.toY]).toEqual([box.x - box.width / 2, box.y])
  expect([right.fromX, right.fromY]).toEqual([box.x + box.width / 2, box.y])
  expect(right.toY).toBe((seen.columns[1]?.y ?? 0) + 3 * (seen.columns[1]?.pitch ?? 0))
})

test('rows out of the window are not visited', () => {
  expect(seenRows(5, 10, 1000, 100, 5)).toEqual([0, 11])
  expect(seenRows(-5000, 10, 1000, 100, 5)).toEqual([499, 512])
  expect(seenRows(5000, 10, 10, 100, 5)).toEqual([0, 0])
})

test('an edge out of sight says how far to pan, one in sight does not', () => {
  const box = { x: 100, y: 300, width: 40, height: 30 }
  expect(wayIntoSight(box, size)).toEqual({ x: 0, y: 0 })
  expect(wayIntoSight({ ...box, x: -200 }, size)).toEqual({ x: 232, y: 0 })
  expect(wayIntoSight({ ...box, y: 1000 }, size).y).toBeLessThan(-400)
})
