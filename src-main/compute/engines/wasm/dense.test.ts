import { describe, it } from 'vitest'
import { lossAndGradient } from '../../../../src-shared/numerics/network'
import { TOLERANCES } from '../conformance-errors'
import { expectClose, expectCloseTensors } from '../conformance-measure'
import { makeSample } from '../conformance-models'
import { PENALTY } from '../conformance-runs'
import { wasm } from './engine'

const BASES = [
  { type: 'rbf', centers: 8, kernel: 'gaussian' },
  { type: 'chebyshev', degree: 9 },
] as const

/** Samples that are hard to sort, as L1 does, by row. */
const COLUMNS: Readonly<Record<string, (row: number) => number>> = {
  'that never change': () => 0.25,
  'of two values': (row) => (row % 2 === 0 ? -0.5 : 0.75),
  'with one far away': (row) => (row === 3 ? 2 ** 20 : Math.fround(Math.sin(row))),
  'in falling order': (row) => Math.fround(1 - row / 40),
}

describe('layers of many outputs whose every basis function takes part', () => {
  it.each(
    BASES.flatMap((basis) =>
      Object.entries(COLUMNS).flatMap(([name, value]) =>
        [1, 6, 77, 515].flatMap((rows) => [null, PENALTY].map((penalty) => ({ basis, name, value, rows, penalty }))),
      ),
    ),
  )(
    'compute what the formulas say: $basis.type, $rows samples $name, $penalty',
    async ({ basis, value, rows, penalty }) => {
      const layers = [
        { basis, nodes: 37 },
        { basis, nodes: 26 },
      ]
      const sample = makeSample({ inputs: 2, layers, rows, seed: 3 })
      const { specification, parameters, targets } = sample
      const [, other] = sample.columns.inputs
      const first = Float32Array.from({ length: rows }, (_, row) => value(row))
      const columns = { ...sample.columns, inputs: [first, ...(other ? [other] : [])] }
      const inputs = sample.inputs.map((x, k) => (k % 2 === 0 ? value(k / 2) : x))
      const objective = { loss: 'mse', regularization: penalty } as const
      const network = await wasm.compile(specification, parameters, { batch: rows, moments: null })
      const actual = network.lossAndGradient(network.load(columns), objective)
      const wanted = lossAndGradient(specification, parameters, inputs, targets, objective)
      expectClose(
        [actual.loss, actual.regularization],
        [wanted.loss, wanted.regularization],
        TOLERANCES.float32.forward,
      )
      expectCloseTensors(actual.gradients, wanted.gradients, TOLERANCES.float32.gradient)
      network.dispose()
    },
  )
})
