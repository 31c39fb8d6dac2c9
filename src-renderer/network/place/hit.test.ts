import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inputsOf } from '../../../src-shared/kan/specification'
import { takenBy } from '../hand/rectangle'
import { measure, networkOf, seenOf } from '../testing'
import { boxOf } from './boxes'
import { FITTED } from './geometry'
import { edgesAlong, hitTest, parameterAt, sameHit } from './hit'
import { layoutNetwork } from './layout'
import { edgeBox, edgeHalves, type Half, nodeY, see } from './view'

const size = { width: 926, height: 605 }

/** A point on the cubic, found by another way than the hit test's: by stepping the curve's own parameter. */
function pointOn({ fromX, fromY, toX, toY }: Half, t: number) {
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3] as const
  const middle = (fromX + toX) / 2
  const x = weights[0] * fromX + (weights[1] + weights[2]) * middle + weights[3] * toX
  const y = (weights[0] + weights[1]) * fromY + (weights[2] + weights[3]) * toY
  return { x, y }
}

test('every node of the layout is found at its middle', () => {
  for (const shape of [
    [2, 5, 1],
    [19, 5, 1],
    [2, 20, 20, 1],
    [784, 64, 10],
  ]) {
    const seen = seenOf(networkOf(shape), size)
    seen.columns.forEach((column, layer) => {
      for (let index = 0; index < column.count; index++) {
        expect(hitTest(seen, { x: column.x, y: nodeY(column, index) })).toEqual({ type: 'node', layer, index })
      }
    })
  }
})

test('every edge is found at its slot or cell, at any zoom', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 4 }),
      fc.double({ min: 0.5, max: 50, noNaN: true }),
      fc.nat(),
      (shape, k, seed) => {
        const seen = seenOf(networkOf(shape), size, { k, x: -30, y: 20 })
        seen.pairs.forEach((pair, layer) => {
          const edge = [seed % pair.inputs, (seed * 7) % pair.outputs] as const
          const box = edgeBox(pair, edge[0], edge[1])
          expect(hitTest(seen, { x: box.x, y: box.y })).toEqual({ type: 'edge', layer, edge })
        })
      },
    ),
  )
})

test('a line is found wherever it runs alone', () => {
  const seen = seenOf(networkOf([2, 5, 1]), size)
  const pair = seen.pairs[1]
  if (pair === undefined) throw new Error('no second layer')
  for (let input = 0; input < 5; input++) {
    const [left, right] = edgeHalves(seen, pair, input, 0)
    for (const t of [0.1, 0.3, 0.5, 0.8]) {
      expect(hitTest(seen, pointOn(left, t))).toEqual({ type: 'edge', layer: 1, edge: [input, 0] })
    }
    for (const t of [0.2, 0.5, 0.6]) {
      expect(hitTest(seen, pointOn(right, t))).toEqual({ type: 'edge', layer: 1, edge: [input, 0] })
    }
  }
})

test('beside everything there is nothing', () => {
  const seen = seenOf(networkOf([2, 5, 1]), size)
  expect(hitTest(seen, { x: 5, y: 300 })).toBeNull()
  expect(hitTest(seen, { x: 460, y: 590 })).toBeNull()
})

test('a stroke across a layer touches every edge that it crosses, once', () => {
  const seen = seenOf(networkOf([2, 5, 1]), size)
  const pair = seen.pairs[0]
  if (pair?.type !== 'slots') throw new Error('the first layer has slots')
  const touched = edgesAlong(seen, { x: pair.x, y: pair.y - 30 }, { x: pair.x, y: pair.y + 9.5 * pair.pitch })
  expect(touched).toHaveLength(10)
  expect(touched[0]).toEqual({ layer: 0, edge: [0, 0] })
  expect(touched[9]).toEqual({ layer: 0, edge: [1, 4] })
})

test('a fast stroke does not jump over lines', () => {
  const seen = seenOf(networkOf([2, 5, 1]), size)
  const pair = seen.pairs[1]
  if (pair?.type !== 'slots') throw new Error('the second layer has slots')
  const x = pair.x - pair.width / 2 - 20
  expect(edgesAlong(seen, { x, y: 80 }, { x, y: 580 })).toHaveLength(5)
})

test('the parameter of a point is that of its share of the width', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
      const { x } = pointOn({ fromX: 0, fromY: 0, toX: 1, toY: 1 }, t)
      expect(parameterAt(x)).toBeCloseTo(t, 6)
    }),
  )
})

test('hits are compared by what they hit', () => {
  expect(sameHit({ type: 'node', layer: 1, index: 2 }, { type: 'node', layer: 1, index: 2 })).toBe(true)
  expect(sameHit({ type: 'edge', layer: 1, edge: [2, 3] }, { type: 'edge', layer: 1, edge: [2, 4] })).toBe(false)
  expect(sameHit(null, { type: 'node', layer: 1, index: 2 })).toBe(false)
})

test('edges that are not shown are not hit, nor taken by a rectangle', () => {
  for (const shape of [
    [2, 5, 1],
    [784, 64, 10],
  ]) {
    const network = networkOf(shape)
    const layout = layoutNetwork(network, { width: 926, height: 605 }, measure)
    const all = see(layout, FITTED)
    const box = boxOf(all, { type: 'edge', layer: 0, edge: [1, 3] })
    if (box === null) throw new Error('no edge')
    expect(hitTest(all, box)).toEqual({ type: 'edge', layer: 0, edge: [1, 3] })
    const gone = network.layers.map((layer, l) => new Uint8Array(layer.nodes * inputsOf(network, l)))
    gone[0]?.fill(1)
    const some = see(layout, FITTED, gone)
    expect(hitTest(some, box)).toBeNull()
    const around = { left: box.x - 40, right: box.x + 40, top: box.y - 40, bottom: box.y + 40 }
    expect(takenBy(all, [], 'select', around, 'none').count).toBeGreaterThan(0)
    expect(takenBy(some, [], 'select', around, 'none').edges).toEqual([])
  }
})
