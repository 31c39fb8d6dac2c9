import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCount as count } from '../../ui/format'
import { elide } from '../drawing/elide'
import { listEdges, MOST_LISTED } from '../edge-list'
import { measure, networkOf } from '../testing'
import { basisDetail, edgeWords, formatScore, hitWords, lockedWords, takenWords, tipWords } from './words'

const network = networkOf(
  [2, 5, 1],
  [
    {
      frozen: [[0, 1]],
      pruned: [[1, 1]],
      tied: [
        [
          [0, 2],
          [1, 2],
        ],
      ],
    },
  ],
)
const importance = [
  {
    scores: Float32Array.from([0.1, 0.2, 0.604, 0, 0.3, 0.3, 0, 0, 0, 0]),
    minimum: new Float32Array(2),
    maximum: new Float32Array(2),
  },
]

test('an edge is said with its score and what was done to it', () => {
  expect(edgeWords(network, importance, { layer: 0, edge: [0, 1] })).toBe('Edge x → h₂, score 0.604, locked')
  expect(edgeWords(network, importance, { layer: 0, edge: [1, 1] })).toBe('Edge y → h₂, pruned')
  expect(edgeWords(network, importance, { layer: 0, edge: [1, 2] })).toBe('Edge y → h₃, score 0.300, tied to x → h₃')
  expect(edgeWords(network, null, { layer: 1, edge: [0, 0] })).toBe('Edge h₁ → f')
})

test('an edge that is a formula is said with its function', () => {
  const symbolic = [{ edge: [0, 0], function: 'sin', a: 1, b: 0, c: 1, d: 0 }]
  const fixed = networkOf([2, 5, 1], [{ symbolic }])
  expect(edgeWords(fixed, null, { layer: 0, edge: [0, 0] })).toBe('Edge x → h₁, formula sin')
})

test('a node is said with its edges and its importance', () => {
  expect(tipWords(network, importance, { type: 'node', layer: 1, index: 1 }, 0.31)).toEqual({
    title: 'h₂',
    detail: '2 in · 1 out · importance 31 %',
  })
  expect(tipWords(network, null, { type: 'node', layer: 0, index: 0 }, 1)).toEqual({ title: 'x', detail: '5 out' })
})

test('scores too small for three decimals are not called 0', () => {
  expect([0, 0.0001, 0.0005, 1.25].map(formatScore)).toEqual(['0.000', '< 0.001', '0.001', '1.250'])
  expect(formatScore(Number.NaN)).toBe('not finite')
})

test('a header says the size of each basis', () => {
  expect(basisDetail({ type: 'spline', order: 3, intervals: 5 })).toBe('k 3 · G 5')
  expect(basisDetail({ type: 'rbf', centers: 8, kernel: 'gaussian' })).toBe('8 centres')
  expect(basisDetail({ type: 'chebyshev', degree: 4 })).toBe('d 4')
})

test('thousands are parted by thin spaces', () => {
  expect(count(50_176)).toBe('50\u202f176')
  expect(count(640)).toBe('640')
})

test('a long name gives way in its middle and fits', () => {
  expect(elide('P10_residual displacement (mm)', 120, measure)).toBe('P10_residual …t (mm)')
  expect(elide('x', 120, measure)).toBe('x')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 12, max: 300 }), (name, width) => {
      expect(measure(elide(name, width, measure))).toBeLessThanOrEqual(width)
    }),
  )
})

test('the list holds every edge of a small network', () => {
  const edges = listEdges(network, importance, { type: 'none' })
  expect(edges).toHaveLength(15)
  expect(edges[1]).toEqual({ layer: 0, edge: [1, 0] })
})

test('of a large network the list holds the edges of the selected node, strongest first', () => {
  const large = networkOf([100, 100, 1])
  expect(listEdges(large, null, { type: 'none' })).toEqual([])
  const scores = new Float32Array(10_000)
  scores[7 * 100 + 42] = 1
  const known = [{ scores, minimum: new Float32Array(100), maximum: new Float32Array(100) }]
  const edges = listEdges(large, known, { type: 'nodes', nodes: [{ layer: 1, index: 7 }] })
  expect(edges).toHaveLength(101)
  expect(edges[0]).toEqual({ layer: 0, edge: [42, 7] })
  expect(edges.length).toBeLessThanOrEqual(MOST_LISTED)
})

test('what a tool is about to do is said with its count', () => {
  expect(takenWords('prune', false, 'edge', 12)).toBe('Prune 12 edges')
  expect(takenWords('prune', true, 'edge', 1)).toBe('Bring back 1 edge')
  expect(takenWords('lock', true, 'edge', 82_200)).toBe('Unlock 82\u202f200 edges')
  expect(takenWords('tie', false, 'edge', 3)).toBe('Tie 3 edges')
  expect(takenWords('select', false, 'node', 2)).toBe('2 nodes')
})

test('what has the focus is said, edges and nodes', () => {
  const small = networkOf([2, 5, 1])
  expect(hitWords(small, null, { type: 'edge', layer: 0, edge: [0, 1] })).toBe('Edge x → h₂')
  expect(hitWords(small, null, { type: 'node', layer: 1, index: 1 })).toBe('Node h₂, 2 in, 1 out')
})

test('locked edges among many are counted', () => {
  expect(lockedWords('prune', 12, 0)).toBeNull()
  expect(lockedWords('prune', 12, 2)).toBe(
    '2 of these 12 edges were locked: they are pruned like the others and stay locked',
  )
  expect(lockedWords('prune', 2, 2)).toBe(
    'All of these 2 edges were locked: they are pruned all the same and stay locked',
  )
  expect(lockedWords('lock', 4, 3)).toBe('3 of these 4 edges were locked before and stay as they are')
})
