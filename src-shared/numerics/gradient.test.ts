/** Does every gradient say how the loss moves? Finite differences over random small networks, and the awkward inputs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LayerParameters, LayerTensors } from '../kan/parameters'
import {
  type Base,
  type Basis,
  basisSize,
  inputsOf,
  type LayerSpecification,
  rbfKernelSchema,
  type Specification,
  specificationSchema,
} from '../kan/specification'
import { initialize } from './initialize'
import { edgeScores, lossAndGradient, type Objective } from './network'
import { random } from './random'
import type { SymbolicFunction } from './symbolic'

const STEP = 1e-6
const bases = fc.oneof(
  fc.record({
    type: fc.constant('spline' as const),
    order: fc.integer({ min: 2, max: 4 }),
    intervals: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    type: fc.constant('rbf' as const),
    centers: fc.integer({ min: 1, max: 5 }),
    kernel: fc.constantFrom(...rbfKernelSchema.options),
  }),
  fc.record({ type: fc.constant('chebyshev' as const), degree: fc.integer({ min: 0, max: 5 }) }),
) satisfies fc.Arbitrary<Basis>

const pykanObjectives = (
  ['edge_forward_spline_n', 'edge_forward_spline_u', 'edge_forward_sum', 'edge_backward'] as const
).map(
  (metric): Objective => ({
    loss: 'mse',
    regularization: { type: 'pykan', metric, lambda: 0.2, l1: 1, entropy: 2, coef: 0.3, coefDiff: 0.5 },
  }),
)

const layerDesign = fc.record({
  nodes: fc.integer({ min: 1, max: 3 }),
  basis: bases,
  base: fc.constantFrom<Base>('silu', 'identity', 'tanh', 'zero'),
  bias: fc.boolean(),
  prune: fc.boolean(),
  tie: fc.boolean(),
  formula: fc.option(
    fc.constantFrom<SymbolicFunction>('x', 'x^2', 'x^3', 'sin', 'cos', 'tanh', 'arctan', 'gaussian', '0'),
  ),
})

const networks = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    layers: fc.array(layerDesign, { minLength: 1, maxLength: 3 }),
    seed: fc.nat(1e6),
    rows: fc.integer({ min: 1, max: 6 }),
    objective: fc.constantFrom<Objective>(
      { loss: 'mse', regularization: null },
      { loss: 'mse', regularization: { type: 'better_kan', lambda: 0.3, l1: 1, entropy: 0 } },
      { loss: 'mse', regularization: { type: 'better_kan', lambda: 0.2, l1: 0.5, entropy: 2 } },
      ...pykanObjectives,
    ),
  })
  .map(({ inputs, layers, seed, rows, objective }) => ({ ...randomNetwork(inputs, layers, seed, rows), objective }))

test('the gradient of every parameter and input is the slope of the loss, under masks, ties and regularisation', () => {
  fc.assert(
    fc.property(networks, ({ specification, parameters, x, y, objective, next }) => {
      const total = () => {
        const { loss, regularization } = lossAndGradient(specification, parameters, x, y, objective)
        return loss + regularization
      }
      const { gradients, inputGradient } = lossAndGradient(specification, parameters, x, y, objective)
      specification.layers.forEach((layer, l) => {
        const tensors = parameters[l] as LayerParameters
        const gradient = gradients[l] as LayerTensors
        const inputs = inputsOf(specification, l)
        for (const [name, size] of [
          ['weights', basisSize(layer.basis)],
          ['baseScaler', 1],
          ['basisScaler', 1],
          ['symbolic', 4],
        ] as const) {
          const values = tensors[name]
          if (values === null) continue
          const formula = layer.symbolic[0]?.edge
          const edge =
            name === 'symbolic' && formula
              ? formula[1] * inputs + formula[0]
              : Math.floor((next() * values.length) / size)
          const m = Math.floor(next() * size)
          const slots = movingTogether(layer, inputs, edge).map((slot) => slot * size + m)
          expectSlope(gradient[name]?.[edge * size + m], slope(total, values, slots), `layer ${l} ${name}`)
        }
        if (tensors.bias && gradient.bias) {
          const k = Math.floor(next() * tensors.bias.length)
          expectSlope(gradient.bias[k], slope(total, tensors.bias, [k]), `layer ${l} bias`)
        }
      })
      const k = Math.floor(next() * x.length)
      expectSlope(inputGradient[k], slope(total, x, [k]), 'input')
    }),
    // A fixed seed: a difference quotient across a kink of |phi| would be wrong once in some hundred runs.
    { numRuns: 300, seed: 4 },
  )
})

const betterKan: Objective = { loss: 'mse', regularization: { type: 'better_kan', lambda: 0.1, l1: 1, entropy: 1 } }

describe('an input that does not change', () => {
  test('is charged for by its mean of |phi|, as a batch of one is, but has no score', () => {
    const { specification, parameters, x, y } = randomNetwork(1, [plain(2)], 6, 5)
    x.fill(0.4)
    const all = lossAndGradient(specification, parameters, x, y, betterKan)
    const one = lossAndGradient(specification, parameters, x.slice(0, 1), y.slice(0, 2), betterKan)
    expect(all.regularization).toBeGreaterThan(0)
    expect(all.regularization).toBeCloseTo(one.regularization, 12)
    expect(edgeScores(specification, parameters, x)).toEqual([new Float64Array(2)])
  })
})

describe.each([betterKan, ...pykanObjectives])('awkward inputs under $regularization', (objective) => {
  test('a batch of one has a finite loss and gradient', () => {
    const { specification, parameters, x, y } = randomNetwork(2, [plain(3), plain(1)], 5, 1)
    expectFinite(lossAndGradient(specification, parameters, x, y, objective))
  })

  test('a constant column has a finite loss and gradient', () => {
    const { specification, parameters, x, y } = randomNetwork(2, [plain(1)], 6, 5)
    for (let b = 0; b < 5; b++) x[b * 2] = 0.4
    expectFinite(lossAndGradient(specification, parameters, x, y, objective))
  })

  test.each(['spline', 'rbf', 'chebyshev'] as const)('values at ±1e20 give a finite %s loss and gradient', (type) => {
    const design = { ...plain(2), base: 'tanh' as const, basis: basisOf(type) }
    const { specification, parameters, x, y } = randomNetwork(2, [design, design], 7, 4)
    x.set([1e20, -1e20, -1e20, 1e20])
    expectFinite(lossAndGradient(specification, parameters, x, y, objective))
  })

  test('an edge and a layer that are 0 everywhere take part without NaN', () => {
    const { specification, parameters, x, y } = randomNetwork(2, [plain(2), plain(1)], 8, 4)
    parameters[0]?.baseScaler.fill(0, 0, 1)
    parameters[0]?.basisScaler.fill(0, 0, 1)
    expectFinite(lossAndGradient(specification, parameters, x, y, objective))
    parameters[1]?.baseScaler.fill(0)
    parameters[1]?.basisScaler.fill(0)
    expectFinite(lossAndGradient(specification, parameters, x, y, objective))
  })

  test('a network whose every edge is pruned is its bias', () => {
    const { specification, parameters, x, y } = randomNetwork(2, [plain(1)], 9, 4)
    const layers = specification.layers.map((layer) => ({
      ...layer,
      pruned: [
        [0, 0],
        [1, 0],
      ] as [number, number][],
    }))
    const result = lossAndGradient({ ...specification, layers }, parameters, x, y, objective)
    expect([...result.output]).toEqual(Array(4).fill(parameters[0]?.bias?.[0]))
    expect(result.regularization).toBe(0)
    expect(result.gradients[0]?.weights.every((value) => value === 0)).toBe(true)
    expect(result.inputGradient.every((value) => value === 0)).toBe(true)
  })
})

describe('ties', () => {
  test('every slot of a tie reports the sum of its edges, but a pruned one 0', () => {
    const { specification, parameters, x, y } = randomNetwork(3, [plain(2)], 10, 5)
    const objective: Objective = { loss: 'mse', regularization: null }
    const withLayer = (locks: Partial<LayerSpecification>): Specification => ({
      ...specification,
      layers: specification.layers.map((layer) => ({ ...layer, ...locks })),
    })
    const pruned = { pruned: [[2, 0]] as [number, number][] }
    const tied = {
      tied: [
        [
          [0, 0],
          [1, 1],
          [2, 0],
        ],
      ] as [number, number][][],
    }
    const apart = lossAndGradient(withLayer(pruned), parameters, x, y, objective).gradients[0]
    const together = lossAndGradient(withLayer({ ...pruned, ...tied }), parameters, x, y, objective).gradients[0]
    const sum = (apart?.baseScaler[0] as number) + (apart?.baseScaler[4] as number)
    expect([together?.baseScaler[0], together?.baseScaler[4], together?.baseScaler[2]]).toEqual([sum, sum, 0])
    expect(together?.baseScaler[1]).toBe(apart?.baseScaler[1])
  })
})

interface Design extends Pick<LayerSpecification, 'nodes' | 'basis' | 'base' | 'bias'> {
  readonly prune: boolean
  readonly tie: boolean
  readonly formula: SymbolicFunction | null
}

function plain(nodes: number): Design {
  return { nodes, basis: basisOf('spline'), base: 'silu', bias: true, prune: false, tie: false, formula: null }
}

function basisOf(type: Basis['type']): Basis {
  switch (type) {
    case 'spline':
      return { type, order: 3, intervals: 5 }
    case 'rbf':
      return { type, centers: 8, kernel: 'gaussian' }
    case 'chebyshev':
      return { type, degree: 4 }
  }
}

function randomNetwork(inputs: number, designs: readonly Design[], seed: number, rows: number) {
  const next = random(seed, 'test')
  const edge = (count: number, nodes: number) => [Math.floor(next() * count), Math.floor(next() * nodes)]
  const layers = designs.map(({ prune, tie, formula, ...design }, l) => {
    const count = l === 0 ? inputs : (designs[l - 1] as Design).nodes
    const edges = count * design.nodes
    const tied =
      tie && edges > 1
        ? [
            [
              [0, 0],
              [count - 1, design.nodes - 1],
            ],
          ]
        : []
    const numbers = { a: 0, b: 0, c: 0, d: 0 }
    const formulas = formula === null ? [] : (tied[0] ?? [[count - 1, 0]])
    const symbolic = formulas.map((own) => ({ edge: own, function: formula, ...numbers }))
    return { ...design, pruned: prune && edges > 1 ? [edge(count, design.nodes)] : [], tied, symbolic }
  })
  const specification = specificationSchema.parse({
    format: 1,
    name: 'random',
    seed,
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    outputs: Array.from({ length: layers.at(-1)?.nodes ?? 0 }, (_, j) => ({ name: `y${j}` })),
    layers,
  })
  const parameters = initialize(specification)
  for (const { weights, baseScaler, basisScaler, bias, symbolic } of parameters) {
    for (const tensor of [weights, baseScaler, basisScaler, bias ?? [], symbolic ?? []]) {
      for (let k = 0; k < tensor.length; k++) tensor[k] = next() * 2 - 1
    }
  }
  const x = Float64Array.from({ length: rows * inputs }, () => next() * 2.4 - 1.2)
  const y = Float64Array.from({ length: rows * specification.outputs.length }, () => next() * 2 - 1)
  return { specification, parameters, x, y, next }
}

/** The edges that share a parameter with this one: its tie without the pruned ones, or itself. */
function movingTogether(layer: LayerSpecification, inputs: number, edge: number): number[] {
  const index = ([input, output]: readonly [number, number]) => output * inputs + input
  const pruned = layer.pruned.map(index)
  const tie = layer.tied.map((edges) => edges.map(index)).find((edges) => edges.includes(edge))
  if (tie === undefined || pruned.includes(edge)) return [edge]
  return [...new Set(tie)].filter((slot) => !pruned.includes(slot))
}

function slope(loss: () => number, tensor: Float64Array, slots: readonly number[]): number {
  const at = (step: number) => {
    const held = slots.map((k) => tensor[k] as number)
    slots.forEach((k, n) => {
      tensor[k] = (held[n] as number) + step
    })
    const value = loss()
    slots.forEach((k, n) => {
      tensor[k] = held[n] as number
    })
    return value
  }
  return (at(STEP) - at(-STEP)) / (2 * STEP)
}

function expectSlope(gradient: number | undefined, difference: number, what: string) {
  const error = Math.abs((gradient as number) - difference) / Math.max(1, Math.abs(difference))
  expect(error, `${what}: ${gradient} for ${difference}`).toBeLessThan(2e-6)
}

function expectFinite(result: ReturnType<typeof lossAndGradient>) {
  const numbers = result.gradients.flatMap(({ weights, baseScaler, basisScaler, bias }) => [
    ...weights,
    ...baseScaler,
    ...basisScaler,
    ...(bias ?? []),
  ])
  expect(
    [result.loss, result.regularization, ...result.output, ...result.inputGradient, ...numbers].every(Number.isFinite),
  ).toBe(true)
}
