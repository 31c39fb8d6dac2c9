import { describe, expect, it } from 'vitest'
import { largestError } from '../../golden/error'
import { updateGrids } from '../../numerics/grid-update'
import { withGroups } from '../groups'
import { layerAt } from '../names'
import type { Model } from '../parameters'
import { putEdges, sliceOf, takeEdge, withLayer } from '../slices'
import type { EdgeIndex } from '../specification'
import { retrained } from '../testing'
import { apply } from './apply'
import type { Edit } from './edit'
import { curve, network } from './testing'

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

  describe('of inputs that have different grids', () => {
    /** The second input's knots stand a little aside. */
    function aside() {
      const model = network([2, 2, 1])
      const [first, second] = model.parameters
      if (first === undefined || second === undefined) throw new Error('two layers')
      const grid = first.grid?.map((knot, k) => (k < 12 ? knot : knot + 0.02 * Math.sin(3 * knot))) ?? null
      return { ...model, parameters: [{ ...first, grid }, second] }
    }
    const tie = {
      type: 'tie' as const,
      layer: 0,
      edges: [
        [0, 0],
        [1, 0],
      ] as const,
    }

    it('puts the other input on the grid of the first, with its curves', () => {
      const model = aside()
      const { model: tied, inverse } = apply(model, tie)
      const grid = tied.parameters[0]?.grid
      expect(grid?.subarray(12)).toEqual(grid?.subarray(0, 12))
      expect(grid?.subarray(0, 12)).toEqual(model.parameters[0]?.grid?.subarray(0, 12))
      expect(curve(tied, 0, [1, 0])).toEqual(curve(model, 0, [0, 0]))
      expect(largestError(curve(tied, 0, [1, 1]), curve(model, 0, [1, 1]))).toBeLessThan(0.05)
      expect(curve(tied, 0, [0, 1])).toEqual(curve(model, 0, [0, 1]))
      expect(apply(tied, inverse).model).toEqual(model)
    })

    it('is refused where that would bend a locked curve', () => {
      const { model: locked } = apply(aside(), { type: 'freeze', layer: 0, edges: [[1, 1]] })
      expect(() => apply(locked, tie)).toThrow(
        'x1 would take the grid of x0, as inputs of tied edges share one, but x1 → h₂ is locked and must not move: ' +
          'unlock it first.',
      )
    })
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

describe('an undo after the grids have moved', () => {
  /** The model with its first layer on grids that follow samples, as training moves them. */
  function followed(model: Model): Model {
    const [layer] = withGroups(model.specification).layers
    const [first, ...others] = model.parameters
    if (layer === undefined || first === undefined) throw new Error('a layer')
    const samples = Float64Array.from({ length: 300 }, (_, k) => Math.sin(k) * 1.1)
    const inputs = first.baseScaler.length / layer.nodes
    const parameters = updateGrids(layer, first, new Array(inputs).fill(samples))
    expect(parameters.grid).not.toEqual(first.grid)
    return { ...model, parameters: [parameters, ...others] }
  }

  it.each([
    {
      edit: {
        type: 'tie',
        layer: 0,
        edges: [
          [0, 0],
          [1, 0],
        ],
      } as const,
      taken: [1, 0] as const,
    },
    { edit: { type: 'set-width', layer: 0, nodes: 1 } as const, taken: [1, 1] as const },
  ])('of $edit.type gives the curves back', ({ edit, taken }) => {
    const model = network([2, 2, 1])
    const { model: changed, inverse } = apply(model, edit)
    const { model: back } = apply(followed(changed), inverse)
    expect(largestError(curve(back, 0, taken), curve(model, 0, taken))).toBeLessThan(0.1)
    const weights = back.parameters[0]?.weights
    expect(weights).not.toEqual(model.parameters[0]?.weights)
  })

  it('puts an input that comes back into a tie on the grid that the others have by now', () => {
    const { model: tied } = apply(network([2, 2, 1]), {
      type: 'tie',
      layer: 0,
      edges: [
        [0, 0],
        [1, 0],
      ],
    })
    const { model: without, inverse } = apply(tied, { type: 'set-columns', inputs: ['x0'], outputs: ['y0'] })
    const { model: back } = apply(followed(without), inverse)
    const grid = back.parameters[0]?.grid
    expect(grid?.subarray(12)).toEqual(grid?.subarray(0, 12))
    expect(curve(back, 0, [1, 0])).toEqual(curve(back, 0, [0, 0]))
  })
})
