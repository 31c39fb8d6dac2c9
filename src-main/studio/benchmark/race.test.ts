/** Candidates that learn the same data for the same seconds. Runs real compute processes. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type RaceEvent, type RacePlan, raceSchema } from '../../../src-shared/benchmark/race'
import { type DataChoice, dataSchema, trainingSchema } from '../../../src-shared/contract/job'
import { ROOT } from '../../cli/root'
import { startCompute } from '../compute'
import { helloModel } from '../hello'
import { runRace } from './race'

const PLAN = raceSchema.parse({
  seconds: 1,
  methods: [{ type: 'spline', order: 3, intervals: 5 }, { type: 'chebyshev', degree: 4 }, { type: 'mlp' }],
  engines: ['wasm'],
})

const hello = (split: object): DataChoice => dataSchema.parse({ generator: 'hello', samples: 300, split })

function race({
  plan = {},
  data = hello({ validation: 0.2, test: 0.3 }),
  training = {},
  onEvent = () => {},
}: {
  plan?: Partial<RacePlan>
  data?: DataChoice
  training?: object
  onEvent?: (event: RaceEvent, cancel: () => void) => void
}) {
  const cancel = new AbortController()
  const events: RaceEvent[] = []
  const report = runRace(
    { ...PLAN, ...plan },
    {
      startCompute: (events) =>
        startCompute({ nodePath: process.execPath, script: join(ROOT, 'out', 'node', 'compute.js'), events }),
      version: '0.0.0',
      signal: cancel.signal,
      specification: helloModel().specification,
      data,
      training: trainingSchema.parse(training),
      tell: (event) => {
        events.push(event)
        onEvent(event, () => cancel.abort())
      },
    },
  )
  return { report, events }
}

describe('a race', () => {
  it('draws the loss of the test rows over the seconds, of every candidate but the perceptron', async () => {
    const { report, events } = race({})
    const { lines, scored, cancelled, machine, data } = await report
    expect(lines.map(({ name, problem }) => [name, problem])).toEqual([
      ['spline-wasm', null],
      ['chebyshev:4-wasm', null],
    ])
    expect([scored, cancelled, data]).toEqual([{ rows: 'test', loss: 'mse' }, false, 'the hello data'])
    expect(machine.processor).toEqual(expect.any(String))
    for (const { points, steps } of lines) {
      const [seconds, losses] = [points.map(([at]) => at), points.map(([, loss]) => loss)]
      expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
      expect(points.length).toBeGreaterThan(5)
      expect(steps).toBeGreaterThan(10)
      expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 10)
    }
    expect(events[0]).toMatchObject({ type: 'started', names: ['spline-wasm', 'chebyshev:4-wasm'] })
    expect(events.filter(({ type }) => type === 'line').length).toBeGreaterThan(2)
  })

  it('scores the validation rows where there are no test rows, and is refused where there are neither', async () => {
    const { lines, scored } = await race({
      data: hello({ validation: 0.2 }),
      plan: { methods: PLAN.methods.slice(0, 1) },
    }).report
    expect([scored.rows, lines.length]).toEqual(['validation', 1])
    await expect(race({ data: hello({}) }).report).rejects.toThrow('neither test rows nor validation rows')
    await expect(race({ plan: { methods: [{ type: 'mlp' }] } }).report).rejects.toThrow('A race needs a spline')
  })

  it('says in a sentence who failed or diverged, and lets the others run', async () => {
    const { lines, cancelled } = await race({
      plan: { engines: ['abacus', 'wasm'], methods: PLAN.methods.slice(0, 1) },
    }).report
    expect(lines.map(({ name, points }) => [name, points.length > 0])).toEqual([
      ['spline-abacus', false],
      ['spline-wasm', true],
    ])
    expect([lines[0]?.problem, lines[1]?.problem, cancelled]).toEqual(['There is no engine abacus here.', null, false])

    const diverging = await race({ training: { optimizer: { type: 'adam', learningRate: 1e20 } } }).report
    expect(diverging.lines.map(({ name }) => name)).toEqual(['spline-wasm', 'chebyshev:4-wasm'])
    for (const { problem } of diverging.lines) expect(problem).toMatch(/loss|diverged/i)
  })

  it('keeps what there is when it is cancelled', async () => {
    const { report } = race({
      plan: { seconds: 600 },
      onEvent: (event, cancel) => event.type === 'line' && event.line.points.length > 3 && cancel(),
    })
    const { lines, cancelled } = await report
    expect([cancelled, lines.length, lines[0]?.problem]).toEqual([true, 1, null])
    expect(lines[0]?.points.length).toBeGreaterThan(3)
  })
})
