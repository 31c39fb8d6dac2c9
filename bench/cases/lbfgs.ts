import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withCompute } from '../../src-main/cli/with-compute'
import type { RunResult } from '../../src-shared/contract/compute'
import { dataSchema, trainingSchema } from '../../src-shared/contract/job'
import { newModel } from '../../src-shared/kan/file/file'
import type { Case } from '../case'
import { table } from '../measure'
import { design, SPLINE } from '../networks'

const SEEDS = [0, 1, 2, 3, 4]

export const lbfgs: Case = {
  name: 'lbfgs',
  shows:
    '[2,5,1] on 1000 points of exp(sin πx + y²), 100 steps of L-BFGS: the error on 1000 others, and how long it takes',
  async run() {
    const row = table(10, ['seed', 'test RMSE', 'seconds', 'steps/s'])
    for (const seed of SEEDS) {
      const { test, seconds, stepsPerSecond } = await trained(seed)
      row(String(seed), [test !== null && 'rmse' in test ? test.rmse.toExponential(2) : '', seconds, stepsPerSecond])
    }
  },
}

/** The way of `kan-studio train`, checkpoints and metrics included. */
async function trained(seed: number): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), 'kan bench '))
  const { promise: ended, resolve, reject } = Promise.withResolvers<RunResult>()
  try {
    return await withCompute(
      async (calls) => {
        await calls.open(newModel({ ...design([2, 5, 1], SPLINE), seed }, 'bench'), 0, null)
        await calls.loadData(dataSchema.parse({ generator: 'hello', samples: 2000, split: { test: 0.5 } }))
        const training = trainingSchema.parse({ optimizer: { type: 'lbfgs' }, steps: 100 })
        await calls.start({ training, engine: 'wasm', folder, until: training.steps })
        return ended
      },
      () => ({
        ended: (result) => ('diverged' in result ? reject(new Error(result.diverged.message)) : resolve(result)),
      }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
