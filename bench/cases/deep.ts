import type { Case } from '../case'
import { gigaflops, measure, table } from '../measure'
import { BASES, design, operations, PLAIN, ready } from '../networks'

export const deep: Case = {
  name: 'deep',
  shows:
    'batch 1000, forward and all gradients, in GFLOP/s of the products: a wide layer in the middle beside a wide first one',
  async run() {
    const row = table(30, ['network', 'ms forward', 'GFLOP/s', 'ms both', 'GFLOP/s'])
    for (const [name, basis] of Object.entries(BASES)) {
      for (const shape of [
        [100, 1000, 1],
        [100, 300, 300, 1],
      ]) {
        const specification = design(shape, basis)
        const { network, data } = await ready(specification, 1000)
        const forward = measure(() => network.pass(data, PLAIN, 'forward'), { rounds: 7 }).median
        const both = measure(() => network.pass(data, PLAIN, 'both'), { rounds: 7 }).median
        const count = operations(specification, 1000)
        row(`[${shape}] ${name}`, [forward, gigaflops(count.forward, forward), both, gigaflops(count.both, both)])
        network.dispose()
      }
    }
  },
}
