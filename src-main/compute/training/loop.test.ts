import { describe, expect, it } from 'vitest'
import { type TrainingSettings, trainingSchema } from '../../../src-shared/contract/job'
import { POINT_COLUMNS, POINT_SIZE } from '../../../src-shared/contract/telemetry'
import type { DataHandle, Network, Stretch } from '../engines/engine'
import { network as design } from '../testing'
import { FakeClock } from './fake-clock'
import { Loop, type Trained } from './loop'
import { Optimizer } from './optimizer'

const handle = (rows: number): DataHandle => ({ rows, dispose: () => undefined })

/** A network that takes 5 ms a step, whose loss is 1 / (1 + updates), and which remembers what it was asked for. */
function counting(clock: FakeClock, { divergesAt = Number.POSITIVE_INFINITY } = {}) {
  const stretches: Stretch[] = []
  const gridUpdates: number[] = []
  const rates: number[] = []
  let updates = 0
  let evaluations = 0
  const network = {
    train(_: DataHandle, stretch: Stretch) {
      stretches.push(stretch)
      const losses: number[] = []
      while (losses.length < stretch.maxSteps && updates < divergesAt) {
        const loss = 1 / (1 + updates++)
        rates.push(stretch.optimizer.learningRate(losses.length, loss))
        losses.push(loss)
        clock.pass(5)
        if (clock.now() >= stretch.deadline) break
      }
      return {
        steps: losses.length,
        losses: Float64Array.from(losses),
        regularizations: new Float64Array(losses.length),
        nonFinite: updates >= divergesAt ? { layer: 1, tensor: 'outputs' } : null,
      }
    },
    readParameters: () => design([2, 2, 1]).parameters,
    layerInputs: () => [
      [0, 1],
      [2, 3],
    ],
    writeLayer(layer: number) {
      if (layer === 0) gridUpdates.push(updates)
    },
    loss() {
      evaluations++
      return 1 / (1 + updates)
    },
  }
  return { network: network as unknown as Network, stretches, gridUpdates, rates, evaluations: () => evaluations }
}

function looped({ rows = 100, validation = 0, limit = 50, step = 0, divergesAt = Number.POSITIVE_INFINITY, ...rest }) {
  const clock = new FakeClock()
  const counted = counting(clock, { divergesAt })
  const settings: TrainingSettings = trainingSchema.parse({ steps: limit, ...rest })
  const points: number[][] = []
  const loop = new Loop({
    step,
    plateau: null,
    limit,
    steps: limit,
    settings,
    seconds: 0,
    clock,
    record(recorded) {
      for (let at = 0; at < recorded.length; at += POINT_SIZE) points.push([...recorded.subarray(at, at + POINT_SIZE)])
    },
  })
  const trained: Trained = {
    network: counted.network,
    optimizer: new Optimizer(null),
    specification: design([2, 2, 1]).specification,
    train: handle(rows),
    validation: validation > 0 ? handle(validation) : null,
    revision: 0,
  }
  const run = () => {
    for (;;) {
      const slice = loop.advance(trained)
      if (slice.type !== 'more') return slice
    }
  }
  const column = (name: (typeof POINT_COLUMNS)[number]) => points.map((point) => point[POINT_COLUMNS.indexOf(name)])
  return { loop, trained, clock, run, column, ...counted }
}

const upTo = (steps: number) => Array.from({ length: steps }, (_, s) => s)

describe('the loop', () => {
  it('lets go after about 12 ms, so that a pause or an edit need not wait', () => {
    const { loop, trained, clock } = looped({ limit: 1000 })
    expect(loop.advance(trained)).toEqual({ type: 'more' })
    expect(clock.now()).toBe(15)
    expect(loop.step).toBe(3)
  })

  it('does every step once, tells a point for each, and stops at the limit', () => {
    const { loop, run, column } = looped({ limit: 50 })
    expect(run()).toEqual({ type: 'done' })
    expect(loop.step).toBe(50)
    expect(column('step')).toEqual(upTo(50))
    expect(column('loss')).toEqual(upTo(50).map((s) => 1 / (1 + s)))
    expect(column('seconds').every((seconds, s) => Math.abs((seconds ?? 0) - s * 0.005) < 1e-9)).toBe(true)
    expect(run()).toEqual({ type: 'done' })
    expect(loop.step).toBe(50)
  })

  it('takes each epoch in an order of its own, whole, wherever it was interrupted', () => {
    const { run, stretches } = looped({ rows: 10, batchSize: 4, limit: 12, step: 2 })
    run()
    const batches = stretches.flatMap(({ order, offset, batchSize, maxSteps }) => {
      expect(order).not.toBeNull()
      expect(offset + (maxSteps - 1) * batchSize).toBeLessThan(10)
      return [...(order?.subarray(offset, offset + batchSize) ?? [])]
    })
    // Two rows of the third batch of the first epoch, then three whole epochs.
    expect(batches).toHaveLength(32)
    const sorted = (from: number) => batches.slice(from, from + 10).toSorted((a, b) => a - b)
    for (const epoch of [2, 12, 22]) expect(sorted(epoch)).toEqual(upTo(10))
    expect(batches.slice(2, 12)).not.toEqual(batches.slice(12, 22))
  })

  it('evaluates whole splits only where a batch does not, and holds a value until the step is done', () => {
    const full = looped({ limit: 20 })
    full.run()
    expect(full.evaluations()).toBe(0)
    expect(full.column('train_loss')).toEqual(full.column('loss'))

    const batches = looped({ limit: 1500, batchSize: 10, validation: 20 })
    batches.run()
    expect(batches.evaluations()).toBe(1000)
    const evaluated = upTo(1500).filter((s) => !Number.isNaN(batches.column('validation_loss')[s]))
    expect(evaluated).toEqual(upTo(500).map((k) => 3 * k))
    expect(batches.column('validation_loss')[3]).toBe(1 / 4)
  })

  it('evaluates again after an edit', () => {
    const { loop, trained, evaluations } = looped({ limit: 1000, batchSize: 10, validation: 5 })
    loop.advance(trained)
    const before = evaluations()
    loop.advance({ ...trained, revision: 1 })
    expect(evaluations()).toBeGreaterThan(before)
  })

  it('takes over other settings and another limit at the next step', () => {
    const { loop, run, trained, stretches, rates } = looped({ limit: 1000 })
    loop.advance(trained)
    loop.settings = trainingSchema.parse({ optimizer: { type: 'adam', learningRate: 0.5 }, batchSize: 50 })
    loop.limit = 6
    run()
    expect(loop.step).toBe(6)
    expect(stretches.at(-1)?.batchSize).toBe(50)
    expect(rates.at(-1)).toBe(0.5)
  })

  it('lets the rate fall over the steps of the whole run, however they are cut into stretches', () => {
    const optimizer = { type: 'adam', learningRate: 1 }
    const { run, rates } = looped({ rows: 10, batchSize: 4, limit: 20, optimizer, schedule: { type: 'cosine' } })
    run()
    expect(rates).toEqual(upTo(20).map((step) => (1 + Math.cos(Math.PI * (step / 20))) / 2))
  })

  it('remembers the losses of a plateau from one stretch to the next', () => {
    const optimizer = { type: 'adam', learningRate: 1 }
    const schedule = { type: 'plateau', patience: 0, factor: 0.5 }
    const { loop, run, rates } = looped({ limit: 40, optimizer, schedule })
    loop.plateau = { best: 0.1, waited: 0, scale: 1 }
    run()
    // Losses of 1, 1/2, … 1/10 are no better than what was remembered.
    expect(rates.slice(0, 12)).toEqual([...upTo(11).map((step) => 0.5 ** step), 0.5 ** 10])
    expect(loop.plateau).toEqual({ best: 1 / 40, waited: 0, scale: 0.5 ** 10 })
  })

  it('says in which layer a loss was not finite, after the steps that were done', () => {
    const { loop, run, column } = looped({ limit: 1000, divergesAt: 7 })
    expect(run()).toEqual({ type: 'diverged', layer: 1, tensor: 'outputs' })
    expect(loop.step).toBe(7)
    expect(column('step')).toEqual(upTo(7))
  })

  it('measures its rate over the last half second', () => {
    const { loop, run, trained, clock } = looped({ limit: 400 })
    clock.pass(1000)
    loop.advance(trained)
    expect(loop.stepsPerSecond).toBeLessThan(5)
    run()
    expect(loop.stepsPerSecond).toBeCloseTo(200, -1)
    loop.end()
    clock.pass(60_000)
    expect(loop.seconds).toBe(3)
    expect(loop.averageRate).toBeCloseTo(400 / 3)
  })
})

describe('grid updates', () => {
  const gridUpdates = { count: 4, until: 20 }

  it('come before their steps, and no stretch crosses one', () => {
    const looping = looped({ limit: 50, gridUpdates })
    expect(looping.run()).toEqual({ type: 'done' })
    expect(looping.gridUpdates).toEqual([0, 5, 10, 15])
    expect(looping.column('step')).toEqual(upTo(50))
  })

  it('are not parted from the step that follows: a pause finds both done or none', () => {
    const { loop, trained, network, gridUpdates: done } = looped({ limit: 50, gridUpdates, validation: 10 })
    const moved: number[] = []
    network.layerInputs = () => {
      moved.push(loop.step)
      return []
    }
    while (loop.advance(trained).type === 'more') {
      expect(moved.every((step) => step < loop.step)).toBe(true)
    }
    expect(done).toEqual([])
  })

  it('go on after a pause where the step counter says', () => {
    const at = (step: number) => {
      const looping = looped({ step, limit: 30, gridUpdates })
      looping.run()
      return looping.gridUpdates.map((updates) => updates + step)
    }
    expect(at(5)).toEqual([5, 10, 15])
    expect(at(6)).toEqual([10, 15])
    expect(at(16)).toEqual([])
  })
})
