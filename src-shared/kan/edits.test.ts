import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeCurve } from '../numerics/curve'
import { isUserError } from '../user-error'
import { describe as nameOf } from './describe'
import type { Edit } from './edit'
import { apply } from './edits'
import { newModel } from './file'
import { layerAt } from './names'
import { type Model, tensorLengths } from './parameters'
import { putEdges, sliceOf, takeEdge, withLayer } from './slices'
import { type EdgeIndex, inputsOf } from './specification'
import { editsOf, models, retrained } from './testing'
import { checkSpecification } from './validate'

/** A network of these widths; node k of the first layer has bias k + 1, so that nodes can be told apart. */
function network(widths: readonly number[], layer: object = {}): Model {
  const specification = checkSpecification(
    {
      format: 1,
      name: 'test',
      inputs: Array.from({ length: widths[0] ?? 1 }, (_, k) => ({ name: `x${k}` })),
      outputs: Array.from({ length: widths[widths.length - 1] ?? 1 }, (_, k) => ({ name: `y${k}` })),
      layers: widths.slice(1).map((nodes) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 }, ...layer })),
    },
    'test',
  )
  return retrained(newModel(specification, 'test'), 7)
}

const points = Float64Array.from({ length: 41 }, (_, k) => -1 + k / 20.5 + 1e-3)

function curve({ specification, parameters }: Model, l: number, edge: EdgeIndex): Float64Array {
  const layer = specification.layers[l]
  const held = parameters[l]
  if (layer === undefined || held === undefined) throw new Error(`no layer ${l}`)
  return edgeCurve(layer, held, inputsOf(specification, l), edge, points)
}

function widthsOf({ specification }: Model): number[] {
  return [specification.inputs.length, ...specification.layers.map(({ nodes }) => nodes)]
}

/** Training moves everything but one edge of the first layer, which is pruned. */
function trainedExcept(model: Model, edge: EdgeIndex): Model {
  const later = retrained(model, 11)
  const { nodes } = layerAt(model.specification, 0)
  const kept = { edge, slice: takeEdge(sliceOf(model, 0), edge, nodes) }
  return withLayer(later, 0, layerAt(model.specification, 0), putEdges(sliceOf(later, 0), nodes, [kept]))
}

/** Applies an edit if it makes sense; refusals must be for people. */
function attempt(model: Model, edit: Edit) {
  try {
    return apply(model, edit)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function expectSound({ specification, parameters, moments }: Model): void {
  checkSpecification(JSON.parse(JSON.stringify(specification)), 'edited')
  expect(parameters).toHaveLength(specification.layers.length)
  specification.layers.forEach((layer, l) => {
    const lengths = tensorLengths(layer, inputsOf(specification, l))
    const lengthsOf = (tensors: object) =>
      Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, values?.length ?? 0]))
    expect(lengthsOf(parameters[l] ?? {})).toEqual(lengths)
    const { grid: _, scale: __, ...trainable } = lengths
    if (moments !== null) {
      expect(lengthsOf(moments.first[l] ?? {})).toEqual(trainable)
      expect(lengthsOf(moments.second[l] ?? {})).toEqual(trainable)
    }
  })
}

const editedModels = models.chain((model) => fc.tuple(fc.constant(model), editsOf(model.specification)))

describe('every edit', () => {
  it('leaves a sound model, is undone bit for bit and done again bit for bit', () => {
    fc.assert(
      fc.property(editedModels, ([model, edit]) => {
        const before = structuredClone(model)
        const done = attempt(model, edit)
        expect(model).toEqual(before)
        if (done === null) return
        expectSound(done.model)
        const undone = apply(done.model, done.inverse)
        expect(undone.model).toEqual(before)
        const redone = apply(undone.model, undone.inverse)
        expect(redone.model).toEqual(done.model)
        expect(apply(redone.model, redone.inverse).model).toEqual(before)
      }),
      { numRuns: 400 },
    )
  })

  it('is undone in the reverse order, however many there are', () => {
    const walks = fc.tuple(models, fc.array(fc.nat(), { minLength: 2, maxLength: 6 }))
    fc.assert(
      fc.property(walks, ([model, seeds]) => {
        let current = model
        const inverses: Edit[] = []
        for (const seed of seeds) {
          const [edit] = fc.sample(editsOf(current.specification), { numRuns: 1, seed })
          const done = edit && attempt(current, edit)
          if (!done) continue
          current = done.model
          inverses.unshift(done.inverse)
        }
        for (const inverse of inverses) current = apply(current, inverse).model
        expect(current).toEqual(model)
      }),
      { numRuns: 100 },
    )
  })

  it('can be undone after more training, and ties still hold one curve', () => {
    fc.assert(
      fc.property(editedModels, fc.nat(), ([model, edit], seed) => {
        const done = attempt(model, edit)
        if (done === null) return
        const undone = apply(retrained(done.model, seed), done.inverse).model
        expectSound(undone)
        const history = { history: undefined }
        expect({ ...undone.specification, ...history }).toEqual({ ...model.specification, ...history })
        undone.specification.layers.forEach(({ tied, pruned }, l) => {
          for (const group of tied) {
            const active = group.filter((edge) => !pruned.some((gone) => String(gone) === String(edge)))
            const [first, ...others] = active.map((edge) => curve(undone, l, edge))
            for (const other of others) expect(other).toEqual(first)
          }
        })
      }),
      { numRuns: 200 },
    )
  })

  it('has a name for the undo menu', () => {
    fc.assert(
      fc.property(editedModels, ([{ specification }, edit]) => {
        expect(nameOf(edit, specification)).toMatch(/^[A-Z].{3,}/)
      }),
    )
    const { specification } = network([2, 5, 1])
    expect(nameOf({ type: 'prune', layer: 0, edges: [[0, 1]] }, specification)).toBe('Prune edge x0 → h₂')
    const three: EdgeIndex[] = [
      [0, 1],
      [0, 2],
      [0, 3],
    ]
    expect(nameOf({ type: 'freeze', layer: 0, edges: three }, specification)).toBe('Lock 3 edges')
    const rbf = { type: 'rbf' as const, centers: 8, kernel: 'gaussian' }
    expect(nameOf({ type: 'set-basis', layer: 0, basis: rbf }, specification)).toBe('Change layer 1 to RBF')
  })
})

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

describe('set-basis', () => {
  it('keeps every curve as well as the new basis can, and its locks', () => {
    const locked = apply(network([2, 3, 1]), { type: 'freeze', layer: 0, edges: [[0, 1]] }).model
    const basis = { type: 'spline' as const, order: 3, intervals: 10 }
    const finer = apply(locked, { type: 'set-basis', layer: 0, basis }).model
    curve(finer, 0, [1, 1]).forEach((value, k) => {
      expect(value).toBeCloseTo(curve(locked, 0, [1, 1])[k] ?? Number.NaN, 9)
    })
    expect(finer.specification.layers[0]?.frozen).toEqual([[0, 1]])
  })

  it('undone after training brings the curves back and leaves the bias as trained', () => {
    const model = network([2, 3, 1])
    const done = apply(model, { type: 'set-basis', layer: 0, basis: { type: 'chebyshev', degree: 3 } })
    const later = retrained(done.model, 3)
    const undone = apply(later, done.inverse).model
    expect(undone.parameters[0]).toEqual({ ...model.parameters[0], bias: later.parameters[0]?.bias })
    expect(undone.parameters[1]).toEqual(later.parameters[1])
  })

  it('of a kernel that is not built is refused by name', () => {
    const basis = { type: 'rbf' as const, centers: 8, kernel: 'matern32' }
    expect(() => apply(network([2, 3, 1]), { type: 'set-basis', layer: 0, basis })).toThrow('matern32')
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

describe('set-columns', () => {
  it('keeps the curves of inputs and outputs that stay, by name', () => {
    const model = network([3, 2, 2])
    const done = apply(model, { type: 'set-columns', inputs: ['x2', 'new', 'x0', 'more'], outputs: ['y1'] }).model
    expect(widthsOf(done)).toEqual([4, 2, 1])
    expect(curve(done, 0, [0, 1])).toEqual(curve(model, 0, [2, 1]))
    expect(curve(done, 0, [2, 0])).toEqual(curve(model, 0, [0, 0]))
    expect(curve(done, 1, [1, 0])).toEqual(curve(model, 1, [1, 1]))
    expect(done.specification.inputs.map(({ name }) => name)).toEqual(['x2', 'new', 'x0', 'more'])
  })

  it.each([
    [['x0', 'x0'], ['y0'], 'The column x0 is chosen twice as input.'],
    [[], ['y0'], 'Choose at least one column as input.'],
    [['x0', 'x1'], ['y0'], 'The network has these inputs and outputs already.'],
  ])('of %j and %j is refused', (inputs, outputs, message) => {
    expect(() => apply(network([2, 3, 1]), { type: 'set-columns', inputs, outputs })).toThrow(message)
  })
})

describe('reset', () => {
  it('begins anew from the seed, keeps locks and the job, and forgets the run', () => {
    const model = network([2, 3, 1])
    const history = { step: 40, run: 'runs/one', job: { model: 'a.kan' } }
    const pruned = apply(model, { type: 'prune', layer: 0, edges: [[0, 1]] }).model
    const trained = { ...pruned, specification: { ...pruned.specification, history } }
    const done = apply(trained, { type: 'reset' })
    expect(done.model.parameters).toEqual(newModel(model.specification, 'fresh').parameters)
    expect(done.model.moments).toBeNull()
    expect(done.model.specification.layers[0]?.pruned).toEqual([[0, 1]])
    expect(done.model.specification.history).toEqual({ step: 0, job: { model: 'a.kan' } })
    expect(apply(retrained(done.model, 9), done.inverse).model).toEqual(trained)
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
