import type { Case } from '../case'
import { measure, table } from '../measure'
import { adamStep, BASES, design, operations, PLAIN, ready } from '../networks'

const ROWS = 1000

export const widths: Case = {
  name: 'widths',
  shows: '[7,13,3] beside [8,16,4], 1000 rows a step: time a multiply-add, so that what no vector fills shows',
  async run() {
    const row = table(14, ['basis', 'ns even', 'ns odd', 'odd : even'])
    for (const [name, basis] of Object.entries(BASES)) {
      const [even, odd] = [await perOperation([8, 16, 4]), await perOperation([7, 13, 3])]
      row(name, [even, odd, odd / even])

      async function perOperation(shape: readonly number[]): Promise<number> {
        const specification = design(shape, basis)
        const { network, data } = await ready(specification, ROWS)
        const { median } = measure(() => adamStep(network, data, PLAIN))
        network.dispose()
        return (2e6 * median) / operations(specification, ROWS).both
      }
    }
  },
}
