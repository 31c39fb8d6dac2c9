import { describe, expect, it } from 'vitest'
import { newModel } from '../file/file'
import { retrained } from '../testing'
import { apply } from './apply'
import { curve, network, widthsOf } from './testing'

describe('set-width', () => {
  it('narrower keeps the first nodes; undone after training, the removed one has its curves back and the rest is as trained', () => {
    const model = network([2, 3, 1])
    const done = apply(model, { type: 'set-width', layer: 0, nodes: 2 })
    expect(curve(done.model, 0, [1, 1])).toEqual(curve(model, 0, [1, 1]))
    const later = retrained(done.model, 3)
    const undone = apply(later, done.inverse).model
    expect(curve(undone, 0, [0, 2])).toEqual(curve(model, 0, [0, 2]))
    expect(curve(undone, 1, [2, 0])).toEqual(curve(model, 1, [2, 0]))
    expect(curve(undone, 0, [0, 1])).toEqual(curve(later, 0, [0, 1]))
    expect(curve(undone, 1, [1, 0])).toEqual(curve(later, 1, [1, 0]))
    expect(undone.parameters[1]?.bias).toEqual(later.parameters[1]?.bias)
  })

  it('wider keeps the old nodes, and new ones come from the seed', () => {
    const model = network([2, 3, 1])
    const done = apply(model, { type: 'set-width', layer: 0, nodes: 4 }).model
    const fresh = newModel(done.specification, 'fresh')
    expect(curve(done, 0, [1, 2])).toEqual(curve(model, 0, [1, 2]))
    expect(curve(done, 0, [1, 3])).toEqual(curve(fresh, 0, [1, 3]))
    expect(curve(done, 1, [3, 0])).toEqual(curve(fresh, 1, [3, 0]))
  })

  it('drops the locks of nodes that go', () => {
    const model = network([2, 3, 1])
    const locked = apply(model, {
      type: 'freeze',
      layer: 0,
      edges: [
        [0, 2],
        [1, 0],
      ],
    }).model
    const tied = apply(locked, {
      type: 'tie',
      layer: 1,
      edges: [
        [0, 0],
        [2, 0],
      ],
    }).model
    const { specification } = apply(tied, { type: 'set-width', layer: 0, nodes: 2 }).model
    expect(specification.layers[0]?.frozen).toEqual([[1, 0]])
    expect(specification.layers[1]?.tied).toEqual([])
  })

  it.each([
    [0, 0, 'A layer has a whole number of nodes, at least 1, not 0.'],
    [0, 2.5, 'A layer has a whole number of nodes, at least 1, not 2.5.'],
    [0, 3, 'Layer 1 has 3 nodes already.'],
    [1, 2, 'The last layer has a node for each output: choose other outputs to change its width.'],
    [5, 2, 'There is no layer 6: the network has 2.'],
  ])('of layer %i to %d is refused', (layer, nodes, message) => {
    expect(() => apply(network([2, 3, 1]), { type: 'set-width', layer, nodes })).toThrow(message)
  })

  it('of a million is refused by its estimate before anything is allocated', () => {
    expect(() => apply(network([2, 5, 1]), { type: 'set-width', layer: 0, nodes: 1_000_000 })).toThrow(
      'The network [2, 1000000, 1] would need about 49 GB of memory to train, more than the 4 GB that it may take',
    )
  })
})

describe('layers', () => {
  const basis = { type: 'chebyshev' as const, degree: 2 }

  it.each([
    [0, [2, 7, 3, 1]],
    [1, [2, 3, 7, 1]],
    [2, [2, 3, 7, 1]],
  ])('added at %i keep the widths of the others', (at, widths) => {
    const done = apply(network([2, 3, 1]), { type: 'add-layer', at, nodes: 7, basis }).model
    expect(widthsOf(done)).toEqual(widths)
    expect(done.specification.layers[at]?.basis).toEqual(basis)
  })

  it('added between others leave their curves as trained', () => {
    const model = network([2, 3, 1])
    const done = apply(model, { type: 'add-layer', at: 1, nodes: 4, basis }).model
    expect(done.parameters[0]).toEqual(model.parameters[0])
    expect(curve(done, 2, [2, 0])).toEqual(curve(model, 1, [2, 0]))
  })

  it('removed in the middle or at the end leave a network of the same inputs and outputs', () => {
    const model = network([2, 3, 4, 1])
    const middle = apply(model, { type: 'remove-layer', at: 1 }).model
    expect(widthsOf(middle)).toEqual([2, 3, 1])
    expect(curve(middle, 1, [2, 0])).toEqual(curve(model, 2, [2, 0]))
    const end = apply(model, { type: 'remove-layer', at: 2 }).model
    expect(widthsOf(end)).toEqual([2, 3, 1])
    expect(curve(end, 1, [2, 0])).toEqual(curve(model, 1, [2, 0]))
  })

  it('moved take their width along, but the last has the outputs', () => {
    const model = network([2, 3, 4, 1])
    expect(widthsOf(apply(model, { type: 'move-layer', from: 0, to: 1 }).model)).toEqual([2, 4, 3, 1])
    expect(widthsOf(apply(model, { type: 'move-layer', from: 2, to: 0 }).model)).toEqual([2, 4, 3, 1])
  })

  it.each([
    [0, 'A layer has a whole number of nodes, at least 1, not 0.'],
    [1_000_000, 'The network [2, 3, 1000000, 1] would need about 49 GB of memory to train'],
  ])('of %i nodes are not added, and nothing is allocated for them', (nodes, message) => {
    expect(() => apply(network([2, 3, 1]), { type: 'add-layer', at: 1, nodes, basis })).toThrow(message)
  })

  it('cannot all be removed', () => {
    expect(() => apply(network([2, 1]), { type: 'remove-layer', at: 0 })).toThrow('cannot be removed')
  })
})

describe('a layer that ties an edge which would rest', () => {
  it('stays where it is, for the curves would part', () => {
    const plain = network([2, 2, 2])
    const tied = apply(plain, {
      type: 'tie',
      layer: 1,
      edges: [
        [0, 0],
        [1, 1],
      ],
    }).model
    const resting = apply(tied, { type: 'set-group', inputs: [1], group: -1 }).model
    const swap = { type: 'move-layer', from: 0, to: 1 } as const
    expect(() => apply(resting, swap)).toThrow(
      'Layer 2 ties edges that rest, or would rest, with the discarded input x1',
    )
    expect(widthsOf(apply(tied, swap).model)).toEqual([2, 2, 2])
  })
})
