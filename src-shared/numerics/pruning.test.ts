/** Do weak nodes and edges go as in the original programs, by the rules that are promised, and does the function stay where it is? */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenArray, goldenModel } from '../golden/golden'
import { pykanArray, pykanModel } from '../golden/pykan'
import { withGroups } from '../kan/groups'
import { type Model, parameterCount } from '../kan/parameters'
import { inputsOf, type Specification, specificationSchema } from '../kan/specification'
import { models } from '../kan/testing'
import { columnWidths, deadNodes, prunedMasks, waysOf } from '../kan/ways'
import { attribute } from './attribution'
import { edgeStatistics, forward } from './network'
import { choosePruning, meansGiven, type Pruning, type PruningRule } from './pruning'
import { random } from './random'

const largestDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] as number))), 0)

const nodesAt = (threshold: number): PruningRule => ({ what: 'nodes', threshold, locked: 'prune' })
const edgesAt = (threshold: number): PruningRule => ({ what: 'edges', threshold, locked: 'keep' })

describe('better_kan’s rule', () => {
  const model = goldenModel('spline', 'prune.before')
  const statistics = edgeStatistics(model.specification, model.parameters, goldenArray('spline', 'grid_update.batch'))
  const scores = statistics.map((layer) => layer.scores)
  const pruning = choosePruning(model.specification, scores, nodesAt(1e-2))
  const shifts = meansOf(model, pruning, statistics)
  const x = goldenArray('spline', 'x')

  test('scores as it did, and keeps the nodes that it kept', () => {
    scores.forEach((layer, l) => {
      expect(largestError(layer, goldenArray('spline', `prune.l1_norm.${l}`))).toBeLessThan(1e-10)
    })
    const kept = goldenArray('spline', 'prune.kept_hidden_mask(threshold=0.01)')
    expect([...hiddenAfter(model.specification, pruning)]).toEqual([...kept])
    expect(pruning.layers.map(({ length }) => length)).toEqual([6, 4])
    expect(pruning).toMatchObject({ edges: 10, nodes: 2, inputs: [], locked: 0, kept: 0 })
  })

  test('does not let the function jump', () => {
    const before = forward(model.specification, model.parameters, x)
    expect(largestError(before, goldenArray('spline', 'prune.output_before'))).toBeLessThan(1e-10)
    expect(largestDifference(outputOf(model, pruning, shifts, x), before)).toBeLessThan(3e-3)
  })

  test('leaves the function of the original program, but for the constants that it lost', () => {
    const lost = shifts[1] ?? new Float64Array(0)
    const ours = outputOf(model, pruning, shifts, x).map((value, k) => value - (lost[k % 2] as number))
    expect(largestDifference(ours, goldenArray('spline', 'prune.output_after'))).toBeLessThan(1e-4)
  })
})

describe('pykan’s rule', () => {
  const model = pykanModel('prune.before')
  const statistics = edgeStatistics(model.specification, model.parameters, pykanArray('big'))
  const scores = attribute({
    edges: statistics.map(({ phi }) => phi.deviation),
    outputs: statistics.map(({ outputDeviation }) => outputDeviation),
  })
  const pruning = choosePruning(model.specification, scores.edges, edgesAt(3e-2))
  const shifts = meansOf(model, pruning, statistics)

  test('scores as it did, and keeps the nodes and edges that it kept', () => {
    for (const l of [0, 1]) {
      expect(largestError(scores.edges[l] ?? [], pykanArray(`prune.edge_scores.${l}`))).toBeLessThan(1e-10)
    }
    expect(largestError(scores.nodes[1] ?? [], pykanArray('prune.node_scores.1'))).toBeLessThan(1e-10)
    expect([...hiddenAfter(model.specification, pruning)]).toEqual([...pykanArray('prune.kept_hidden(node_th=0.01)')])
    // Every edge of the nodes that are kept stays, as in `prune.after.mask`.
    expect(pruning.layers.map(({ length }) => length)).toEqual([6, 4])
  })

  test('does not let the function jump, and loses what the original program lost without a bias', () => {
    const x = pykanArray('x')
    const before = forward(model.specification, model.parameters, x)
    expect(largestDifference(outputOf(model, pruning, shifts, x), before)).toBeLessThan(3e-3)
    const lost = shifts[1] ?? new Float64Array(0)
    const ours = outputOf(model, pruning, shifts, x).map((value, k) => value - (lost[k % 2] as number))
    expect(largestDifference(ours, pykanArray('prune.after.output'))).toBeLessThan(3e-3)
  })
})

describe('a threshold', () => {
  // x0, x1 → h0, h1, h2 → y; the third hidden node leans on one weak edge.
  const specification = designOf([2, 3, 1])
  const scores = [Float32Array.of(0.9, 0.02, 0.5, 0.6, 0.1, 0.01), Float32Array.of(0.8, 0.3, 0.7)]

  test('takes edges, and those that are on no way any more', () => {
    const taken = choosePruning(specification, scores, edgesAt(0.11))
    expect(taken.layers.map((edges) => [...edges])).toEqual([[1, 4, 5], [2]])
    // Four edges of 8 weights and 2 scalers, and the bias of the node.
    expect(taken).toMatchObject({ edges: 4, nodes: 1, parameters: 41, kept: 0, inputs: [] })
  })

  test('of 0 takes nothing that has a score, and scores that are not numbers stay', () => {
    expect(choosePruning(specification, scores, edgesAt(0)).edges).toBe(0)
    const unknown = scores.map((layer) => layer.map(() => Number.NaN))
    expect(choosePruning(specification, unknown, edgesAt(1e6)).edges).toBe(0)
    expect(choosePruning(specification, unknown, nodesAt(1e6)).edges).toBe(0)
  })

  test('that is larger than every score leaves each output its strongest way, and says so', () => {
    const taken = choosePruning(specification, scores, edgesAt(1e6))
    expect(taken.layers.map((edges) => [...edges])).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2],
    ])
    expect(taken).toMatchObject({ kept: 2, nodes: 2, inputs: [1] })
  })

  test('keeps locked edges unless it is told otherwise', () => {
    const locked = designOf([2, 3, 1], [{ frozen: [[0, 2]] }, {}])
    const taken = choosePruning(locked, scores, edgesAt(0.11))
    expect(taken.layers.map((edges) => [...edges])).toEqual([[1, 5], []])
    expect(taken.locked).toBe(1)
    expect(choosePruning(locked, scores, { ...edgesAt(0.11), locked: 'prune' })).toMatchObject({ edges: 4, locked: 0 })
  })

  test('counts a locked edge once that is weak and leads nowhere any more', () => {
    const locked = designOf([2, 3, 1], [{ frozen: [[1, 2]] }, {}])
    const weakOut = [scores[0] ?? [], Float32Array.of(0.8, 0.3, 0.05)]
    expect(choosePruning(locked, weakOut, edgesAt(0.11))).toMatchObject({ edges: 3, locked: 1, nodes: 1 })
  })

  test('takes tied edges together, by the strongest of them, and counts their numbers once', () => {
    const tie = [
      [1, 0],
      [0, 2],
    ]
    const tied = designOf([2, 3, 1], [{ tied: [tie] }, {}])
    expect(choosePruning(tied, scores, edgesAt(0.05)).layers.map((edges) => [...edges])).toEqual([[5], []])
    expect(choosePruning(tied, scores, edgesAt(0.11))).toMatchObject({ edges: 4, parameters: 31 })
    const grouped = { ...specification, inputs: specification.inputs.map((input) => ({ ...input, group: 1 })) }
    expect(choosePruning(grouped, scores, edgesAt(0.05)).edges).toBe(0)
  })

  test('takes formulas by their score, as four numbers', () => {
    const formula = { edge: [1, 0], function: 'sin', a: 1, b: 0, c: 1, d: 0 }
    const fixed = designOf([2, 3, 1], [{ symbolic: [formula] }, {}])
    expect(choosePruning(fixed, scores, edgesAt(0.02))).toMatchObject({ edges: 2, parameters: 14 })
  })

  test('never cuts an output off that had a way, whatever the network and its locks are', () => {
    const cases = fc.record({
      model: models,
      seed: fc.nat(1000),
      threshold: fc.double({ min: 0, max: 1.2, noNaN: true }),
      what: fc.constantFrom('edges' as const, 'nodes' as const),
      locked: fc.constantFrom('keep' as const, 'prune' as const),
    })
    fc.assert(
      fc.property(cases, ({ model: { specification: design }, seed, ...rule }) => {
        const next = random(seed)
        const masks = prunedMasks(design)
        const given = masks.map((mask) => Float64Array.from(mask, () => next()))
        const taken = choosePruning(design, given, rule)
        const widths = columnWidths(design)
        const after = masksAfter(design, taken)
        expect(waysOf(widths, after).into.at(-1)).toEqual(waysOf(widths, masks).into.at(-1))
        const [dead, deadBefore] = [after, masks].map((gone) => deadNodes(widths, gone).slice(1, -1).map(sum))
        expect(sum(dead ?? []) - sum(deadBefore ?? [])).toBe(taken.nodes)
        taken.layers.forEach((slots, l) => {
          const frozen = withGroups(design).layers[l]?.frozen ?? []
          const inputs = inputsOf(design, l)
          const isLocked = (e: number) => frozen.some(([i, j]) => j * inputs + i === e)
          if (rule.locked === 'keep') expect([...slots].filter(isLocked)).toEqual([])
        })
        expect(taken.parameters).toBeLessThanOrEqual(parameterCount(design))
      }),
      { numRuns: 300 },
    )
  })
})

test('a node without incoming edges gives phi(bias), and inputs that lose their last way are named', () => {
  const basis = { type: 'chebyshev', degree: 0 }
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'dead', inputs: [{ name: 'a' }, { name: 'b' }], outputs: [{ name: 'y' }] },
    layers: [
      {
        nodes: 2,
        basis,
        base: 'identity',
        pruned: [
          [0, 1],
          [1, 1],
        ],
      },
      { nodes: 1, basis, base: 'tanh' },
    ],
  })
  const layer = (base: readonly number[], bias: readonly number[]) => ({
    ...{ weights: new Float64Array(base.length), baseScaler: Float64Array.from(base) },
    ...{
      basisScaler: new Float64Array(base.length),
      bias: Float64Array.from(bias),
      symbolic: null,
      grid: null,
      scale: null,
    },
  })
  const parameters = [layer([1, 0, 1, 1], [0, 0.3]), layer([1, 2], [0.1])]
  const model: Model = { specification, parameters, moments: null }
  const x = Float64Array.of(-1, 4, 0, 5, 0.5, 6)
  const statistics = edgeStatistics(specification, model.parameters, x)
  const pruning = choosePruning(
    specification,
    statistics.map(({ scores }) => scores),
    edgesAt(1e-6),
  )
  expect(pruning.layers.map((edges) => [...edges])).toEqual([[1], [1]])
  const shifts = meansOf(model, pruning, statistics)
  expect(shifts[1]?.[0]).toBeCloseTo(2 * Math.tanh(0.3), 14)
  expect(pruning.inputs).toEqual([1])
  const before = forward(specification, model.parameters, x)
  expect(largestDifference(outputOf(model, pruning, shifts, x), before)).toBeLessThan(1e-14)
})

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, value) => all + value, 0)

function designOf(widths: readonly number[], layers: readonly object[] = []): Specification {
  const names = (count = 0, letter = '') => Array.from({ length: count }, (_, k) => ({ name: `${letter}${k}` }))
  return specificationSchema.parse({
    ...{ format: 1, name: 'test', inputs: names(widths[0], 'x'), outputs: names(widths.at(-1), 'y') },
    layers: widths
      .slice(1)
      .map((nodes, l) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 }, ...layers[l] })),
  })
}

function masksAfter(specification: Specification, { layers }: Pruning): readonly Uint8Array[] {
  return prunedMasks(specification).map((mask, l) => mask.map((gone, e) => (layers[l]?.includes(e) ? 1 : gone)))
}

/** 1 where a hidden node of the first layer is still alive. */
function hiddenAfter(specification: Specification, pruning: Pruning): Uint8Array {
  const dead = deadNodes(columnWidths(specification), masksAfter(specification, pruning))
  return (dead[1] ?? new Uint8Array(0)).map((gone) => 1 - gone)
}

function meansOf({ specification }: Model, { layers }: Pruning, statistics: ReturnType<typeof edgeStatistics>) {
  return meansGiven(
    specification,
    layers,
    statistics.map(({ phi }) => phi.mean),
  )
}

/** Outputs once the edges are pruned and the biases moved; a layer without biases gets them. */
function outputOf(
  { specification, parameters }: Model,
  { layers }: Pruning,
  shifts: readonly Float64Array[],
  x: Float64Array,
): Float64Array {
  const pruned = specification.layers.map((layer, l) => {
    const inputs = inputsOf(specification, l)
    const slots = [...(layers[l] ?? [])].map((e) => [e % inputs, Math.floor(e / inputs)] as const)
    return { ...layer, bias: true, pruned: [...layer.pruned, ...slots] }
  })
  const moved = parameters.map((layer, l) => ({
    ...layer,
    bias: (shifts[l] ?? new Float64Array(0)).map((shift, j) => shift + (layer.bias?.[j] ?? 0)),
  }))
  return forward({ ...specification, layers: pruned }, moved, x)
}
