import { expect, test } from 'vitest'
import { NO_SELECTION, oneEdge, oneLayer, oneNode, presentIn, selectionOf } from './selection'
import { networkOf } from './testing'
import type { Selection } from './types'

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
