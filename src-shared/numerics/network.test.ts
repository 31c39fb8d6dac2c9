import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import {
  type GoldenKind,
  goldenArray,
  goldenBatch,
  goldenGroup,
  goldenKinds,
  goldenModel,
  goldenTensors,
} from '../golden/golden'
import type { LayerTensors } from '../kan/parameters'
import { type Specification, specificationSchema } from '../kan/specification'
import { attribute } from './attribution'
import { initialize } from './initialize'
import { edgeScores, edgeStatistics, forward, forwardLayers, lossAndGradient, type Objective } from './network'

const dataOnly: Objective = { loss: 'mse', regularization: null }
const penalties = [
  { l1: 1, entropy: 1, name: 'reg(l1=1.0,entropy=1.0)' },
  { l1: 1, entropy: 0, name: 'reg(l1=1.0,entropy=0.0)' },
  { l1: 0, entropy: 1, name: 'reg(l1=0.0,entropy=1.0)' },
  { l1: 0.5, entropy: 2, name: 'reg(l1=0.5,entropy=2.0)' },
]

describe.each(goldenKinds)('better_kan’s %s network', (kind) => {
  const { specification, parameters } = goldenModel(kind)
  const { inputs, targets } = goldenBatch(kind)

  test('has the golden outputs', () => {
    const output = forward(specification, parameters, inputs)
    expect(largestError(output, goldenArray(kind, 'output'))).toBeLessThan(1e-10)
  })

  test('has the golden loss and gradients of every tensor and of the inputs', () => {
    const result = lossAndGradient(specification, parameters, inputs, targets, dataOnly)
    expect(largestError([result.loss], goldenArray(kind, 'mse'))).toBeLessThan(1e-10)
    expect(result.regularization).toBe(0)
    expectGradients(result.gradients, goldenTensors(kind, 'grad'))
    expect(largestError(result.inputGradient, goldenArray(kind, 'grad_x'))).toBeLessThan(1e-10)
  })

  test('has the golden l1 of every edge', () => {
    edgeScores(specification, parameters, inputs).forEach((scores, l) => {
      expect(largestError(scores, goldenArray(kind, `l1_norm.${l}(out,in)`))).toBeLessThan(1e-10)
    })
  })

  test.each(penalties)('has the golden $name, times λ', ({ l1, entropy, name }) => {
    const value = penaltyOnly(kind, 0.25, l1, entropy).regularization
    expect(largestError([value / 0.25], goldenArray(kind, name))).toBeLessThan(1e-10)
  })

  test('has the golden gradient of the regulariser', () => {
    const { gradients } = penaltyOnly(kind, 1, 0.5, 2)
    expectGradients(gradients, goldenTensors(kind, 'reg(0.5,2)_grad'))
  })
})

test('a network with an input group has the golden outputs, loss and gradients', () => {
  const { model, gradients } = goldenGroup()
  const { inputs, targets } = goldenBatch('spline')
  const result = lossAndGradient(model.specification, model.parameters, inputs, targets, dataOnly)
  expect(largestError(result.output, goldenArray('spline', 'lock[1,1,0].output'))).toBeLessThan(1e-10)
  expect(largestError([result.loss], goldenArray('spline', 'lock[1,1,0].mse'))).toBeLessThan(1e-10)
  expect(largestError(result.inputGradient, goldenArray('spline', 'lock[1,1,0].grad_x'))).toBeLessThan(1e-10)
  expectGradients(result.gradients, gradients)
})

describe('a network', () => {
  const { specification, parameters } = goldenModel('spline')
  const { inputs } = goldenBatch('spline')

  test('shows what reaches each layer, and in which range', () => {
    const { layerInputs, output } = forwardLayers(specification, parameters, inputs)
    expect(layerInputs[0]).toBe(inputs)
    const [hidden] = [layerInputs[1] as Float64Array]
    const last: Specification = {
      ...specification,
      inputs: Array.from({ length: 4 }, (_, i) => ({ name: `h${i}`, group: 0 })),
      layers: specification.layers.slice(1),
    }
    expect(forward(last, parameters.slice(1), hidden)).toEqual(output)
    const statistics = edgeStatistics(specification, parameters, inputs)[1]
    const column = hidden.filter((_, k) => k % 4 === 2)
    expect([statistics?.minimum[2], statistics?.maximum[2]]).toEqual([Math.min(...column), Math.max(...column)])
  })

  test('says which numbers do not fit, as a bug', () => {
    expect(() => forward(specification, parameters, new Float64Array(4))).toThrow(/4 numbers are no rows of 3/)
    expect(() => forward(specification, parameters, new Float64Array(0))).toThrow(RangeError)
    expect(() => lossAndGradient(specification, parameters, inputs, inputs, dataOnly)).toThrow(/21 targets for 14/)
    expect(() => forward(specification, parameters.slice(1), inputs)).toThrow(RangeError)
  })

  test('starts the same in batches of one: a batch is its rows', () => {
    const fresh = initialize(specification)
    const rows = Array.from({ length: 7 }, (_, b) => [...forward(specification, fresh, inputs.slice(b * 3, b * 3 + 3))])
    expect([...forward(specification, fresh, inputs)]).toEqual(rows.flat())
  })
})

describe('scores', () => {
  const basis = { type: 'chebyshev', degree: 0 }
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'line', inputs: [{ name: 'x0' }, { name: 'x1' }], outputs: [{ name: 'y' }] },
    layers: [{ nodes: 1, basis, base: 'identity', bias: false }],
  })
  const parameters = [
    { weights: new Float64Array(2), baseScaler: Float64Array.of(3, 0.5), basisScaler: new Float64Array(2) },
  ].map((tensors) => ({ ...tensors, bias: null, symbolic: null, grid: null, scale: null }))
  const column = Float64Array.from({ length: 101 }, (_, b) => -1 + b / 50)

  test('of y = 3 x0 + 0.5 x1 on 101 points are 0.757426 and 0.126238, and its attribution is 6 to 1', () => {
    // Both columns hold the 101 points, the second one backwards.
    const inputs = Float64Array.from(
      { length: 202 },
      (_, k) => column[k % 2 === 0 ? k / 2 : 100 - (k - 1) / 2] as number,
    )
    const [statistics] = edgeStatistics(specification, parameters, inputs)
    expect([...(statistics?.scores ?? [])].map((score) => score.toFixed(6))).toEqual(['0.757426', '0.126238'])
    const [deviations] = [statistics?.phi.deviation ?? []]
    expect((deviations[0] as number) / (deviations[1] as number)).toBeCloseTo(6, 12)
  })

  test('of an input that never changes are 0, by both conventions', () => {
    const inputs = Float64Array.from({ length: 24 }, (_, k) => (k % 2 === 0 ? 7 : (column[k] as number)))
    const statistics = edgeStatistics(specification, parameters, inputs)
    const { edges } = attribute({
      edges: statistics.map(({ phi }) => phi.deviation),
      outputs: statistics.map(({ outputDeviation }) => outputDeviation),
    })
    expect([statistics[0]?.scores[0], edges[0]?.[0]]).toEqual([0, 0])
    expect(statistics[0]?.scores[1]).toBeGreaterThan(0)
    expect(edges[0]?.[1]).toBeCloseTo(1, 2)
  })
})

function penaltyOnly(kind: GoldenKind, lambda: number, l1: number, entropy: number) {
  const { specification, parameters } = goldenModel(kind)
  const { inputs } = goldenBatch(kind)
  // With the outputs themselves as targets the data loss and its gradient are 0.
  return lossAndGradient(specification, parameters, inputs, forward(specification, parameters, inputs), {
    loss: 'mse',
    regularization: { type: 'better_kan', lambda, l1, entropy },
  })
}

function expectGradients(actual: readonly LayerTensors[], expected: readonly LayerTensors[]) {
  expected.forEach((layer, l) => {
    for (const tensor of ['weights', 'baseScaler', 'basisScaler', 'bias'] as const) {
      expect(largestError(actual[l]?.[tensor] ?? [], layer[tensor] ?? []), `layer ${l} ${tensor}`).toBeLessThan(1e-10)
    }
  })
}
