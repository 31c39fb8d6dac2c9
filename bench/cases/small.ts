import type { Case } from '../case'
import { measure, table } from '../measure'
import { adamSteps, BASES, design, PLAIN, REGULARIZED, ready } from '../networks'

const STEPS = 200

export const small: Case = {
  name: 'small',
  shows: '[2,5,1] on 1000 points, all of them a step: Adam steps a second',
  async run() {
    const row = table(24, ['basis', 'steps/s', 'fastest', 'slowest', 'µs a step', 'CPU µs'])
    for (const [name, basis] of Object.entries(BASES)) {
      for (const objective of [PLAIN, REGULARIZED]) {
        const { network, data } = await ready(design([2, 5, 1], basis), 1000)
        const rows = { order: null, batchSize: 1000, offset: 0, maxSteps: STEPS }
        const time = measure(() => adamSteps(network, data, objective, rows))
        const perSecond = (milliseconds: number) => (1000 * STEPS) / milliseconds
        row(`${name}${objective === PLAIN ? '' : ' + L1, entropy'}`, [
          ...[time.median, time.fastest, time.slowest].map(perSecond),
          ...[time.median, time.cpu].map((milliseconds) => (1000 * milliseconds) / STEPS),
        ])
        network.dispose()
      }
    }
  },
}
