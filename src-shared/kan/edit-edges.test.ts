import { describe, expect, it } from 'vitest'
import type { Edit } from './edit'
import { curve, network } from './edit-testing'
import { apply } from './edits'
import { layerAt } from './names'
import type { Model } from './parameters'
import { putEdges, sliceOf, takeEdge, withLayer } from './slices'
import type { EdgeIndex } from './specification'
import { retrained } from './testing'

/** Training moves everything but one edge of the first layer, which is pruned. */
function trainedExcept(model: Model, edge: EdgeIndex): Model {
  const later = retrained(model, 11)
  const { nodes } = layerAt(model.specification, 0)
  const kept = { edge, slice: takeEdge(sliceOf(model, 0), edge, nodes) }
  return withLayer(later, 0, layerAt(model.specification, 0), putEdges(sliceOf(later, 0), nodes, [kept]))
}

describe('freeze and prune', () => {
  it('touch locks only, and their inverse only the edges that changed', () => {
    const model = apply(network([2, 5, 1]), { type: 'prune', layer: 0, edges: [[1, 4]] }).model
    const done = apply(model, {
      type: 'prune',
      layer: 0,
      edges: [
        [1, 4],
        [0, 2],
        [0, 2],
      ],
    })
    expect(done.model.parameters).toEqual(model.parameters)
    expect(done.model.specification.layers[0]?.pruned).toEqual([
      [0, 2],
      [1, 4],
    ])
    expect(done.inverse).toEqual({ type: 'unprune', layer: 0, edges: [[0, 2]] })
  })

  it('freeze a tie as a whole', () => {
    const tied = apply(network([2, 5, 1]), {
      type: 'tie',
      layer: 0,
      edges: [
        [0, 1],
        [1, 1],
      ],
    }).model
    const frozen = apply(tied, { type: 'freeze', layer: 0, edges: [[1, 1]] }).model
    expect(frozen.specification.layers[0]?.frozen).toEqual([
      [0, 1],
      [1, 1],
    ])
  })
})

describe('tie', () => {
  it('gives every edge the curve of the first, with its moments', () => {
    const model = network([2, 5, 1])
    const done = apply(model, {
      type: 'tie',
      layer: 0,
      edges: [
        [1, 2],
        [0, 0],
      ],
    }).model
    expect(curve(done, 0, [0, 0])).toEqual(curve(model, 0, [1, 2]))
    expect(curve(done, 0, [1, 2])).toEqual(curve(model, 0, [1, 2]))
  })

  it('merges the ties that its edges are in', () => {
    const pairs: EdgeIndex[][] = [
      [
        [0, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [1, 1],
      ],
    ]
    let model = network([2, 5, 1])
    for (const edges of pairs) model = apply(model, { type: 'tie', layer: 0, edges }).model
    const merged = apply(model, {
      type: 'tie',
      layer: 0,
      edges: [
        [1, 1],
        [0, 0],
      ],
    }).model
    expect(merged.specification.layers[0]?.tied.map((group) => group.map(String).sort())).toEqual([
      ['0,0', '0,1', '1,0', '1,1'],
    ])
    expect(curve(merged, 0, [0, 1])).toEqual(curve(model, 0, [1, 1]))
  })

  it('is refused where the inputs have different grids', () => {
    const model = network([2, 2, 1])
    const [first, second] = model.parameters
    if (first === undefined || second === undefined) throw new Error('two layers')
    const grid = first.grid?.map((knot, k) => (k < 12 ? knot : 2 * knot)) ?? null
    const moved = { ...model, parameters: [{ ...first, grid }, second] }
    expect(() =>
      apply(moved, {
        type: 'tie',
        layer: 0,
        edges: [
          [0, 0],
          [1, 0],
        ],
      }),
    ).toThrow('x0 → h₁ and x1 → h₁ cannot be tied: their inputs have different grids, and tied edges share one.')
  })

  it('goes on for an edge that was pruned meanwhile: back again, it has the curve of its tie', () => {
    const edges: EdgeIndex[] = [
      [0, 0],
      [1, 0],
    ]
    const tied = apply(network([2, 5, 1]), { type: 'tie', layer: 0, edges }).model
    const pruned = apply(tied, { type: 'prune', layer: 0, edges: [[1, 0]] })
    const lagging = trainedExcept(pruned.model, [1, 0])
    expect(curve(lagging, 0, [1, 0])).not.toEqual(curve(lagging, 0, [0, 0]))
    const back: Edit[] = [
      pruned.inverse,
      { type: 'unprune', layer: 0, edges: [[1, 0]] },
      { type: 'untie', layer: 0, edges: [[1, 0]] },
    ]
    for (const edit of back) {
      const done = apply(lagging, edit)
      expect(curve(done.model, 0, [1, 0])).toEqual(curve(lagging, 0, [0, 0]))
      expect(apply(done.model, done.inverse).model).toEqual(lagging)
    }
  })

  it('undone after training gives the others their own curves back and leaves the first as trained', () => {
    const model = network([2, 5, 1])
    const done = apply(model, {
      type: 'tie',
      layer: 0,
      edges: [
        [1, 2],
        [0, 0],
      ],
    })
    const later = retrained(done.model, 5)
    const undone = apply(later, done.inverse).model
    expect(curve(undone, 0, [0, 0])).toEqual(curve(model, 0, [0, 0]))
    expect(curve(undone, 0, [1, 2])).toEqual(curve(later, 0, [1, 2]))
    expect(curve(undone, 1, [0, 0])).toEqual(curve(later, 1, [0, 0]))
  })
})

describe('edges that are not there', () => {
  it.each([
    [[[2, 0]], 'There is no edge [2, 0]: layer 1 has 2 inputs and 3 outputs.'],
    [[[0, -1]], 'There is no edge [0, -1]: layer 1 has 2 inputs and 3 outputs.'],
    [[], 'No edge is chosen.'],
  ] as [EdgeIndex[], string][])('%j are refused', (edges, message) => {
    expect(() => apply(network([2, 3, 1]), { type: 'prune', layer: 0, edges })).toThrow(message)
  })

  it('as well as edits that change nothing', () => {
    const model = apply(network([2, 3, 1]), { type: 'prune', layer: 0, edges: [[0, 1]] }).model
    expect(() => apply(model, { type: 'prune', layer: 0, edges: [[0, 1]] })).toThrow('Edge x0 → h₂ is pruned already.')
    expect(() => apply(model, { type: 'unfreeze', layer: 0, edges: [[0, 1]] })).toThrow('Edge x0 → h₂ is not locked.')
    expect(() => apply(model, { type: 'tie', layer: 0, edges: [[0, 1]] })).toThrow('at least two edges')
  })
})
