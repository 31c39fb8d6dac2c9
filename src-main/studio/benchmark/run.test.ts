/** A plan as it is measured: events, failures that leave the others, cancelling. Runs real compute processes. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BenchEvent } from '../../../src-shared/benchmark/event'
import { type BenchPlan, planSchema } from '../../../src-shared/benchmark/plan'
import { ROOT } from '../../cli/root'
import { startCompute } from '../compute'
import { runBenchmark } from './run'

const SMALL = planSchema.parse({
  methods: [{ type: 'spline', order: 3, intervals: 5 }, { type: 'mlp' }],
  engines: ['wasm'],
  regularized: [false],
  shapes: [{ inputs: 2, hidden: 3, outputs: 1, hiddenLayers: 1 }],
  batchSizes: [10],
  repetitions: 3,
})

/** A program in one line: what it prints, and how it ends. */
const node = (script: string) => `${JSON.stringify(process.execPath)} -e ${JSON.stringify(script)}`
const GOOD = node(
  `console.log('warming up'); const n = Number(process.env.BENCH_REPETITIONS); console.log(JSON.stringify({forward: Array(n).fill(1), backward: Array(n).fill(2), step: Array(n).fill(Number(process.env.BENCH_HIDDEN)), parameters: 7}))`,
)

function measure(change: Partial<BenchPlan>, { runsPeers = true, onEvent = (_: BenchEvent) => {} } = {}) {
  const cancel = new AbortController()
  const events: BenchEvent[] = []
  const report = runBenchmark({ ...SMALL, ...change }, null, {
    startCompute: (events) =>
      startCompute({ nodePath: process.execPath, script: join(ROOT, 'out', 'node', 'compute.js'), events }),
    runsPeers,
    version: '0.0.0',
    signal: cancel.signal,
    tell: (event) => {
      events.push(event)
      onEvent(event)
    },
  })
  return { report, events, cancel }
}

describe('a benchmark', () => {
  it('measures rows and peers in turns and tells every sample as it comes', async () => {
    const { report, events } = measure({ peers: [{ name: 'good', command: GOOD }] })
    const { rows, failures, machine, versions, cancelled } = await report
    expect(rows.map(({ name }) => name)).toEqual(['spline-wasm', 'mlp-wasm', 'good'])
    for (const { samples } of rows) expect(samples.step).toHaveLength(3)
    expect(rows[2]).toMatchObject({ step: { median: 3 }, forward: { mean: 1 }, parameters: 7, forwardBytes: null })
    expect(rows[0]).toMatchObject({ parameters: 94, widths: [2, 3, 1] })
    expect([failures, cancelled]).toEqual([[], false])
    expect(machine.processor).toEqual(expect.any(String))
    expect(versions['engine wasm']).toEqual(expect.any(String))
    const turns = events.flatMap((event) => (event.type === 'turn-started' ? [event.row] : []))
    const there = ['spline-wasm', 'mlp-wasm', 'good']
    expect(turns).toEqual([...there, ...[...there].reverse(), ...there])
    expect(events.filter(({ type }) => type === 'row-done')).toHaveLength(3)
    expect(events.findLast(({ type }) => type === 'samples')).toMatchObject({ turn: 9, turns: 9, remainingSeconds: 0 })
  })

  it('keeps the other rows where a peer fails, prints garbage or is not there, or a network is too large', async () => {
    const { report } = measure({
      repetitions: 1,
      shapes: [...SMALL.shapes, { inputs: 2, hidden: 1_000_000, outputs: 100, hiddenLayers: 1 }],
      methods: SMALL.methods.slice(0, 1),
      peers: [
        { name: 'fails', command: node(`console.error('Error: no GPU here'); process.exit(1)`) },
        { name: 'garbage', command: 'echo hello' },
        { name: 'missing', command: 'no-such-program-anywhere --fast' },
      ],
    })
    const { rows, failures } = await report
    expect(rows.map(({ name }) => name)).toEqual(['spline-wasm 2×3×1'])
    const reasons = new Map(failures.map(({ row, reason }) => [row, reason]))
    expect(reasons.get('spline-wasm 2×1000000×100')).toMatch(/would need about 89 GB of memory/)
    expect(reasons.get('fails 2×3×1')).toMatch(/fails .* exit status 1.*no GPU here$/)
    expect(reasons.get('garbage 2×3×1')).toContain('printed no line of JSON')
    expect(reasons.get('missing 2×3×1')).toContain('its program was not found')
  })

  it('does not run commands for whoever may not have them run', async () => {
    const { report } = measure({ methods: [], peers: [{ name: 'good', command: GOOD }] }, { runsPeers: false })
    expect((await report).failures).toEqual([{ row: 'good', reason: expect.stringContaining('--allow-peers') }])
  })

  it('ends when it is cancelled, in the midst of a peer that hangs, and keeps what was measured', async () => {
    const run: ReturnType<typeof measure> = measure(
      { methods: SMALL.methods.slice(0, 1), peers: [{ name: 'hangs', command: node('setInterval(() => {}, 1000)') }] },
      { onEvent: (event) => event.type === 'turn-started' && event.row === 'hangs' && run.cancel.abort() },
    )
    const { rows, cancelled, failures } = await run.report
    expect([cancelled, failures]).toEqual([true, []])
    expect(rows.map(({ name, samples }) => [name, samples.step.length])).toEqual([['spline-wasm', 1]])
  })

  it('refuses what is nothing to measure', async () => {
    await expect(measure({ methods: [] }).report).rejects.toThrow('There is nothing to measure')
    await expect(measure({ methods: [{ type: 'mlp' }], engines: ['reference'] }).report).rejects.toThrow(
      'an engine that has it',
    )
  })
})
