/** What must hold of every engine? Each is compared with the float64 formulas of src-shared/numerics. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf } from '../../../src-shared/kan/specification'
import { edgeCurve } from '../../../src-shared/numerics/curve'
import * as numerics from '../../../src-shared/numerics/network'
import {
  type Expected,
  errorsOf,
  exceeded,
  expectedOf,
  isWellConditioned,
  limitsOf,
  type Tolerances,
} from './conformance-errors'
import { describeLocks } from './conformance-locks'
import { describeLosses } from './conformance-losses'
import { expectClose } from './conformance-measure'
import { makeSample, type Sample, shapes } from './conformance-models'
import { CHEBYSHEV, PENALTY, RBF, SPLINE } from './conformance-runs'
import { describeTraining } from './conformance-training'
import type { DataHandle, Engine, Network, Objective } from './engine'

/** Fewer rows than a vector has lanes, uneven ones, and more than one chunk and one piece of any engine. */
const ROWS = [1, 2, 3, 7, 64, 300, 530]
/** Rows of a batch that the engines are compiled for: fewer than some of the tables have. */
const BATCH = 100

/** The same models every time; `npm run fuzz` tries others. */
const SEED = 1

/**
 * Declares the suite for one engine.
 *
 * @param cases how many random models it is tried on
 */
export function describeConformance(engine: Engine, tolerances: Tolerances, cases = 300): void {
  describe(`${engine.name}: on random small models`, () => {
    it('outputs, losses, scores, regularisation and every gradient are those of the formulas', async () => {
      await forEachSample(engine, cases, (example) => {
        expectAgreement(example, tolerances)
        const { network, data, expected } = example
        expectClose([network.loss(data, 'mse')], [expected.loss], 2 * tolerances.forward)
      })
    })

    it('curves and what reaches a layer are those of the formulas', async () => {
      await forEachSample(engine, 15, ({ sample, network, data }) => {
        const { specification, parameters, inputs } = sample
        const { layerInputs } = numerics.forwardLayers(specification, parameters, inputs)
        specification.layers.forEach((layer, l) => {
          const width = inputsOf(specification, l)
          const input = width - 1
          const column = layerInputs[l]?.filter((_, k) => k % width === input)
          expectClose(network.layerInput(data, l, input), column, Math.max(1e-7, tolerances.forward))
          const columns = network.layerInputs(data, l, null)
          expect(columns).toHaveLength(width)
          expectClose(columns[input], column, Math.max(1e-7, tolerances.forward))
          const last = sample.columns.rows - 1
          const some = network.layerInputs(data, l, Uint32Array.of(last, 0))[input]
          expectClose(some, [column?.[last] ?? 0, column?.[0] ?? 0], Math.max(1e-7, tolerances.forward))
          const points = Float64Array.from({ length: 33 }, (_, p) => -1.61 + 0.1 * p)
          const numbers = parameters[l]
          if (numbers === undefined) throw new RangeError(`no layer ${l}`)
          const edges = [[0, 0] as const, [input, layer.nodes - 1] as const, ...layer.pruned.slice(0, 1)]
          for (const edge of edges) {
            const expected = edgeCurve(layer, numbers, width, edge, points)
            expectClose(network.activations(l, edge, points), expected, tolerances.forward)
          }
        })
      })
    })

    it('parameters that are read are those that were written', async () => {
      await forEachSample(engine, 10, ({ sample, network }) => {
        expect(network.readParameters()).toEqual(sample.parameters)
        network.writeParameters(network.readParameters(), network.readMoments())
        expect(network.readParameters()).toEqual(sample.parameters)
      })
    })
  })

  describe(`${engine.name}: through layers of any width`, () => {
    const splines = [0, 1, 2, 3, 4, 5].map((order) => ({ type: 'spline' as const, order, intervals: 5 }))
    it.each([...splines, RBF, CHEBYSHEV])('%j', async (basis) => {
      const shapes = [
        { widths: [2, 130, 3], rows: 260, regularization: PENALTY },
        { widths: [1, 130, 5], rows: 7, regularization: null },
        { widths: [17, 33, 1], rows: 5, regularization: PENALTY },
      ]
      for (const { widths, ...shape } of shapes) {
        const [inputs = 1, ...others] = widths
        const layers = others.map((nodes) => ({ basis, nodes, locked: true }))
        const sample = makeSample({ ...shape, inputs, layers, seed: 5 })
        await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
      }
    })
  })

  describe(`${engine.name}: where numbers are extreme`, () => {
    it.each([
      { name: 'splines of order 12', basis: { type: 'spline', order: 12, intervals: 4 } },
      { name: 'splines on 80 intervals', basis: { type: 'spline', order: 3, intervals: 80 } },
      { name: 'RBF with 50 centres', basis: { type: 'rbf', centers: 50, kernel: 'gaussian' } },
      { name: 'Chebyshev of degree 60', basis: { type: 'chebyshev', degree: 60 } },
    ] as const)('$name are computed', async ({ basis }) => {
      const sample = makeSample({ inputs: 3, layers: [{ basis, nodes: 6 }], rows: 65, seed: 3 })
      await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
    })

    it.each([SPLINE, RBF, CHEBYSHEV])(
      'inputs far outside the grid of $type stay finite where the formula is',
      async (basis) => {
        for (const base of ['silu', 'tanh', 'zero', 'identity'] as const) {
          const sample = makeSample({ inputs: 1, layers: [{ basis, base, nodes: 3 }], rows: 5, seed: 9 })
          const far = Float64Array.of(-1e20, -1e4, 0, 90, 1e20).map(Math.fround)
          await withNetwork(
            engine,
            { ...sample, columns: { ...sample.columns, inputs: [far] } },
            ({ network, data }) => {
              const output = network.forward(data)
              const expected = numerics.forward(sample.specification, sample.parameters, far)
              for (let row = 0; row < 15; row += 3) {
                expectClose(output.subarray(row, row + 3), expected.subarray(row, row + 3), tolerances.forward)
              }
            },
          )
        }
      },
    )
  })

  describe(`${engine.name}: memory`, () => {
    it('does not grow when tables come and go', async () => {
      const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 5 }], rows: 5000, seed: 1 })
      await withNetwork(engine, sample, ({ network }) => {
        const held = network.memory()
        for (let k = 0; k < 50; k++) network.load(sample.columns).dispose()
        expect(network.memory()).toBeLessThanOrEqual(held + 3 * 8 * 5000 * 5)
        const after = network.memory()
        for (let k = 0; k < 50; k++) network.load(sample.columns).dispose()
        expect(network.memory()).toBe(after)
      })
    })
  })

  describeLosses(engine, tolerances)
  describeTraining(engine, tolerances)
  describeLocks(engine, tolerances)
}

/** Outputs, losses, statistics and gradients by the sample's objective. */
function expectAgreement({ network, data, sample, expected }: Case, tolerances: Tolerances): void {
  const limits = limitsOf(tolerances)
  const errors = errorsOf(network, data, sample, expected)
  expect({ errors, exceeded: exceeded(errors, limits) }).toEqual({ errors, exceeded: [] })
  const objective: Objective = { loss: 'mse', regularization: sample.regularization }
  for (const direction of ['forward', 'both'] as const) {
    const pass = network.pass(data, objective, direction)
    expectClose([pass.loss], [expected.loss], 2 * tolerances.forward)
    expectClose([pass.regularization], [expected.regularization], tolerances.gradient)
  }
}

interface Case {
  readonly sample: Sample
  readonly expected: Expected
  readonly network: Network
  readonly data: DataHandle
}

async function forEachSample(engine: Engine, numRuns: number, check: (example: Case) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(shapes(ROWS), async (shape) => {
      const sample = makeSample(shape)
      const expected = expectedOf(sample)
      fc.pre(isWellConditioned(sample, expected))
      await withNetwork(engine, sample, check, expected)
    }),
    { numRuns, seed: SEED },
  )
}

async function withNetwork(
  engine: Engine,
  sample: Sample,
  check: (example: Case) => void,
  expected = expectedOf(sample),
): Promise<void> {
  const network = await engine.compile(sample.specification, sample.parameters, { batch: BATCH, moments: null })
  const data = network.load(sample.columns)
  try {
    check({ sample, expected, network, data })
  } finally {
    data.dispose()
    network.dispose()
  }
}
