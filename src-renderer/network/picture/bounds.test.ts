import { expect, test } from 'vitest'
import { networkOf, seenOf } from '../testing'
import { frameOf } from './bounds'

const size = { width: 926, height: 605 }

test('a picture has all of the network, its titles and captions, and little else', () => {
  for (const shape of [
    [2, 5, 1],
    [784, 64, 10],
  ]) {
    const seen = seenOf(networkOf(shape), size)
    const { x, y, width, height } = frameOf(seen)
    for (const column of seen.columns) {
      expect(column.x - column.radius).toBeGreaterThan(x)
      expect(column.x + column.radius).toBeLessThan(x + width)
      expect(column.y - column.radius - 44).toBeGreaterThan(y)
      expect(column.y + column.pitch * (column.count - 1)).toBeLessThan(y + height)
    }
    expect(width).toBeLessThan(size.width)
  }
})

test('what is not in the window is not in the picture', () => {
  const seen = seenOf(networkOf([2, 5, 1]), size, { k: 4, x: -1200, y: -900 })
  const { x, y, width, height } = frameOf(seen)
  expect(x).toBeGreaterThanOrEqual(0)
  expect(y).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(size.width)
  expect(y + height).toBeLessThanOrEqual(size.height)
})
