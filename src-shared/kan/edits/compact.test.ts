/** Are dead nodes taken out, and nothing else changed? */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forward } from '../../numerics/network'
import { UserError } from '../../user-error'
import type { Model } from '../parameters'
import { type EdgeIndex, inputsOf } from '../specification'
import { models, retrained } from '../testing'
import { apply } from './apply'
import { deadWeight, isCompactable } from './compact'
import { describe as nameOf } from './describe'
import type { Edit } from './edit'
import { curve, network, widthsOf } from './testing'

const compact: Edit = { type: 'compact' }

function outputsOf({ specification, parameters }: Model): Float64Array {
  const inputs = Float64Array.from({ length: 7 * specification.inputs.length }, (_, k) => Math.sin(k + 1))
  return forward(specification, parameters, inputs)
}

function expectSameOutputs(a: Model, b: Model): void {
  const [before, after] = [outputsOf(a), outputsOf(b)]
  const size = before.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  after.forEach((value, k) => {
    if (Number.isFinite(before[k])) expect(Math.abs(value - (before[k] ?? 0)) / size).toBeLessThan(1e-10)
  })
}

const prunedAt = (model: Model, layer: number, edges: readonly EdgeIndex[]) =>
  apply(model, { type: 'prune', layer, edges }).model

/** Prunes edges by chance, some of all edges into or out of nodes. */
const pruned = fc.tuple(models, fc.integer({ min: 1, max: 9 }), fc.nat()).map(([model, share, seed]) => {
  let state = seed
  const chance = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state / 2 ** 32) * 10 < share
  }
  return model.specification.layers.reduce((before, { nodes }, l) => {
    const inputs = inputsOf(before.specification, l)
    const all = Array.from({ length: nodes * inputs }, (_, e): EdgeIndex => [e % inputs, Math.floor(e / inputs)])
    const isGone = (edge: EdgeIndex) =>
      before.specification.layers[l]?.pruned.some((old) => String(old) === String(edge))
    const edges = all.filter((edge) => chance() && !isGone(edge))
    return edges.length === 0 ? before : prunedAt(before, l, edges)
  }, model)
})

describe('compact', () => {
  it('computes the same whatever the network, its bases, formulas and locks are, and undo gives every bit back', () => {
    let done = 0
    fc.assert(
      fc.property(pruned, fc.nat(), (model, seed) => {
        if (!isCompactable(model.specification)) {
          expect(() => apply(model, compact)).toThrow('There is nothing to compact')
          return
        }
        const compacted = applied(model)
        if (compacted === null) return
        done++
        expectSameOutputs(model, compacted.model)
        expect(isCompactable(compacted.model.specification)).toBe(false)
        const gone = deadWeight(model.specification)
        const count = (of: Model) => widthsOf(of).reduce((sum, width) => sum + width)
        expect(count(model) - count(compacted.model)).toBe(gone)
        const undone = apply(compacted.model, compacted.inverse)
        expect(undone.model).toEqual(model)
        expect(apply(undone.model, undone.inverse).model).toEqual(compacted.model)
        // What trained on meanwhile is kept: nothing may go wrong.
        const later = apply(retrained(compacted.model, seed), compacted.inverse).model
        expect(later.specification).toEqual(model.specification)
      }),
      { numRuns: 500 },
    )
    expect(done).toBeGreaterThan(50)
  })

  it('folds what a chain of nodes without inputs gives into the biases after it', () => {
    const model = prunedAt(
      prunedAt(network([2, 3, 3, 1]), 0, [
        [0, 1],
        [1, 1],
      ]),
      1,
      [
        [0, 0],
        [2, 0],
      ],
    )
    const done = apply(model, compact).model
    expect(widthsOf(done)).toEqual([2, 2, 2, 1])
    const [h1] = curve1(model, 0, 1)
    const [value = Number.NaN] = phiAt(model, 1, [1, 0], h1)
    const constant = value + (model.parameters[1]?.bias?.[0] ?? 0)
    const [last = Number.NaN] = phiAt(model, 2, [0, 0], constant)
    expect(done.parameters[2]?.bias?.[0]).toBeCloseTo((model.parameters[2]?.bias?.[0] ?? 0) + last, 12)
    expectSameOutputs(model, done)
  })

  it('gives a layer without biases those that it needs, and undo takes them away', () => {
    const model = prunedAt(network([1, 2, 1], { bias: false, basis: { type: 'rbf', centers: 4 } }), 0, [[0, 1]])
    const done = apply(model, compact)
    expect(done.model.specification.layers.map(({ bias }) => bias)).toEqual([false, true])
    expectSameOutputs(model, done.model)
    expect(apply(done.model, done.inverse).model).toEqual(model)
  })

  it('keeps one node of a layer that is dead as a whole, without edges', () => {
    const all: EdgeIndex[] = [0, 1, 2].map((node) => [node, 0])
    const done = apply(prunedAt(network([2, 3, 1]), 1, all), compact).model
    expect(widthsOf(done)).toEqual([2, 1, 1])
    expect(done.specification.layers.map((layer) => layer.pruned.length)).toEqual([2, 1])
    expect(() => apply(done, compact)).toThrow('There is nothing to compact')
  })

  it('locks and ties follow the edges that stay, and their curves are as they were', () => {
    const tied = apply(network([2, 3, 2]), {
      type: 'tie',
      layer: 1,
      edges: [
        [1, 0],
        [2, 1],
      ],
    }).model
    const frozen = apply(tied, { type: 'freeze', layer: 0, edges: [[1, 2]] }).model
    const model = prunedAt(frozen, 0, [
      [0, 0],
      [1, 0],
    ])
    const done = apply(model, compact).model
    expect(done.specification.layers[0]?.frozen).toEqual([[1, 1]])
    expect(done.specification.layers[1]?.tied).toEqual([
      [
        [0, 0],
        [1, 1],
      ],
    ])
    expect(curve(done, 0, [1, 1])).toEqual(curve(model, 0, [1, 2]))
    expect(curve(done, 1, [1, 1])).toEqual(curve(model, 1, [2, 1]))
  })

  it('refuses where a formula has no value for what reaches it', () => {
    const formula = { function: 'log' as const, a: 1, b: -1e3, c: 1, d: 0 }
    const model = apply(network([1, 2, 1]), { type: 'set-symbolic', layer: 1, edge: [1, 0], formula }).model
    expect(() => apply(prunedAt(model, 0, [[0, 1]]), compact)).toThrow(
      'Edge h₂ → y0 has no finite value at 0.3856, which is all that reaches it: prune it first.',
    )
  })

  it('is named by what it takes', () => {
    const model = prunedAt(network([2, 3, 1]), 1, [
      [0, 0],
      [2, 0],
    ])
    expect(nameOf(compact, model.specification)).toBe('Compact by 2 nodes')
  })
})

it('biases that trained on move back as far as they were moved', () => {
  const model = network([1, 2, 1])
  const to = { values: Float64Array.of(0.3, 0.4), moments: null }
  const from = { values: model.parameters[0]?.bias ?? new Float64Array(2), moments: null }
  const moved = apply(model, { type: 'move-bias', layer: 0, from, to })
  const [own, ...rest] = moved.model.parameters
  if (own === undefined) throw new Error('no layer')
  const later = { ...moved.model, parameters: [{ ...own, bias: Float64Array.of(0.3, 1.4) }, ...rest] }
  const [first, second = 0] = apply(later, moved.inverse).model.parameters[0]?.bias ?? []
  expect(first).toBe(from.values[0])
  expect(second).toBeCloseTo((from.values[1] ?? 0) + 1, 12)
})

function applied(model: Model): ReturnType<typeof apply> | null {
  try {
    return apply(model, compact)
  } catch (error) {
    if (error instanceof UserError && error.message.includes('no finite value')) return null
    throw error
  }
}

/** What a node of the first layer is when nothing reaches it. */
const curve1 = ({ parameters }: Model, l: number, node: number) => [parameters[l]?.bias?.[node] ?? Number.NaN] as const

function phiAt({ specification, parameters }: Model, l: number, [input, output]: EdgeIndex, x: number): Float64Array {
  const layer = specification.layers[l]
  const held = parameters[l]
  if (layer === undefined || held === undefined) throw new Error(`no layer ${l}`)
  const inputs = inputsOf(specification, l)
  const others = Array.from({ length: inputs * layer.nodes }, (_, e): EdgeIndex => [e % inputs, Math.floor(e / inputs)])
  const alone = { ...layer, bias: false, pruned: others.filter(([i, j]) => i !== input || j !== output) }
  const point = new Float64Array(inputs)
  point[input] = x
  const design = {
    ...specification,
    inputs: Array.from({ length: inputs }, (_, k) => ({ name: `i${k}`, group: 0 })),
    layers: [alone],
  }
  return forward(design, [{ ...held, bias: null }], point).subarray(output, output + 1)
}
