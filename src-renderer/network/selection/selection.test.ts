import { expect, test } from 'vitest'
import { networkOf } from '../testing'
import type { Selection } from '../types'
import {
  countWords,
  everything,
  joined,
  layerClicked,
  NO_SELECTION,
  oneEdge,
  oneLayer,
  oneNode,
  presentIn,
  selectionOf,
  sizeOf,
  toggled,
} from './selection'

const network = networkOf([2, 5, 1])
const at = (layer: number, input: number, output: number) => ({ layer, edge: [input, output] as const })

test('one thing is selected alone, several are not', () => {
  const edge = selectionOf({ type: 'edge', ...at(0, 1, 2) })
  expect(oneEdge(edge)).toEqual(at(0, 1, 2))
  expect(oneNode(edge)).toBeNull()
  expect(oneNode(selectionOf({ type: 'node', layer: 1, index: 3 }))).toEqual({ layer: 1, index: 3 })
  expect(oneLayer({ type: 'layers', layers: [1] })).toBe(1)
  expect(oneEdge({ type: 'edges', edges: [at(0, 0, 0), at(0, 1, 0)] })).toBeNull()
  expect(selectionOf(null)).toBe(NO_SELECTION)
})

test('what an edit has taken away is no longer selected', () => {
  const edges: Selection = { type: 'edges', edges: [at(0, 1, 4), at(0, 1, 5), at(2, 0, 0)] }
  expect(presentIn(network, edges)).toEqual({ type: 'edges', edges: [at(0, 1, 4)] })
  expect(presentIn(network, { type: 'nodes', nodes: [{ layer: 0, index: 2 }] })).toEqual(NO_SELECTION)
  const layers: Selection = { type: 'layers', layers: [0, 1] }
  expect(presentIn(network, layers)).toBe(layers)
})

test('a click with Shift adds a thing or takes it away, one of another kind makes way', () => {
  const one = selectionOf({ type: 'edge', ...at(0, 0, 0) })
  const two = toggled(one, { type: 'edge', ...at(1, 2, 0) })
  expect(two).toEqual({ type: 'edges', edges: [at(0, 0, 0), at(1, 2, 0)] })
  expect(toggled(two, { type: 'edge', ...at(0, 0, 0) })).toEqual({ type: 'edges', edges: [at(1, 2, 0)] })
  expect(toggled(one, { type: 'edge', ...at(0, 0, 0) })).toBe(NO_SELECTION)
  expect(toggled(two, { type: 'node', layer: 0, index: 1 })).toEqual({
    type: 'nodes',
    nodes: [{ layer: 0, index: 1 }],
  })
})

test('a rectangle adds each thing once', () => {
  const first: Selection = { type: 'edges', edges: [at(0, 0, 0), at(0, 1, 0)] }
  expect(joined(first, { type: 'edges', edges: [at(0, 1, 0), at(0, 1, 1)] })).toEqual({
    type: 'edges',
    edges: [at(0, 0, 0), at(0, 1, 0), at(0, 1, 1)],
  })
  expect(joined(first, NO_SELECTION)).toBe(first)
})

test('layers are selected one by one, and with a key several', () => {
  const plain = { shiftKey: false, ctrlKey: false, metaKey: false }
  const shift = { ...plain, shiftKey: true }
  const one = layerClicked(NO_SELECTION, 1, plain)
  expect(layerClicked(one, 0, plain)).toEqual({ type: 'layers', layers: [0] })
  const both = layerClicked(one, 0, shift)
  expect(both).toEqual({ type: 'layers', layers: [1, 0] })
  expect(layerClicked(both, 1, shift)).toEqual({ type: 'layers', layers: [0] })
  expect(layerClicked(one, 1, shift)).toBe(NO_SELECTION)
})

test('all are those of the same layers first, then all of their kind', () => {
  const first = everything(network, selectionOf({ type: 'edge', ...at(0, 1, 3) }))
  expect(sizeOf(first)).toBe(10)
  expect(sizeOf(everything(network, first))).toBe(15)
  expect(sizeOf(everything(network, NO_SELECTION))).toBe(15)
  const inputs = everything(network, selectionOf({ type: 'node', layer: 0, index: 1 }))
  expect(countWords(inputs)).toBe('2 nodes')
  expect(countWords(everything(network, inputs))).toBe('8 nodes')
  expect(countWords(everything(network, { type: 'layers', layers: [1] }))).toBe('2 layers')
  expect(countWords(selectionOf({ type: 'node', layer: 0, index: 1 }))).toBe('1 node')
})
