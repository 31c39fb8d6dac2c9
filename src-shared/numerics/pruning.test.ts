/** Do weak nodes go as in the original programs, and does the function stay where it is? */
import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenArray, goldenModel } from '../golden/golden'
import { pykanArray, pykanModel } from '../golden/pykan'
import type { Model } from '../kan/parameters'
import { specificationSchema } from '../kan/specification'
import { attribute } from './attribution'
import { edgeStatistics, forward } from './network'
import { type Pruning, pruneWeak } from './pruning'

const largestDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] as number))), 0)

describe('better_kan’s rule', () => {
  const model = goldenModel('spline', 'prune.before')
  const statistics = edgeStatistics(model.specification, model.parameters, goldenArray('spline', 'grid_update.batch'))
  const pruning = pruneWeak(model.specification, statistics, 'l1')
  const x = goldenArray('spline', 'x')

  test('scores as it did, and keeps the nodes that it kept', () => {
    statistics.forEach(({ scores }, l) => {
      expect(largestError(scores, goldenArray('spline', `prune.l1_norm.${l}`))).toBeLessThan(1e-10)
    })
    expect([...(pruning.nodes[0] ?? [])]).toEqual([...goldenArray('spline', 'prune.kept_hidden_mask(threshold=0.01)')])
    expect(pruning.layers.map(({ edges }) => edges.length)).toEqual([6, 4])
    expect(pruning.inputs).toEqual([])
  })

  test('does not let the function jump', () => {
    const before = forward(model.specification, model.parameters, x)
    expect(largestError(before, goldenArray('spline', 'prune.output_before'))).toBeLessThan(1e-10)
    expect(largestDifference(outputOf(model, pruning, x), before)).toBeLessThan(3e-3)
  })

  test('leaves the function of the original program, but for the constants that it lost', () => {
    const lost = pruning.layers[1]?.bias ?? new Float64Array(0)
    const ours = outputOf(model, pruning, x).map((value, k) => value - (lost[k % 2] as number))
    expect(largestDifference(ours, goldenArray('spline', 'prune.output_after'))).toBeLessThan(1e-4)
  })
})

describe('pykan’s rule', () => {
  const model = pykanModel('prune.before')
  const statistics = edgeStatistics(model.specification, model.parameters, pykanArray('big'))
  const pruning = pruneWeak(model.specification, statistics, 'attribution')

  test('scores as it did, and keeps the nodes and edges that it kept', () => {
    const scores = attribute({
      edges: statistics.map(({ phi }) => phi.deviation),
      outputs: statistics.map(({ outputDeviation }) => outputDeviation),
    })
    for (const l of [0, 1]) {
      expect(largestError(scores.edges[l] ?? [], pykanArray(`prune.edge_scores.${l}`))).toBeLessThan(1e-10)
    }
    expect(largestError(scores.nodes[1] ?? [], pykanArray('prune.node_scores.1'))).toBeLessThan(1e-10)
    expect([...(pruning.nodes[0] ?? [])]).toEqual([...pykanArray('prune.kept_hidden(node_th=0.01)')])
    // Every edge of the nodes that are kept stays, as in `prune.after.mask`.
    expect(pruning.layers.map(({ edges }) => edges.length)).toEqual([6, 4])
  })

  test('prunes edges that score less than 0.03 too', () => {
    const { layers, nodes } = pruneWeak(model.specification, statistics, 'attribution', { node: 1e-2, edge: 0.2 })
    expect(layers[1]?.edges).toContainEqual([0, 0])
    expect(layers[0]?.edges.length).toBeGreaterThan(6)
    expect(nodes).toEqual(pruning.nodes)
  })

  test('does not let the function jump, and loses what the original program lost without a bias', () => {
    const x = pykanArray('x')
    const before = forward(model.specification, model.parameters, x)
    expect(largestDifference(outputOf(model, pruning, x), before)).toBeLessThan(3e-3)
    const lost = pruning.layers[1]?.bias ?? new Float64Array(0)
    const ours = outputOf(model, pruning, x).map((value, k) => value - (lost[k % 2] as number))
    expect(largestDifference(ours, pykanArray('prune.after.output'))).toBeLessThan(3e-3)
  })
})

test('a node without incoming edges leaves phi(bias), and inputs without edges are named', () => {
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
          [1, 0],
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
  const model: Model = {
    specification,
    parameters: [layer([1, 1, 1, 1], [0, 0.3]), layer([1, 2], [0.1])],
    moments: null,
  }
  const x = Float64Array.of(-1, 4, 0, 5, 0.5, 6)
  const pruning = pruneWeak(specification, edgeStatistics(specification, model.parameters, x), 'l1')
  expect(pruning.layers.map(({ edges }) => edges)).toEqual([[], [[1, 0]]])
  expect(pruning.layers[1]?.bias[0]).toBeCloseTo(2 * Math.tanh(0.3), 14)
  expect(pruning.inputs).toEqual([1])
  const before = forward(specification, model.parameters, x)
  expect(largestDifference(outputOf(model, pruning, x), before)).toBeLessThan(1e-14)
})

/** Outputs once the edges are pruned and the biases moved; a layer without biases gets them. */
function outputOf({ specification, parameters }: Model, { layers }: Pruning, x: Float64Array): Float64Array {
  const pruned = specification.layers.map((layer, l) => ({
    ...layer,
    bias: true,
    pruned: [...layer.pruned, ...(layers[l]?.edges ?? [])],
  }))
  const moved = parameters.map((layer, l) => ({
    ...layer,
    bias: (layers[l]?.bias ?? new Float64Array(0)).map((shift, j) => shift + (layer.bias?.[j] ?? 0)),
  }))
  return forward({ ...specification, layers: pruned }, moved, x)
}
