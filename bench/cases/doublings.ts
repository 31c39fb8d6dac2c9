import type { Case } from '../case'
import { gigaflops, measure, table } from '../measure'
import { adamStep, design, operations, PLAIN, ready, SPLINE } from '../networks'

const FIRST = { batch: 512, inputs: 32, outputs: 64 }
const DOUBLINGS = 4

export const doublings: Case = {
  name: 'doublings',
  shows: 'one layer of splines, each side doubled in turn: cost is linear where the factor is 2',
  async run() {
    const row = table(34, ['layer', 'ms forward', 'factor', 'ms step', 'factor', 'GFLOP/s forward'])
    for (const side of ['batch', 'inputs', 'outputs'] as const) {
      let before: { forward: number; step: number } | null = null
      for (let k = 0; k < DOUBLINGS; k++) {
        const shape = { ...FIRST, [side]: FIRST[side] * 2 ** k }
        const specification = design([shape.inputs, shape.outputs], SPLINE)
        const { network, data } = await ready(specification, shape.batch)
        const forward = measure(() => network.pass(data, PLAIN, 'forward'), { rounds: 7, milliseconds: 50 })
        const step = measure(() => adamStep(network, data, PLAIN), { rounds: 7, milliseconds: 50 })
        row(`[${shape.inputs},${shape.outputs}] batch ${shape.batch}: ${side} × ${2 ** k}`, [
          forward.median,
          before === null ? '' : forward.median / before.forward,
          step.median,
          before === null ? '' : step.median / before.step,
          gigaflops(operations(specification, shape.batch).forward, forward.median),
        ])
        before = { forward: forward.median, step: step.median }
        network.dispose()
      }
    }
  },
}
