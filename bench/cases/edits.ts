import { openEngine } from '../../src-main/compute/engines/registry'
import { apply } from '../../src-shared/kan/edits/apply'
import type { Edit } from '../../src-shared/kan/edits/edit'
import { initialize } from '../../src-shared/numerics/initialize'
import type { Case } from '../case'
import { measure, table } from '../measure'
import { design, SPLINE } from '../networks'

export const edits: Case = {
  name: 'edits',
  shows: 'freezing and pruning edges of a compiled network: the new masks in the engine',
  async run() {
    const row = table(34, ['edit', 'median ms', 'fastest', 'slowest', 'CPU ms'])
    const engine = await openEngine('wasm')
    for (const widths of [
      [2, 5, 1],
      [20, 50, 1],
      [100, 1000, 1],
    ]) {
      const specification = design(widths, SPLINE)
      const parameters = initialize(specification)
      const network = await engine.compile(specification, parameters, { batch: 1000, moments: null })
      const model = { specification, parameters, moments: null }
      for (const type of ['freeze', 'prune'] as const) {
        const edit: Edit = { type, layer: 0, edges: [[0, 0]] }
        const edited = apply(model, edit).model.specification
        let on = false
        const time = measure(() => {
          on = !on
          network.applyMasks(on ? edited : specification)
        })
        row(`${type} in [${widths}]`, [time.median, time.fastest, time.slowest, time.cpu])
      }
      network.dispose()
    }
  },
}
