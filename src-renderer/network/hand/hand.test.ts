import { expect, test } from 'vitest'
import type { Edit } from '../../../src-shared/kan/edits/edit'
import { inkNetwork } from '../numbers/ink'
import { bracketsOf } from '../place/brackets'
import { edgeBox, nodeY } from '../place/view'
import { NO_SELECTION } from '../selection/selection'
import { networkOf, seenOf } from '../testing'
import type { EdgeAddress, Selection, Tool } from '../types'
import { createHand } from './hand'

const plain = networkOf([2, 5, 1])
const network = { ...plain, inputs: plain.inputs.map((input) => ({ ...input, group: 1 })) }
const seen = seenOf(network, { width: 926, height: 605 })
const inks = inkNetwork(network, null)
const at = (layer: number, input: number, output: number): EdgeAddress => ({ layer, edge: [input, output] })

/** The middle of an edge's curve. */
function curve({ layer, edge }: EdgeAddress) {
  const pair = seen.pairs[layer]
  if (pair === undefined) throw new RangeError(`no layer ${layer}`)
  return edgeBox(pair, ...edge)
}

/** A hand with a tool, and what it did. */
function handWith(tool: Tool, selection: Selection = NO_SELECTION) {
  const selected: Selection[] = []
  const edits: Edit[] = []
  const said: (string | null)[] = []
  const tied: (readonly EdgeAddress[])[] = []
  const hand = createHand(() => ({ seen, inks, inputs: { specification: network, selection, tool } }), {
    onSelect: (next) => selected.push(next),
    onEdit(edit, note) {
      edits.push(edit)
      said.push(note)
    },
    onTie: (edges) => tied.push(edges),
  })
  return { hand, selected, edits, said, tied }
}

test('a click selects what lies there, with Shift it comes to what is selected', () => {
  const one: Selection = { type: 'edges', edges: [at(0, 0, 0)] }
  const { hand, selected } = handWith('select', one)
  hand.click(curve(at(1, 3, 0)), false)
  hand.click(curve(at(1, 3, 0)), true)
  hand.click({ x: 2, y: 2 }, true)
  hand.click({ x: 2, y: 2 }, false)
  expect(selected).toEqual([
    { type: 'edges', edges: [at(1, 3, 0)] },
    { type: 'edges', edges: [at(0, 0, 0), at(1, 3, 0)] },
    NO_SELECTION,
  ])
})

test('a click on the bracket of a group selects its inputs', () => {
  const { hand, selected } = handWith('select')
  const [bracket] = bracketsOf(seen)
  hand.click({ x: bracket?.x ?? 0, y: (bracket?.top ?? 0) + 40 }, false)
  const nodes = [0, 1].map((index) => ({ layer: 0, index }))
  expect(selected).toEqual([{ type: 'nodes', nodes }])
})

test('a menu is for all that is selected where it is asked for on one of it, else for what lies there', () => {
  const two: Selection = { type: 'edges', edges: [at(0, 0, 0), at(0, 1, 4)] }
  const { hand, selected } = handWith('select', two)
  hand.choose(curve(at(0, 1, 4)))
  expect(selected).toEqual([])
  hand.choose(curve(at(1, 0, 0)))
  expect(selected).toEqual([{ type: 'edges', edges: [at(1, 0, 0)] }])
})

test('a stroke is one edit when the button comes up, and none where it was given up', () => {
  const { hand, edits } = handWith('prune')
  const [from, to] = [curve(at(0, 0, 0)), curve(at(0, 0, 1))]
  hand.dragBegin('stroke', from)
  hand.dragMove(from, to)
  expect(hand.read()).toMatchObject({ words: 'Prune 3 edges', rectangle: null })
  expect(edits).toEqual([])
  hand.dragEnd()
  const edges = [
    [0, 0],
    [1, 0],
    [0, 1],
  ]
  expect(edits).toEqual([{ type: 'prune', layer: 0, edges }])
  hand.dragBegin('stroke', from)
  hand.dragCancel()
  hand.dragEnd()
  expect(edits).toHaveLength(1)
  expect(hand.read().words).toBeNull()
})

test('a rectangle does what the tool does to all edges in it', () => {
  const corners = [curve(at(0, 0, 0)), curve(at(0, 1, 1))] as const
  const draw = (tool: Tool) => {
    const all = handWith(tool)
    all.hand.dragBegin('rectangle', corners[1])
    all.hand.dragMove(corners[1], corners[0])
    const { words } = all.hand.read()
    all.hand.dragEnd()
    return { ...all, words }
  }
  const edges = [at(0, 0, 0), at(0, 1, 0), at(0, 0, 1), at(0, 1, 1)]
  const locked = draw('lock')
  expect(locked.words).toBe('Lock 4 edges')
  expect(locked.edits).toEqual([{ type: 'freeze', layer: 0, edges: edges.map(({ edge }) => edge) }])
  expect(draw('tie').tied).toEqual([edges])
  const selecting = draw('select')
  expect(selecting.words).toBe('4 edges')
  expect(selecting.selected).toEqual([{ type: 'edges', edges }])
})

test('Enter does with an edge what a click with the tool does, and selects a node with any tool', () => {
  const { hand, edits, selected } = handWith('lock')
  hand.press({ type: 'edge', ...at(0, 0, 2) }, false)
  expect(edits).toEqual([{ type: 'freeze', layer: 0, edges: [[0, 2]] }])
  const inputs = seen.columns[0]
  if (inputs === undefined) throw new RangeError('no inputs')
  hand.click({ x: inputs.x, y: nodeY(inputs, 1) }, false)
  expect(selected).toEqual([{ type: 'nodes', nodes: [{ layer: 0, index: 1 }] }])
})

test('a rectangle with Lock tells how many were locked before, and one with Prune what becomes of them', () => {
  const draw = (tool: Tool) => {
    const design = {
      ...network,
      layers: network.layers.map((layer, l) => (l === 0 ? { ...layer, frozen: [[0, 0]] } : layer)),
    }
    const said: (string | null)[] = []
    const hand = createHand(
      () => ({
        seen,
        inks: inkNetwork(design as typeof network, null),
        inputs: { specification: design as typeof network, selection: NO_SELECTION, tool },
      }),
      { onSelect: () => {}, onEdit: (_, note) => said.push(note), onTie: () => {} },
    )
    const [from, to] = [curve(at(0, 0, 0)), curve(at(0, 1, 1))]
    hand.dragBegin('rectangle', from)
    hand.dragMove(from, to)
    hand.dragEnd()
    return said
  }
  // The inputs are a group, whose edges are locked together.
  expect(draw('lock')).toEqual(['2 of these 4 edges were locked before and stay as they are'])
  expect(draw('prune')).toEqual(['2 of these 4 edges were locked: they are pruned like the others and stay locked'])
})
