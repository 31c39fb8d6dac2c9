import { expect, test } from 'vitest'
import { inkNetwork } from '../numbers/ink'
import { networkOf, seenOf } from '../testing'
import type { Selection } from '../types'
import { type Attention, highlightsOf } from './highlights'

const network = networkOf([2, 5, 1])
const seen = seenOf(network, { width: 926, height: 605 })
const inks = inkNetwork(network, null)
const rest: Attention = {
  selection: { type: 'none' },
  hovered: null,
  focused: null,
  tool: 'select',
  tying: null,
  painted: null,
  rectangle: null,
}

test('what an edit has taken away no longer stands out', () => {
  const gone = { layer: 0, edge: [0, 9] } as const
  const highlights = highlightsOf(seen, inks, {
    ...rest,
    selection: { type: 'edges', edges: [gone] },
    hovered: { type: 'node', layer: 4, index: 0 },
    focused: { type: 'edge', ...gone },
  })
  expect(highlights).toMatchObject({ selected: [], focused: null, cone: [], nodes: [] })
})

test('the node under the pointer is lit, else the selected one', () => {
  const selection: Selection = { type: 'nodes', nodes: [{ layer: 1, index: 0 }] }
  const selected = highlightsOf(seen, inks, { ...rest, selection })
  expect(selected.cone.filter(({ layer }) => layer === 1)).toHaveLength(1)
  const hovered = highlightsOf(seen, inks, { ...rest, selection, hovered: { type: 'node', layer: 2, index: 0 } })
  expect(hovered.cone.filter(({ layer }) => layer === 1)).toHaveLength(5)
  expect(hovered.nodes).toEqual([
    { column: 2, index: 0, selected: false },
    { column: 1, index: 0, selected: true },
  ])
})

test('while a tool paints, the pointer lights nothing else', () => {
  const hovered = { type: 'edge', layer: 0, edge: [0, 0] } as const
  expect(highlightsOf(seen, inks, { ...rest, hovered }).hovered).toMatchObject({ layer: 0, edge: [0, 0] })
  expect(highlightsOf(seen, inks, { ...rest, hovered, painted: [] }).hovered).toBeNull()
})
