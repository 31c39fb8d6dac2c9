import { expect, test } from 'vitest'
import { network } from '../../src-shared/kan/edits/testing'
import { widthAfter, widthEdit } from './width'

const { specification } = network([2, 3, 1])
const scores = (...layers: number[][]) =>
  layers.map((values) => ({
    scores: Float32Array.from(values),
    minimum: new Float32Array(0),
    maximum: new Float32Array(0),
  }))

test('narrower, the least important nodes go: those that are weak on either side', () => {
  const importance = scores([0.9, 0.1, 0.05, 0.02, 0.8, 0.7], [0.01, 0.9, 0.6])
  expect(widthEdit(specification, importance, 0, 2)).toEqual({ type: 'remove-nodes', layer: 0, nodes: [0] })
  expect(widthEdit(specification, importance, 0, 1)).toEqual({ type: 'remove-nodes', layer: 0, nodes: [0, 1] })
})

test('of equals the last goes first', () => {
  expect(widthEdit(specification, scores([1, 1, 1, 1, 1, 1], [1, 1, 1]), 0, 2)).toEqual({
    ...{ type: 'remove-nodes', layer: 0, nodes: [2] },
  })
})

test('without scores of this very network the width alone is asked for, as when it grows', () => {
  expect(widthEdit(specification, null, 0, 2)).toEqual({ type: 'set-width', layer: 0, nodes: 2 })
  expect(widthEdit(specification, scores([1], [1]), 0, 2)).toEqual({ type: 'set-width', layer: 0, nodes: 2 })
  expect(widthEdit(specification, null, 0, 4)).toEqual({ type: 'set-width', layer: 0, nodes: 4 })
  expect(widthEdit(specification, null, 0, 3)).toBeNull()
})

test('a drag makes a node every few pixels, faster farther out, and never none', () => {
  expect([0, 14, 70, -28].map((dragged) => widthAfter(5, dragged))).toEqual([5, 6, 10, 3])
  expect(widthAfter(5, 280)).toBeGreaterThan(40)
  expect(widthAfter(5, -1000)).toBe(1)
  expect(widthAfter(100, -70)).toBe(80)
})
