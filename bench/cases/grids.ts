import type { Case } from '../case'
import { measure, table } from '../measure'
import { adamStep, design, PLAIN, ready } from '../networks'

export const grids: Case = {
  name: 'grids',
  shows:
    '[100,1000,1] of splines, batch 1000, on finer and finer grids: a point meets order + 1 functions, however many there are',
  async run() {
    const row = table(12, ['intervals', 'ms forward', 'to G = 5', 'ms step', 'to G = 5'])
    let coarse: { forward: number; step: number } | null = null
    for (const intervals of [5, 10, 20, 50]) {
      const { network, data } = await ready(design([100, 1000, 1], { type: 'spline', order: 3, intervals }), 1000)
      const forward = measure(() => network.pass(data, PLAIN, 'forward')).median
      const step = measure(() => adamStep(network, data, PLAIN)).median
      coarse ??= { forward, step }
      row(`G = ${intervals}`, [forward, forward / coarse.forward, step, step / coarse.step])
      network.dispose()
    }
  },
}
