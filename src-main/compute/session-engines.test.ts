/** Another engine in the middle of a run: the curves, the optimiser's state and the step counter stay. */
import { expect, it } from 'vitest'
import type { EngineChoice } from '../../src-shared/contract/job'
import { lossesOf, opened, runOptions } from './testing'

async function trained(...engines: readonly EngineChoice[]) {
  const { session, events } = await opened()
  const options = await runOptions({ steps: 60 })
  let step = 0
  for (const engine of engines) {
    step += 60 / engines.length
    await session.step({ ...options, engine }, 60 / engines.length)
    const frame = await events.until(() => events.frames.find((told) => told.step === step && told.engine !== null))
    expect(frame.engine).toMatchObject({ name: engine, why: null })
  }
  return lossesOf(options.folder)
}

it('goes on as if it had been the other from the beginning', async () => {
  const [mixed, alone] = await Promise.all([trained('wasm', 'reference', 'wasm'), trained('reference')])
  expect(mixed).toHaveLength(alone.length)
  for (const [row, losses] of mixed.entries()) {
    const { step, loss } = losses as Record<string, number>
    const other = alone[row] as Record<string, number>
    expect(step).toBe(other.step)
    expect((loss ?? Number.NaN) / (other.loss ?? Number.NaN)).toBeCloseTo(1, 3)
  }
})
