/** An engine that is lost while it trains: what happened is said, and training goes on with another from the last numbers. */
import { describe, expect, it } from 'vitest'
import { openCard, webgpu } from './engines/webgpu/engine'
import type { Gpu } from './engines/webgpu/gpu'
import { useSoftwareCard } from './engines/webgpu/software-card'
import { hello, metricsOf, network, opened, resumed, runOptions } from './testing'

useSoftwareCard()
const { available } = await webgpu.probe()

const ways: Readonly<Record<string, (card: Gpu) => unknown>> = {
  'the card is given back': (card) => card.destroy(),
  'the thread that holds it ends': (card) => card.end(),
}

describe.skipIf(!available)('the graphics card is lost in the middle of a run', () => {
  it.each(Object.entries(ways))('%s', async (_, lose) => {
    const { session, events } = await opened({ model: network([2, 3, 1]), data: hello(40) })
    const options = await runOptions({ engine: 'webgpu', steps: 1e7 })
    await session.start(options)
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 20)
    const card = await openCard()
    if (typeof card === 'string') throw new Error(card)
    await lose(card)

    const line = await events.until(() => events.lines.find((said) => said.includes('cannot go on')))
    expect(line).toMatch(
      /The graphics card \(.+\) cannot go on: (it was lost .+|its thread ended): training goes on with the engine wasm from step \d+\./,
    )
    const from = Number(/from step (\d+)/.exec(line)?.[1])
    const { step, model } = await events
      .until(() => (events.frames.at(-1)?.step ?? 0) > from + 500)
      .then(() => session.pause())
    expect(events.frames.at(-1)?.state.type).not.toBe('diverged')
    // Adam's moments went on with the parameters.
    expect(model.moments?.step).toBe(step)
    const steps = (await metricsOf(options.folder)).map((row) => row.step ?? Number.NaN)
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))

    // Asked for again, the card is opened anew.
    const count = events.lines.length
    await session.start({ ...options, until: step + 5 })
    await events.until(() => events.ends[0])
    expect(events.lines.slice(count).join('\n')).toContain('with the engine webgpu')
    const { step: resumedStep } = await resumed(options.folder, hello(40))
    expect(resumedStep).toBe(step + 5)
  })

  it('computes the same as if it had gone on with the other engine by itself', async () => {
    const data = hello(40)
    const { session, events } = await opened({ data })
    await session.start(await runOptions({ engine: 'webgpu', steps: 400 }))
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 5)
    const card = await openCard()
    if (typeof card === 'string') throw new Error(card)
    card.destroy()
    const end = await events.until(() => events.ends[0])

    const other = await opened({ data })
    const alone = await other.train(await runOptions({ engine: 'wasm', steps: 400 }))
    if (!('train' in end) || !('train' in alone)) throw new Error('one of them diverged')
    expect(end.engine).toBe('wasm')
    expect(end.train.loss / alone.train.loss).toBeCloseTo(1, 2)
  })
})
