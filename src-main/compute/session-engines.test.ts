/** Another engine in the middle of a run: the curves, the optimiser's state and the step counter stay. */
import { expect, it } from 'vitest'
import type { EngineChoice } from '../../src-shared/contract/job'
import type { Edit } from '../../src-shared/kan/edits/edit'
import { lossesOf, network, opened, runOptions } from './testing'

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

const PREPARED: readonly Edit[] = [
  { type: 'prune', layer: 0, edges: [[1, 2]] },
  { type: 'freeze', layer: 0, edges: [[0, 0]] },
  {
    type: 'tie',
    layer: 0,
    edges: [
      [0, 3],
      [0, 4],
    ],
  },
  {
    type: 'set-symbolic',
    layer: 0,
    edge: [1, 1],
    formula: { function: 'sin', a: 2, b: 0.1, c: 0.5, d: 0 },
  },
]
const FINER: Edit = { type: 'set-basis', layer: 0, basis: { type: 'spline', order: 3, intervals: 10 } }

/** Twenty steps with each engine, grids that follow the data in the first of them, and a finer grid before the last. */
async function lived(engines: readonly EngineChoice[]) {
  const { session } = await opened({ model: network([2, 5, 1]) })
  for (const edit of PREPARED) await session.edit(edit)
  const options = await runOptions({ steps: 20 * engines.length, gridUpdates: { count: 2, until: 30 } })
  for (const [k, engine] of engines.entries()) {
    if (k === engines.length - 1) await session.edit(FINER)
    await session.step({ ...options, engine }, 20)
  }
  return { losses: await lossesOf(options.folder), model: (await session.pause()).model }
}

// Case N16.
it('keeps what is pruned, locked, tied and a formula, and learns on through new grids', async () => {
  const [mixed, alone] = await Promise.all([
    lived(['wasm', 'reference', 'wasm']),
    lived(['reference', 'reference', 'reference']),
  ])
  expect(mixed.losses).toHaveLength(alone.losses.length)
  const last = (losses: readonly object[]) => (losses.at(-1) as Record<string, number> | undefined)?.loss ?? Number.NaN
  expect(last(mixed.losses) / last(alone.losses)).toBeCloseTo(1, 3)
  const [layer] = mixed.model.specification.layers
  expect(layer).toMatchObject({ pruned: [[1, 2]], frozen: [[0, 0]], basis: { intervals: 10 } })
  expect(layer).toMatchObject({ symbolic: [{ edge: [1, 1], function: 'sin' }] })
  expect(layer?.tied).toHaveLength(1)
})
