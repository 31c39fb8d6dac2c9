import { expect, test } from 'vitest'
import { networkOf } from '../testing'
import { isArrowKey, walk } from './walk'

const network = networkOf([2, 5, 1])
const at = (layer: number, input: number, output: number) =>
  ({ type: 'edge', layer, edge: [input, output] as const }) as const
const node = (layer: number, index: number) => ({ type: 'node', layer, index }) as const

test('up and down walk the slots of a layer, to its ends and no further', () => {
  expect(walk(network, at(0, 0, 1), 'ArrowDown')).toEqual(at(0, 1, 1))
  expect(walk(network, at(0, 1, 1), 'ArrowDown')).toEqual(at(0, 0, 2))
  expect(walk(network, at(0, 0, 2), 'ArrowUp')).toEqual(at(0, 1, 1))
  expect(walk(network, at(0, 1, 4), 'ArrowDown')).toEqual(at(0, 1, 4))
  expect(walk(network, at(0, 0, 0), 'ArrowUp')).toEqual(at(0, 0, 0))
})

test('right follows the signal into the node that the edge leads to and out of it, left goes back', () => {
  expect(walk(network, at(0, 1, 3), 'ArrowRight')).toEqual(node(1, 3))
  expect(walk(network, node(1, 3), 'ArrowRight')).toEqual(at(1, 3, 0))
  expect(walk(network, at(1, 3, 0), 'ArrowRight')).toEqual(node(2, 0))
  expect(walk(network, node(2, 0), 'ArrowRight')).toEqual(node(2, 0))
  expect(walk(network, node(1, 3), 'ArrowLeft')).toEqual(at(0, 0, 3))
  expect(walk(network, at(0, 0, 3), 'ArrowLeft')).toEqual(node(0, 0))
  expect(walk(network, node(0, 0), 'ArrowLeft')).toEqual(node(0, 0))
})

test('up and down walk the nodes of a column', () => {
  expect(walk(network, node(0, 0), 'ArrowDown')).toEqual(node(0, 1))
  expect(walk(network, node(0, 1), 'ArrowDown')).toEqual(node(0, 1))
  expect(walk(network, node(1, 4), 'ArrowUp')).toEqual(node(1, 3))
})

test('the walk begins at the first edge, also after the layer it stood in is gone', () => {
  expect(walk(network, null, 'ArrowDown')).toEqual(at(0, 0, 0))
  expect(walk(network, at(7, 0, 0), 'ArrowDown')).toEqual(at(0, 0, 0))
  expect(walk(network, node(7, 0), 'ArrowDown')).toEqual(at(0, 0, 0))
})

test('only arrow keys walk', () => {
  expect(['ArrowUp', 'ArrowLeft', 'x', 'Home'].map(isArrowKey)).toEqual([true, true, false, false])
})
