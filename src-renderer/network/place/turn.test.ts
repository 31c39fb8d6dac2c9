import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measure, networkOf } from '../testing'
import { boxOf } from './boxes'
import type { View } from './geometry'
import { hitTest } from './hit'
import { layoutNetwork } from './layout'
import { boxInWindow, fromWindow, toWindow, viewFromWindow } from './turn'
import { see } from './view'

const size = { width: 926, height: 605 }
const turned = (shape: readonly number[], view: View = { k: 1, x: 0, y: 0 }) => {
  const layout = layoutNetwork(networkOf(shape), size, measure, 'up')
  return see(layout, viewFromWindow(layout, view))
}

test('from the bottom up inputs stand below, outputs above, and the first node at the left', () => {
  const seen = turned([2, 5, 1])
  const node = (layer: number, index: number) => {
    const box = boxOf(seen, { type: 'node', layer, index })
    if (box === null) throw new Error('no node')
    return boxInWindow(seen, box)
  }
  expect(node(0, 0).y).toBeGreaterThan(node(1, 0).y)
  expect(node(1, 0).y).toBeGreaterThan(node(2, 0).y)
  expect(node(1, 0).x).toBeLessThan(node(1, 1).x)
  for (const [layer, count] of [2, 5, 1].entries()) {
    for (let index = 0; index < count; index++) {
      const { x, y, width } = node(layer, index)
      expect(x - width / 2).toBeGreaterThan(0)
      expect(x + width / 2).toBeLessThan(size.width)
      expect(y - width / 2).toBeGreaterThan(0)
      expect(y + width / 2).toBeLessThan(size.height - 56)
    }
  }
})

test('curves are as wide as those that run left to right, not turned with the network', () => {
  const seen = turned([2, 5, 1])
  const box = boxOf(seen, { type: 'edge', layer: 0, edge: [1, 2] })
  if (box === null) throw new Error('no edge')
  const { width, height } = boxInWindow(seen, box)
  expect(width).toBeGreaterThan(height)
  expect(height).toBeGreaterThanOrEqual(28)
})

test('what is seen at a point of the window is what lies there, at any zoom', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 20, noNaN: true }),
      fc.double({ min: -400, max: 400, noNaN: true }),
      fc.double({ min: -400, max: 400, noNaN: true }),
      (k, x, y) => {
        const layout = layoutNetwork(networkOf([2, 5, 1]), size, measure, 'up')
        const fitted = see(layout, { k: 1, x: 0, y: 0 })
        const seen = turned([2, 5, 1], { k, x, y })
        const at = { type: 'node', layer: 1, index: 3 } as const
        const [before, after] = [boxOf(fitted, at), boxOf(seen, at)]
        if (before === null || after === null) throw new Error('no node')
        // As d3 zooms the window.
        const [from, to] = [toWindow(fitted, before), toWindow(seen, after)]
        expect(to.x).toBeCloseTo(from.x * k + x, 6)
        expect(to.y).toBeCloseTo(from.y * k + y, 6)
        expect(hitTest(seen, fromWindow(seen, to))).toEqual(at)
      },
    ),
  )
})
