/** The compute process as it is built and started, and what is left of it when it is killed. `npm run test:unit` builds it. */
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { UserError } from '../../src-shared/user-error'
import { readModel } from '../files/model'
import { type ComputeProcess, startCompute } from '../studio/compute'
import { hello, Listener, lossesOf, metricsOf, network, opened, runOptions } from './testing'

const BUILT = join(import.meta.dirname, '..', '..', 'out', 'node', 'compute.js')

function started(nodePath = process.execPath): { compute: ComputeProcess; events: Listener; said: string[] } {
  const events = new Listener()
  const said: string[] = []
  const compute = startCompute({ nodePath, script: BUILT, events, log: (line) => said.push(line) })
  events.acknowledge = (sequence) => void compute.calls.acknowledge(sequence)
  onTestFinished(async () => {
    await compute.stop()
  })
  return { compute, events, said }
}

const design = () => network([2, 20, 20, 1])
const data = hello(2000, { validation: 0.2 })

describe('a compute process', () => {
  it('that is killed while it trains leaves a run that another goes on with to the bit', async () => {
    const { compute, events } = started()
    await compute.calls.open(design(), 0, null)
    await compute.calls.loadData(data)
    const run = await runOptions({ steps: 9999, batchSize: 512 })
    const killed = expect(compute.calls.step(run, 9999)).rejects.toThrow(UserError)
    // An edit asks for a checkpoint that is not of the beginning.
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 20)
    const edited = await compute.calls.edit({ type: 'freeze', layer: 0, edges: [[0, 0]] })
    const saved = await events.until(() => events.checkpoints.find(({ revision }) => revision === 1))
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > saved.step)
    process.kill(compute.pid ?? 0, 'SIGKILL')
    expect(await compute.exited).toEqual({ code: null, signal: 'SIGKILL' })
    await killed

    const kept = await readModel(join(run.folder, 'checkpoint.kan'))
    expect(kept.specification.history?.step).toBe(saved.step)
    expect(kept.specification.layers[0]?.frozen).toEqual([[0, 0]])
    const rows = (await metricsOf(run.folder)).map((row) => row.step)
    expect(rows).toEqual(Array.from({ length: rows.length }, (_, s) => s))

    const other = started()
    await other.compute.calls.open(kept, saved.step, run.folder)
    await other.compute.calls.loadData(data)
    await other.compute.calls.step(run, 100)
    const resumed = await other.compute.calls.snapshot()
    expect(resumed.step).toBe(saved.step + 100)

    // The same without an accident.
    const whole = await opened({ model: design(), data })
    const wholeRun = await runOptions({ steps: 9999, batchSize: 512 })
    await whole.session.step(wholeRun, edited.step)
    await whole.session.edit({ type: 'freeze', layer: 0, edges: [[0, 0]] })
    await whole.session.step(wholeRun, resumed.step - edited.step)
    const { model } = await whole.session.snapshot()
    expect(resumed.model.parameters).toEqual(model.parameters)
    expect(resumed.model.moments).toEqual(model.moments)
    expect(await lossesOf(run.folder)).toEqual(await lossesOf(wholeRun.folder))
  })

  it('that is asked to end while it trains writes a last checkpoint', async () => {
    const { compute, events } = started()
    await compute.calls.open(design(), 0, null)
    await compute.calls.loadData(data)
    const run = await runOptions({ steps: 1e6 })
    await compute.calls.start(run)
    const { step } = await events.until(() => events.frames.find((frame) => frame.step > 20))
    expect(await compute.stop()).toEqual({ code: 0, signal: null })
    const kept = await readModel(join(run.folder, 'checkpoint.kan'))
    expect(kept.specification.history?.step).toBeGreaterThanOrEqual(step)
    expect((await metricsOf(run.folder)).length).toBeGreaterThan(0)
  })

  it('speaks to the person in sentences, and says nothing else', async () => {
    const { compute, said } = started()
    await expect(compute.calls.inspectTable('nowhere.csv')).rejects.toThrow(UserError)
    await compute.calls.open(network([3, 1]), 0, null)
    await compute.calls.loadData(hello())
    const refused = compute.calls.start(await runOptions())
    await expect(refused).rejects.toMatchObject({ name: 'UserError', exitCode: 2 })
    expect((await compute.calls.engines()).map(({ name, available }) => [name, available])).toEqual(
      expect.arrayContaining([
        ['wasm', true],
        ['reference', true],
      ]),
    )
    await compute.stop()
    expect(said).toEqual([])
  })

  it('that cannot be started answers no call, and says why', async () => {
    const { compute, said } = started(join(import.meta.dirname, 'no-such-node'))
    const call = compute.calls.engines()
    expect(await compute.exited).toEqual({ code: null, signal: null })
    await expect(call).rejects.toThrow(UserError)
    expect(said).toEqual([expect.stringMatching(/could not be started with .*no-such-node/)])
  })
})
