import { describe, expect, it } from 'vitest'
import { apply } from '../../src-shared/kan/edits/apply'
import { network, widthsOf } from '../../src-shared/kan/edits/testing'
import { BLOCKS, type Block } from './blocks'
import type { Place } from './places'
import { editOf, foreseen, type Plan } from './plan'
import { changeWords, narrowedWords, pastedWords, planWords } from './words'

const { specification } = network([2, 5, 1])
const block = (title: string, place: Place | null): Plan => {
  const found = BLOCKS.find((one) => one.title === title) as Block
  return { type: 'block', block: found, place }
}

describe('putting down', () => {
  it.each([
    [block('RBF', { type: 'gap', at: 1 }), 'Insert RBF before layer 2', [2, 5, 5, 1]],
    [block('RBF', { type: 'gap', at: 2 }), 'Add RBF after the last layer', [2, 5, 5, 1]],
    [block('Chebyshev', { type: 'layer', layer: 1 }), 'Change layer 2 to Chebyshev', [2, 5, 1]],
    [{ type: 'width', layer: 0, nodes: 8 } as const, 'Layer 1: 5 → 8 nodes', [2, 8, 1]],
    [{ type: 'layer', layer: 1, place: { type: 'gap', at: 0 } } as const, 'Move layer 2 to place 1', [2, 5, 1]],
    [{ type: 'nodes', layer: 0, nodes: [3], to: 1, y: 0 } as const, 'Move h₄ to place 2', [2, 5, 1]],
  ])('makes one edit that is said in words and foreseen', (plan, words, widths) => {
    expect(planWords(plan, specification)).toBe(words)
    const edit = editOf(plan, specification, null)
    if (edit === null) throw new Error('no edit')
    expect(widthsOf(apply(network([2, 5, 1]), edit).model)).toEqual(widths)
    expect(widthsOf({ ...network([2, 5, 1]), specification: foreseen(plan, specification) })).toEqual(widths)
  })

  it('changes nothing beside the network, on a layer of the same basis, or where a layer stands', () => {
    for (const plan of [
      block('RBF', null),
      block('Spline', { type: 'layer', layer: 0 }),
      { type: 'layer', layer: 0, place: { type: 'gap', at: 1 } } as const,
      { type: 'layer', layer: 0, place: null } as const,
      { type: 'width', layer: 0, nodes: 5 } as const,
      { type: 'nodes', layer: 0, nodes: [3, 4], to: 3, y: 0 } as const,
    ]) {
      expect(editOf(plan, specification, null)).toBeNull()
      expect(foreseen(plan, specification)).toBe(specification)
      expect(changeWords(plan, specification)).toBeNull()
    }
  })

  it('says how many parameters there will be', () => {
    expect(changeWords(block('RBF', { type: 'gap', at: 1 }), specification)).toBe('156 → 411 parameters')
    expect(changeWords(block('RBF', { type: 'layer', layer: 0 }), specification)).toBe('156 parameters')
  })
})

it('a layer that became narrower says which nodes went', () => {
  const { specification } = network([2, 9, 1])
  const anew = ' (those that stay are numbered anew)'
  expect(narrowedWords(specification, 0, [1])).toBe(`Layer 1 lost its least important node, until now h₂${anew}`)
  expect(narrowedWords(specification, 0, [1, 4])).toBe(
    `Layer 1 lost its least important nodes, until now h₂ and h₅${anew}`,
  )
  expect(narrowedWords(specification, 0, [7, 8])).toBe('Layer 1 lost its least important nodes, until now h₈ and h₉')
  expect(narrowedWords(specification, 0, [0, 1, 2, 3, 4])).toBe(`Layer 1 lost its 5 least important nodes${anew}`)
})

it('a network that was pasted is told by its shape', () => {
  expect(pastedWords(network([2, 5, 1]).specification)).toBe(
    'Pasted the network [2, 5, 1] with 156 parameters in the place of the one before',
  )
})
