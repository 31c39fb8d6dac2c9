/**
 * The wasm engine: ours, the default, always there. AssemblyScript kernels, 128-bit SIMD, as many threads as pay.
 *
 * To find your way: kernels/layer.as.ts says what lies in memory, layout.ts where, out of what shapes.ts says of the layers.
 * network.ts is the engine's interface. numbers.ts reads and writes that memory (packing.ts and vector.ts the numbers,
 * masks.ts the locks, order.ts where outputs lie because of them); gradients.ts chooses who computes a gradient,
 * adam-step.ts makes a step of it. passes.ts has the kernels send rows through the network (steps.as.ts, walk.as.ts),
 * team.ts has others help (threads.as.ts). For a layer and a chunk of rows, forward.as.ts makes basis values (basis.as.ts)
 * and multiplies (products.as.ts, cubic.as.ts; narrow.as.ts and narrow-dense.as.ts where outputs are few; signs.as.ts for
 * L1), backward.as.ts goes the same way back, regularize.as.ts adds L1 and entropy, adam.as.ts updates. Edges that are
 * formulas go apart: symbolic.as.ts, formulas.ts.
 */
import { UserError } from '../../../../src-shared/user-error'
import type { Availability, Engine } from '../engine'
import { loadKernels } from './loader'
import { capabilities, WasmNetwork } from './network'

const PLAIN = `${capabilities.device} without relaxed multiply-add, which this Node (${process.version}) lacks`

export const wasm: Engine = {
  name: 'wasm',

  async probe(): Promise<Availability> {
    try {
      const { relaxed } = await loadKernels()
      return {
        available: true,
        version: '1',
        capabilities: relaxed ? capabilities : { ...capabilities, device: PLAIN },
      }
    } catch (error) {
      return { available: false, reason: whyNot(error) }
    }
  },

  async compile(specification, parameters, options) {
    const { module } = await loadKernels().catch((error: unknown) => {
      throw new UserError(whyNot(error), { cause: error })
    })
    return new WasmNetwork(module, specification, parameters, options)
  },
}

function whyNot(error: unknown): string {
  return error instanceof WebAssembly.CompileError
    ? `This Node (${process.version}) cannot run SIMD with threads in WebAssembly, which the wasm engine needs.`
    : 'The wasm engine has no kernels here: build them with `npm run build:kernels`.'
}
