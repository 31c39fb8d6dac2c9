import { expect, test } from 'vitest'
import { measure, networkOf, seenOf } from '../testing'
import { boxOfSelection } from './boxes'
import { FITTED } from './geometry'
import { layoutNetwork } from './layout'
import { see, viewOf } from './view'

const size = { width: 926, height: 605 }
const network = networkOf([2, 5, 1])

test('zooming to what is selected brings it into the middle, clear of headers and tools', () => {
  const layout = layoutNetwork(network, size, measure)
  for (const selection of [
    { type: 'edges', edges: [{ layer: 0, edge: [1, 3] }] },
    { type: 'nodes', nodes: [{ layer: 1, index: 4 }] },
    { type: 'layers', layers: [1] },
  ] as const) {
    const box = boxOfSelection(see(layout, FITTED), selection)
    if (box === null) throw new Error('nothing is selected')
    const view = viewOf(box, FITTED, layout)
    expect(view.k).toBeGreaterThanOrEqual(1)
    const after = boxOfSelection(see(layout, view), selection)
    if (after === null) throw new Error('nothing is selected')
    expect(after.x).toBeCloseTo(size.width / 2, 0)
    expect(after.y - after.height / 2).toBeGreaterThan(64)
    expect(after.y + after.height / 2).toBeLessThan(size.height - 56)
  }
})

test('zooming again from where it is zoomed to changes nothing', () => {
  const layout = layoutNetwork(networkOf([784, 64, 10]), size, measure)
  const selection = { type: 'edges', edges: [{ layer: 0, edge: [400, 12] }] } as const
  const box = boxOfSelection(see(layout, FITTED), selection)
  const view = box && viewOf(box, FITTED, layout)
  const again = view && boxOfSelection(see(layout, view), selection)
  if (!view || !again) throw new Error('nothing is selected')
  expect(view.k).toBeGreaterThan(40)
  const next = viewOf(again, view, layout)
  expect(next.k).toBeCloseTo(view.k)
  expect(next.x).toBeCloseTo(view.x, 3)
})

test('what is gone is not zoomed to', () => {
  const seen = seenOf(network, size)
  expect(boxOfSelection(seen, { type: 'none' })).toBeNull()
  expect(boxOfSelection(seen, { type: 'nodes', nodes: [{ layer: 7, index: 0 }] })).toBeNull()
})
