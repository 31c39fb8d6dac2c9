/** What must hold of every engine where inputs, grids and bases are extreme or degenerate? Finite where the formula is, and right. */
import { describe, expect, it } from 'vitest'
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import { type Basis, gridSize, rbfKernelSchema } from '../../../src-shared/kan/specification'
import * as numerics from '../../../src-shared/numerics/network'
import { expectAgreement, withNetwork } from './conformance-cases'
import { isWellConditioned } from './conformance-conditioning'
import { expectedOf, TOLERANCES, type Tolerances } from './conformance-errors'
import { expectClose } from './conformance-measure'
import { makeSample, type Sample } from './conformance-models'
import { PENALTY, stretch } from './conformance-runs'
import type { Engine } from './engine'

const rbfs = rbfKernelSchema.options.map((kernel): Basis => ({ type: 'rbf', centers: 6, kernel }))
const bases: readonly Basis[] = [
  ...[0, 1, 3, 7].map((order): Basis => ({ type: 'spline', order, intervals: 5 })),
  ...rbfs,
  ...[0, 4, 9].map((degree): Basis => ({ type: 'chebyshev', degree })),
]
/** Their squares overflow float32 where the distance does not. */
const steep = (basis: Basis) => basis.type === 'rbf' && (basis.kernel === 'quadratic' || basis.kernel === 'spline')

export function describeExtremes(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: where numbers are extreme`, () => {
    it.each([
      { name: 'splines of order 12', basis: { type: 'spline', order: 12, intervals: 4 } },
      { name: 'splines of order 200', basis: { type: 'spline', order: 200, intervals: 15 } },
      { name: 'splines on one interval', basis: { type: 'spline', order: 3, intervals: 1 } },
      { name: 'splines on 200 intervals', basis: { type: 'spline', order: 3, intervals: 200 } },
      { name: 'steps on 300 intervals', basis: { type: 'spline', order: 0, intervals: 300 } },
      { name: 'one step', basis: { type: 'spline', order: 0, intervals: 1 } },
      { name: 'RBF with one centre', basis: { type: 'rbf', centers: 1, kernel: 'matern32' } },
      { name: 'RBF with 50 centres', basis: { type: 'rbf', centers: 50, kernel: 'gaussian' } },
      { name: 'RBF with 300 centres', basis: { type: 'rbf', centers: 300, kernel: 'inverse_multiquadric' } },
      { name: 'Chebyshev of degree 100', basis: { type: 'chebyshev', degree: 100 } },
    ] as const)('$name are computed', async ({ basis }) => {
      const sample = makeSample({ inputs: 3, layers: [{ basis, nodes: 6 }], rows: 65, seed: 3 })
      await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
    })

    it.each(bases)('inputs far outside the grid stay finite where the formula is: %j', async (basis) => {
      const most = steep(basis) ? 1e15 : 1e20
      for (const base of ['silu', 'tanh', 'zero', 'identity'] as const) {
        const drawn = makeSample({ inputs: 1, layers: [{ basis, base, nodes: 3 }], rows: 7, seed: 9 })
        const sample = withInputs(drawn, [[-most, -1e4, -90, 0.01, 20, 1e4, most]])
        await withNetwork(engine, sample, ({ network, data, expected: { output } }) => {
          const actual = network.forward(data)
          for (let row = 0; row < 21; row += 3) {
            expectClose(actual.subarray(row, row + 3), output.subarray(row, row + 3), tolerances.forward)
          }
        })
      }
    })

    it.each(bases.filter((basis) => !steep(basis)))(
      'gradients are finite and right where nodes are saturated or far outside the next grid: %j',
      async (basis) => {
        const layers = [
          { basis, base: 'identity' as const, nodes: 3 },
          { basis, base: 'tanh' as const, nodes: 4 },
          { basis, base: 'tanh' as const, nodes: 2 },
        ]
        const drawn = makeSample({ inputs: 1, layers, rows: 5, regularization: PENALTY, seed: 4 })
        const sample = withInputs(drawn, [[-1e6, -30, 0.3, 25, 1e6]])
        await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
      },
    )

    it.each(bases.filter(steep))(
      'a distance whose square overflows stops a run, and the layer is named: %j',
      async (basis) => {
        const far = tolerances === TOLERANCES.float32 ? 1e25 : 1e200
        const sample = withInputs(makeSample({ inputs: 1, layers: [{ basis, nodes: 2 }], rows: 2, seed: 1 }), [
          [0, far],
        ])
        await withNetwork(engine, sample, ({ network, data }) => {
          expect(network.train(data, stretch({}))).toMatchObject({
            steps: 0,
            nonFinite: { layer: 0, tensor: 'outputs' },
          })
        })
      },
    )
  })

  describe(`${engine.name}: where numbers are degenerate`, () => {
    it.each(bases)('constant columns and targets, one row and two equal ones are trained on: %j', async (basis) => {
      for (const rows of [1, 2, 9]) {
        const layers = [
          { basis, nodes: 3 },
          { basis, nodes: 1 },
        ]
        const drawn = makeSample({ inputs: 3, layers, rows, regularization: PENALTY, seed: 8 })
        const columns = [0, 0.4, -0.9].map((value) => Array<number>(rows).fill(Math.fround(value)))
        const sample = { ...withInputs(drawn, columns), targets: new Float64Array(rows) }
        const constant = { ...sample, columns: { ...sample.columns, targets: [new Float64Array(rows)] } }
        expect(isWellConditioned(constant, expectedOf(constant))).toBe(true)
        await withNetwork(engine, constant, (example) => {
          expectAgreement(example, tolerances)
          const { network, data } = example
          const { losses, nonFinite } = network.train(data, stretch({ maxSteps: 50, regularization: PENALTY }))
          expect(nonFinite).toBeNull()
          expect(losses[49]).toBeLessThan(losses[0] as number)
        })
      }
    })

    it('the entropy of a layer that one edge is nearly all of, however small, is that of the formulas', async () => {
      for (const others of [0, 1e-6, 1e-3]) {
        const layers = [{ basis: { type: 'chebyshev' as const, degree: 4 }, base: 'zero' as const, nodes: 3 }]
        const regularization = { ...PENALTY, l1: 0.1 }
        const drawn = makeSample({ inputs: 1, layers, rows: 40, regularization, seed: 2 })
        const shrink = (values: Float64Array) => values.map((v, j) => (j === 0 ? v : Math.fround(others * v)))
        const parameters = drawn.parameters.map((held) => ({ ...held, basisScaler: shrink(held.basisScaler) }))
        // A large range makes the L1 small beside the logarithms that the entropy is the difference of.
        const column = Array.from({ length: 40 }, (_, row) => (row === 0 ? 1e5 : Math.fround(row / 20 - 1)))
        await withNetwork(engine, withInputs({ ...drawn, parameters }, [column]), (example) => {
          expectAgreement(example, tolerances)
        })
      }
    })

    it.each(bases.filter(({ type }) => type !== 'chebyshev'))(
      'a grid may be as small or as large as its inputs: %j',
      async (basis) => {
        const sample = makeSample({ inputs: 2, layers: [{ basis, base: 'zero', nodes: 5 }], rows: 40, seed: 5 })
        const output = numerics.forward(sample.specification, sample.parameters, sample.inputs)
        // Powers of 2, so that nothing is rounded.
        for (const factor of [2 ** -20, 2 ** 20, 2 ** 60]) {
          const stretched = withInputs(
            { ...sample, parameters: sample.parameters.map((layer) => scaled(layer, factor)) },
            sample.columns.inputs.map((column) => Array.from(column, (x) => x * factor)),
          )
          await withNetwork(engine, stretched, (example) => {
            expectClose(example.network.forward(example.data), output, tolerances.forward)
            expectAgreement(example, tolerances)
          })
        }
      },
    )

    it.each([0, 1, 3, 5, 8])(
      'knots as close as float32 can tell apart are intervals of their own: order %i',
      async (order) => {
        const basis: Basis = { type: 'spline', order, intervals: 6 }
        const drawn = makeSample({ inputs: 1, layers: [{ basis, base: 'zero', nodes: 3 }], rows: 9, seed: 5 })
        const at = 2 ** 20
        const step = 2 ** -3
        const grid = Float64Array.from({ length: gridSize(basis) }, (_, m) => at + step * (m - order))
        const sample = withInputs({ ...drawn, parameters: drawn.parameters.map((layer) => ({ ...layer, grid })) }, [
          [-order - 1, -1, 0, 1, 2, 3, 5, 6, 6 + order].map((m) => at + step * m),
        ])
        await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
      },
    )
  })
}

/** The same sample on other values of its inputs, a list a column. */
function withInputs(sample: Sample, columns: readonly (readonly number[])[]): Sample {
  const rounded = columns.map((column) => Float64Array.from(column, (x) => (Math.abs(x) < 1e38 ? Math.fround(x) : x)))
  const { rows } = sample.columns
  return {
    ...sample,
    columns: { ...sample.columns, inputs: rounded },
    inputs: Float64Array.from({ length: rows * rounded.length }, (_, k) => {
      return rounded[k % rounded.length]?.[Math.floor(k / rounded.length)] as number
    }),
  }
}

/** The same curves of inputs that are `factor` times as large. */
function scaled(layer: LayerParameters, factor: number): LayerParameters {
  return {
    ...layer,
    grid: layer.grid?.map((point) => point * factor) ?? null,
    scale: layer.scale?.map((width) => width / factor) ?? null,
  }
}
