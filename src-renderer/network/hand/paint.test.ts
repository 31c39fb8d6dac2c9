import { expect, test } from 'vitest'
import { networkOf } from '../testing'
import { beginStroke, saidOf, toggle } from './paint'

const network = networkOf([2, 5, 1], [{ frozen: [[0, 3]], pruned: [[1, 4]] }])
const at = (layer: number, input: number, output: number) => ({ layer, edge: [input, output] as const })

test('a click is a stroke over one edge', () => {
  const stroke = beginStroke(network, 'prune')
  stroke.add([at(0, 0, 1)])
  expect(stroke.edit()).toEqual({ type: 'prune', layer: 0, edges: [[0, 1]] })
})

test('a stroke over many edges is one step for all layers, each edge once', () => {
  const stroke = beginStroke(network, 'lock')
  stroke.add([at(0, 0, 1), at(0, 1, 1)])
  stroke.add([at(1, 2, 0), at(0, 1, 1)])
  stroke.add([at(1, 3, 0)])
  const first = {
    type: 'freeze',
    layer: 0,
    edges: [
      [0, 1],
      [1, 1],
    ],
  }
  const second = {
    type: 'freeze',
    layer: 1,
    edges: [
      [2, 0],
      [3, 0],
    ],
  }
  expect(stroke.edit()).toEqual({ type: 'sequence', edits: [first, second] })
})

test('the first edge decides: a stroke that begins on a locked edge unlocks, and leaves others alone', () => {
  const stroke = beginStroke(network, 'lock')
  stroke.add([at(0, 0, 3), at(0, 1, 3)])
  expect(stroke.edit()).toEqual({ type: 'unfreeze', layer: 0, edges: [[0, 3]] })
})

test('the prune tool brings pruned edges back', () => {
  const stroke = beginStroke(network, 'prune')
  stroke.add([at(0, 1, 4)])
  expect(stroke.edit()).toEqual({ type: 'unprune', layer: 0, edges: [[1, 4]] })
})

test('a stroke that prunes does not touch what is pruned already', () => {
  const stroke = beginStroke(network, 'prune')
  stroke.add([at(0, 0, 4), at(0, 1, 4)])
  expect(stroke.edges).toEqual([at(0, 0, 4)])
})

test('a stroke with Tie gathers edges, tied or not, and leaves what to make of them to others', () => {
  const stroke = beginStroke(network, 'tie')
  stroke.add([at(0, 0, 3), at(0, 1, 1), at(0, 0, 3)])
  expect(stroke.edges).toEqual([at(0, 0, 3), at(0, 1, 1)])
  expect(stroke.edit()).toBeNull()
})

test('a stroke over nothing edits nothing', () => {
  const stroke = beginStroke(network, 'prune')
  stroke.add([])
  expect(stroke.edit()).toBeNull()
})

test('many edges are pruned where they are not, and come back where all are', () => {
  expect(toggle(network, 'prune', [at(0, 1, 4), at(0, 0, 0), at(1, 2, 0)]).edit).toEqual({
    type: 'sequence',
    edits: [
      { type: 'prune', layer: 0, edges: [[0, 0]] },
      { type: 'prune', layer: 1, edges: [[2, 0]] },
    ],
  })
  expect(toggle(network, 'prune', [at(0, 1, 4)]).edit).toEqual({ type: 'unprune', layer: 0, edges: [[1, 4]] })
  expect(toggle(network, 'lock', []).edit).toBeNull()
})

test('of locked edges among many that are pruned or locked it is told what becomes of them', () => {
  const three = [at(0, 0, 3), at(0, 1, 3), at(0, 0, 0)]
  expect(toggle(network, 'prune', three).said).toBe(
    '1 of these 3 edges was locked: it is pruned like the others and stays locked',
  )
  expect(toggle(network, 'lock', three).said).toBe('1 of these 3 edges was locked before and stays as it is')
  expect(toggle(network, 'prune', [at(0, 0, 0), at(0, 0, 1)]).said).toBeNull()
  expect(toggle(network, 'prune', [at(0, 0, 3)]).said, 'one alone is seen').toBeNull()
  expect(toggle(network, 'lock', [at(0, 0, 3)]).said, 'it is unlocked').toBeNull()
  expect(saidOf(network, 'lock', true, three, 1)).toBeNull()
})

test('a stroke counts what it leaves as it is', () => {
  const stroke = beginStroke(network, 'lock')
  stroke.add([at(0, 0, 0), at(0, 0, 3)])
  stroke.add([at(0, 0, 3), at(0, 1, 0)])
  expect(stroke.edges).toHaveLength(2)
  expect(stroke.left).toBe(1)
})
