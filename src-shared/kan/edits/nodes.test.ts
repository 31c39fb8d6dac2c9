import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forward } from '../../numerics/network'
import type { Model } from '../parameters'
import { models, retrained } from '../testing'
import { apply } from './apply'
import { describe as nameOf } from './describe'
import { curve, network, widthsOf } from './testing'

const ROWS = 7

/** Of some rows, row by row; of the nodes of a layer where one is named. */
function outputsOf({ specification, parameters }: Model, layer = specification.layers.length - 1): Float64Array {
  const inputs = Float64Array.from({ length: ROWS * specification.inputs.length }, (_, k) => Math.sin(k + 1))
  const layers = specification.layers.slice(0, layer + 1)
  return forward({ ...specification, layers }, parameters.slice(0, layer + 1), inputs)
}

/** Rows in which every node has a number: what becomes of the others depends on what is multiplied by nothing. */
function finiteRows(model: Model): boolean[] {
  const finite = new Array<boolean>(ROWS).fill(true)
  for (const [l, { nodes }] of model.specification.layers.entries()) {
    for (const [k, value] of outputsOf(model, l).entries()) {
      if (!Number.isFinite(value)) finite[Math.floor(k / nodes)] = false
    }
  }
  return finite
}

function expectSameOutputs(a: Model, b: Model): void {
  const before = outputsOf(a)
  const finite = finiteRows(a)
  outputsOf(b).forEach((value, k) => {
    if (finite[Math.floor((k * ROWS) / before.length)])
      expect(Math.abs(value - (before[k] ?? 0)) / (1 + Math.abs(value))).toBeLessThan(1e-9)
  })
}

describe('move-nodes', () => {
  it('puts nodes in another order and computes the same', () => {
    const model = network([2, 4, 3, 1])
    const done = apply(model, { type: 'move-nodes', layer: 0, nodes: [3, 0], to: 1 }).model
    expect([0, 1, 2, 3].map((k) => curve(done, 0, [1, k]))).toEqual([1, 0, 3, 2].map((k) => curve(model, 0, [1, k])))
    expect(curve(done, 1, [1, 2])).toEqual(curve(model, 1, [0, 2]))
    expectSameOutputs(model, done)
  })

  it('takes locks along', () => {
    const locked = apply(network([2, 3, 1]), { type: 'freeze', layer: 1, edges: [[2, 0]] }).model
    const done = apply(locked, { type: 'move-nodes', layer: 0, nodes: [2], to: 0 }).model
    expect(done.specification.layers[1]?.frozen).toEqual([[0, 0]])
  })

  it.each([
    [1, [0], 1, 'The last layer has a node for each output'],
    [0, [], 0, 'No node is chosen.'],
    [0, [3], 0, 'There is no node 4 in layer 1: it has 3.'],
    [0, [1], 3, 'There is no place 4 for 1 of the 3 nodes of layer 1.'],
    [0, [1], 1, 'These nodes are there already.'],
  ])('of layer %i, nodes %j to %i is refused', (layer, nodes, to, message) => {
    expect(() => apply(network([2, 3, 1]), { type: 'move-nodes', layer, nodes, to })).toThrow(message)
  })
})

describe('remove-nodes', () => {
  it('keeps the others; undone after training, those that went have their curves back', () => {
    const model = network([2, 3, 1])
    const done = apply(model, { type: 'remove-nodes', layer: 0, nodes: [1, 0] })
    expect(widthsOf(done.model)).toEqual([2, 1, 1])
    expect(curve(done.model, 0, [1, 0])).toEqual(curve(model, 0, [1, 2]))
    const later = retrained(done.model, 3)
    const undone = apply(later, done.inverse).model
    expect(curve(undone, 0, [0, 1])).toEqual(curve(model, 0, [0, 1]))
    expect(curve(undone, 0, [0, 2])).toEqual(curve(later, 0, [0, 0]))
  })

  it('leaves one at least', () => {
    expect(() => apply(network([2, 2, 1]), { type: 'remove-nodes', layer: 0, nodes: [0, 1] })).toThrow(
      'Layer 1 keeps at least one node: remove the layer instead.',
    )
  })
})

describe('duplicate-nodes', () => {
  it('computes the same with any locks, and its undo brings the very weights back', () => {
    const chosen = models.chain((model) => {
      const hidden = model.specification.layers.length - 2
      return fc.tuple(fc.constant(model), fc.nat(Math.max(0, hidden)), fc.nat())
    })
    fc.assert(
      fc.property(chosen, ([model, l, k]) => {
        const { layers } = model.specification
        if (layers.length < 2) return
        const done = apply(model, { type: 'duplicate-nodes', layer: l, nodes: [k % (layers[l]?.nodes ?? 1)] })
        expectSameOutputs(model, done.model)
        expect(apply(done.model, done.inverse).model).toEqual(model)
      }),
      { numRuns: 300 },
    )
  })

  it('puts a twin after each node, whose edges going out are not quite halves', () => {
    const model = network([2, 3, 2])
    const done = apply(model, { type: 'duplicate-nodes', layer: 0, nodes: [2, 0] }).model
    expect(widthsOf(done)).toEqual([2, 5, 2])
    expect([0, 1, 2, 3, 4].map((k) => curve(done, 0, [1, k]))).toEqual(
      [0, 0, 1, 2, 2].map((k) => curve(model, 0, [1, k])),
    )
    const [one, other] = [curve(done, 1, [3, 1]), curve(done, 1, [4, 1])]
    const whole = curve(model, 1, [2, 1])
    expect(one).not.toEqual(other)
    for (const [k, value] of one.entries()) expect(value + (other[k] ?? 0)).toBeCloseTo(whole[k] ?? 0, 12)
  })

  it('leaves locked and tied edges going out whole, and the locks coming in are those of both', () => {
    const locked = apply(network([2, 3, 2]), { type: 'freeze', layer: 1, edges: [[0, 0]] }).model
    const tied = apply(locked, {
      type: 'tie',
      layer: 1,
      edges: [
        [0, 1],
        [1, 1],
      ],
    }).model
    const model = apply(tied, { type: 'prune', layer: 0, edges: [[1, 0]] }).model
    const { specification, ...done } = apply(model, { type: 'duplicate-nodes', layer: 0, nodes: [0] }).model
    expect(specification.layers[0]?.pruned).toEqual([
      [1, 0],
      [1, 1],
    ])
    expect(specification.layers[1]).toMatchObject({
      frozen: [[0, 0]],
      tied: [
        [
          [0, 1],
          [2, 1],
        ],
      ],
    })
    expect(curve({ specification, ...done }, 1, [0, 0])).toEqual(curve(model, 1, [0, 0]))
    expect(curve({ specification, ...done }, 1, [1, 0]).every((value) => value === 0)).toBe(true)
  })

  it('is refused where the network would grow too large', () => {
    const model = network([1, 1, 1])
    const huge = {
      ...model,
      specification: { ...model.specification, inputs: Array(4_000_000).fill({ name: 'x', group: 0 }) },
    }
    expect(() => apply(huge, { type: 'duplicate-nodes', layer: 0, nodes: [0] })).toThrow('of memory to train')
  })
})

it('nodes are named in the undo menu while they are few', () => {
  const { specification } = network([2, 7, 1])
  const remove = (nodes: number[]) => nameOf({ type: 'remove-nodes', layer: 0, nodes }, specification)
  expect(remove([1])).toBe('Remove node h₂')
  expect(remove([1, 3])).toBe('Remove nodes h₂ and h₄')
  expect(remove([0, 1, 2, 3, 4])).toBe('Remove 5 nodes of layer 1')
})
