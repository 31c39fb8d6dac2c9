import { describe, expect, it } from 'vitest'
import { type LayerDrawing, POINT_SIZE, type TelemetryFrame } from '../../../src-shared/contract/telemetry'
import { FakeClock } from './fake-clock'
import { Telemetry } from './telemetry'

/** A training that does a step a millisecond and is looked at every 10 ms. */
function training({ weights = 100, scoring = 0, state = 'running' as 'running' | 'idle' } = {}) {
  const clock = new FakeClock()
  const frames: TelemetryFrame[] = []
  let step = 0
  let spentScoring = 0
  const layer: LayerDrawing = {
    weights: new Float32Array(weights),
    baseScaler: new Float32Array(1),
    basisScaler: new Float32Array(1),
    bias: null,
    symbolic: null,
    grid: null,
    scale: null,
  }
  const telemetry: Telemetry = new Telemetry({
    clock,
    send: (frame) => frames.push(frame),
    wake: () => telemetry.tick(),
    source: {
      status: () => ({
        revision: 0,
        state: { type: state },
        step,
        steps: 1e6,
        stepsPerSecond: 1000,
        seconds: clock.now() / 1000,
        best: null,
        engine: null,
        memory: 0,
      }),
      parameters: () => [layer],
      parameterBytes: () => 4 * weights,
      patches: (watched) =>
        watched.map((some) => ({ ...layer, ...some, weights: new Float32Array(some.edges.length) })),
      importance: () => {
        clock.pass(scoring)
        spentScoring += scoring
        return []
      },
    },
  })
  const run = (milliseconds: number, afterTick: () => void = () => undefined) => {
    for (let t = 0; t < milliseconds; t += 10) {
      const points = Array.from({ length: 10 }, (_, k) => [step + k, 1, Number.NaN, Number.NaN, 0, 0]).flat()
      telemetry.record(Float64Array.from(points))
      step += 10
      clock.pass(10)
      telemetry.changed()
      telemetry.tick()
      afterTick()
    }
  }
  return { clock, frames, telemetry, run, scoringTime: () => spentScoring }
}

function stepsOf(frames: readonly TelemetryFrame[]): number[] {
  return frames.flatMap(({ points }) =>
    Array.from({ length: points.length / POINT_SIZE }, (_, k) => points[k * POINT_SIZE] ?? Number.NaN),
  )
}

const upTo = (n: number) => Array.from({ length: n }, (_, k) => k)

describe('telemetry', () => {
  it('sends at most 30 frames a second, which hold every point once', () => {
    const { frames, telemetry, run } = training()
    run(2000, () => telemetry.acknowledge(frames.length))
    expect(frames.length).toBeLessThanOrEqual(61)
    expect(frames.length).toBeGreaterThan(40)
    expect(frames.map(({ sequence }) => sequence)).toEqual(upTo(frames.length).map((k) => k + 1))
    const steps = stepsOf(frames)
    expect(steps).toEqual(upTo(steps.length))
  })

  it('keeps one frame in flight until it is acknowledged; the next one is the newest', () => {
    const { frames, telemetry, run } = training()
    run(1000)
    expect(frames).toHaveLength(1)
    telemetry.acknowledge(1)
    expect(frames).toHaveLength(2)
    expect(frames[1]?.step).toBe(1000)
    expect(stepsOf(frames)).toEqual(upTo(1000))
  })

  it('takes a frame for lost after 2 s without an acknowledgement, and tells its points again', () => {
    const { frames, run } = training()
    run(1990)
    expect(frames).toHaveLength(1)
    run(100)
    expect(frames).toHaveLength(2)
    expect(stepsOf(frames.slice(1))).toEqual(upTo(frames[1]?.step ?? 0))
  })

  it('bounds what waits for a screen that never answers', () => {
    const { frames, run } = training()
    run(30_000)
    for (const { points } of frames) expect(points.length / POINT_SIZE).toBeLessThanOrEqual(4000)
    const steps = stepsOf(frames.slice(-1))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  })

  it('ignores an acknowledgement of another frame', () => {
    const { frames, telemetry, run } = training()
    run(500)
    telemetry.acknowledge(7)
    run(500)
    expect(frames).toHaveLength(1)
  })

  it('tells a change of state at once, with the parameters, also when nothing trains', () => {
    const { clock, frames, telemetry } = training()
    telemetry.announce()
    expect(frames).toHaveLength(1)
    expect(frames[0]?.parameters).toHaveLength(1)
    telemetry.announce()
    clock.pass(50)
    expect(frames).toHaveLength(1)
    telemetry.acknowledge(1)
    expect(frames).toHaveLength(2)
    clock.pass(60_000)
    expect(frames).toHaveLength(2)
  })

  it('sends parameters as seldom as 2 MB/s asks for', () => {
    const { frames, telemetry, run } = training({ weights: 100_000 })
    run(5000, () => telemetry.acknowledge(frames.length))
    const withParameters = frames.filter(({ parameters }) => parameters !== null)
    expect(frames.length).toBeGreaterThan(100)
    expect(withParameters.length).toBeGreaterThanOrEqual(20)
    expect(withParameters.length).toBeLessThanOrEqual(26)
  })

  it('sends of large parameters, while it trains, only those of edges that are watched', () => {
    const { frames, telemetry, run } = training({ weights: 500_000 })
    const edges = [{ layer: 0, edges: Uint32Array.of(3, 5) }]
    run(1000, () => telemetry.acknowledge(frames.length))
    expect(frames.every(({ parameters, patches }) => parameters === null && patches === null)).toBe(true)
    const before = frames.length
    telemetry.watch(edges)
    run(1000, () => telemetry.acknowledge(frames.length))
    const some = frames.slice(before)
    expect(some.every(({ parameters }) => parameters === null)).toBe(true)
    expect(some.flatMap(({ patches }) => patches ?? []).every((patch) => patch.edges === edges[0]?.edges)).toBe(true)
    expect(some.filter(({ patches }) => patches !== null).length).toBeGreaterThan(10)
  })

  it('spends at most a tenth of the time on scoring edges', () => {
    const { clock, frames, telemetry, run, scoringTime } = training({ scoring: 40 })
    run(5000, () => telemetry.acknowledge(frames.length))
    expect(scoringTime() / clock.now()).toBeLessThan(0.11)
    expect(scoringTime()).toBeGreaterThan(200)
  })

  it('tells the last scores when training has ended, though they are not due yet', () => {
    const { clock, frames, telemetry, run } = training({ scoring: 40 })
    run(100, () => telemetry.acknowledge(frames.length))
    telemetry.changed()
    telemetry.announce()
    for (let k = 0; k < 100; k++) {
      telemetry.acknowledge(frames.length)
      clock.pass(10)
    }
    expect(frames.at(-1)?.importance).not.toBeNull()
  })

  it('tells a point once that was corrected twice before it was sent', () => {
    const { clock, frames, telemetry } = training({ state: 'idle' })
    const point = (loss: number) => Float64Array.of(60, Number.NaN, loss, loss, Number.NaN, Number.NaN)
    telemetry.announce()
    telemetry.correct(point(1))
    telemetry.correct(point(2))
    telemetry.announce()
    telemetry.acknowledge(frames.length)
    clock.pass(100)
    const told = frames.flatMap(({ points }) => [...points])
    expect(told).toEqual([...point(2)])
  })

  it('tells scores a second after those that took long, where nothing trains', () => {
    const { clock, frames, telemetry } = training({ scoring: 3000, state: 'idle' })
    const scored = () => frames.filter(({ importance }) => importance !== null).length
    telemetry.announce()
    telemetry.acknowledge(frames.length)
    telemetry.announce()
    for (let k = 0; k < 110; k++) {
      telemetry.acknowledge(frames.length)
      clock.pass(10)
    }
    expect(scored()).toBe(2)
  })

  it('does not tell the same step twice when training goes on after a pause', () => {
    const { frames, telemetry } = training()
    telemetry.record(Float64Array.of(5, 1, 1, 1, 0, 0))
    telemetry.tick()
    telemetry.acknowledge(1)
    telemetry.record(Float64Array.of(5, 1, 1, 1, 0, 0, 6, 1, 1, 1, 0, 0))
    telemetry.announce()
    expect(stepsOf(frames).filter((step) => step === 5)).toHaveLength(1)
  })
})
