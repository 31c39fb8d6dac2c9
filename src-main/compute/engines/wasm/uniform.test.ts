import { describe, it } from 'vitest'
import { initialize } from '../../../../src-shared/numerics/initialize'
import { lossAndGradient } from '../../../../src-shared/numerics/network'
import { TOLERANCES } from '../conformance-errors'
import { expectClose, expectCloseTensors } from '../conformance-measure'
import { makeSample } from '../conformance-models'
import { PENALTY } from '../conformance-runs'
import { wasm } from './engine'

const BASES = [
  { type: 'spline', order: 1, intervals: 4 },
  { type: 'spline', order: 2, intervals: 7 },
  { type: 'spline', order: 3, intervals: 5 },
  { type: 'spline', order: 3, intervals: 50 },
  { type: 'rbf', centers: 8, kernel: 'gaussian' },
] as const

describe('fresh networks, whose grids are uniform', () => {
  it.each(
    BASES.flatMap((basis) =>
      [1, 2, 3, 9].flatMap((nodes) => [null, PENALTY].map((penalty) => ({ basis, nodes, penalty }))),
    ),
  )('compute what the formulas say: $basis, $nodes outputs, $penalty', async ({ basis, nodes, penalty }) => {
    const shape = {
      inputs: 5,
      layers: [
        { basis, nodes: 6 },
        { basis, nodes },
      ],
      rows: 77,
      seed: nodes,
    }
    const { specification, columns, inputs, targets } = makeSample(shape)
    // Curves that are worth comparing, as float32 holds them.
    const parameters = initialize(specification).map((layer) => ({
      ...layer,
      weights: layer.weights.map((value) => Math.fround(20 * value)),
      baseScaler: layer.baseScaler.map(Math.fround),
      grid: layer.grid?.map(Math.fround) ?? null,
      scale: layer.scale?.map(Math.fround) ?? null,
    }))
    const objective = { loss: 'mse', regularization: penalty } as const
    const network = await wasm.compile(specification, parameters, { batch: 77, moments: null })
    const actual = network.lossAndGradient(network.load(columns), objective)
    const wanted = lossAndGradient(specification, parameters, inputs, targets, objective)
    expectClose([actual.loss, actual.regularization], [wanted.loss, wanted.regularization], TOLERANCES.float32.forward)
    expectCloseTensors(actual.gradients, wanted.gradients, TOLERANCES.float32.gradient)
    network.dispose()
  })
})
