import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { lossAndGradient } from '../../../../src-shared/numerics/network'
import { TOLERANCES } from '../conformance-errors'
import { expectClose, expectCloseTensors } from '../conformance-measure'
import { makeSample } from '../conformance-models'
import { CHEBYSHEV, layersOf, PENALTY, RBF, SPLINE } from '../conformance-runs'
import { WasmNetwork } from './network'

it.each([SPLINE, RBF, CHEBYSHEV])(
  'kernels without relaxed SIMD compute what the formulas say: $type',
  async (basis) => {
    const bytes = new Uint8Array(await readFile(new URL('./kernels-plain.wasm', import.meta.url)))
    const module = await WebAssembly.compile(bytes)
    const { specification, parameters, columns, inputs, targets } = makeSample({
      ...{ inputs: 4, layers: [...layersOf(basis), { basis, nodes: 1 }], rows: 60, seed: 3 },
    })
    const network = new WasmNetwork(module, specification, parameters, { batch: 60, moments: null })
    const objective = { loss: 'mse', regularization: PENALTY } as const
    const actual = network.lossAndGradient(network.load(columns), objective)
    const expected = lossAndGradient(specification, parameters, inputs, targets, objective)
    expectClose([actual.loss], [expected.loss], TOLERANCES.float32.forward)
    expectCloseTensors(actual.gradients, expected.gradients, TOLERANCES.float32.gradient)
    expect(network.capabilities.precision).toBe('float32')
    network.dispose()
  },
)
