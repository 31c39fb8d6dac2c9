import { withCompute } from '../../src-main/cli/with-compute'
import { openEngine } from '../../src-main/compute/engines/registry'
import { spreadOf } from '../../src-shared/benchmark/results'
import { parameterCount } from '../../src-shared/kan/parameters'
import { initialize } from '../../src-shared/numerics/initialize'
import type { Case } from '../case'
import { table } from '../measure'
import { BASES, design } from '../networks'

const TIMES = 9

export const start: Case = {
  name: 'start',
  shows:
    'until a fresh compute process names its engines, Node and all; until a network with given numbers can compute',
  async run() {
    const row = table(34, ['what', 'median ms', 'fastest', 'slowest', 'parameters'])
    row('process started, engines ready', [...(await times(started, 5)), ''])
    const engine = await openEngine('wasm')
    for (const [name, basis] of Object.entries(BASES)) {
      for (const widths of [
        [2, 5, 1],
        [100, 985, 1],
      ]) {
        const specification = design(widths, basis)
        const parameters = initialize(specification)
        const compile = async () => {
          const begun = performance.now()
          const network = await engine.compile(specification, parameters, { batch: 1000, moments: null })
          const milliseconds = performance.now() - begun
          network.dispose()
          return milliseconds
        }
        await compile()
        row(`compile [${widths}] ${name}`, [...(await times(compile, TIMES)), parameterCount(specification)])
      }
    }
  },
}

/** Without the end of the process. */
function started(): Promise<number> {
  const begun = performance.now()
  return withCompute(async (calls) => {
    await calls.engines()
    return performance.now() - begun
  })
}

/** Median, fastest and slowest of what the call measures, in milliseconds. */
async function times(call: () => Promise<number>, count: number): Promise<readonly number[]> {
  const all: number[] = []
  for (let k = 0; k < count; k++) all.push(await call())
  return [spreadOf(all).median, Math.min(...all), Math.max(...all)]
}
