/** How is a race run? One candidate after the other, each in a fresh process, on the same data for the same seconds. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Method, methodText } from '../../../src-shared/benchmark/method'
import type { RaceEvent, RaceLine, RacePlan } from '../../../src-shared/benchmark/race'
import { type DataChoice, engineSchema, type TrainingSettings } from '../../../src-shared/contract/job'
import { POINT_COLUMNS, POINT_SIZE, type TelemetryFrame } from '../../../src-shared/contract/telemetry'
import { newModel } from '../../../src-shared/kan/file'
import { type Specification, specificationSchema } from '../../../src-shared/kan/specification'
import { isUserError, UserError } from '../../../src-shared/user-error'
import type { StartCompute } from '../session'

/** Milliseconds from one telling of a candidate to the next. */
const INTERVAL = 250
/** Steps that tell how fast a candidate is, and steps that it plans at least. */
const TASTE = 10
const LEAST = 500

export interface Racing {
  readonly startCompute: StartCompute
  readonly tell: (event: RaceEvent) => void
  readonly signal: AbortSignal
  /** The open network: candidates have its widths and what else its training says. */
  readonly specification: Specification
  readonly data: DataChoice
  readonly training: TrainingSettings
}

/** A candidate that fails leaves the others. */
export async function runRace(plan: RacePlan, racing: Racing): Promise<void> {
  const methods = plan.methods.filter(({ type }) => type !== 'mlp')
  const candidates = methods.flatMap((method) =>
    plan.engines.map((engine) => ({ method, engine, name: `${methodText(method)}-${engine}` })),
  )
  if (candidates.length === 0) throw new UserError('A race needs a spline, RBF or Chebyshev network, or the open one.')
  racing.tell({ type: 'started', names: candidates.map(({ name }) => name) })
  for (const { method, engine, name } of candidates) {
    if (racing.signal.aborted) break
    const runner = new Runner(name, racing)
    try {
      await runner.run(candidateOf(racing.specification, method), engine, plan.seconds)
    } catch (error) {
      if (!isUserError(error)) throw error
      runner.fail(error.message)
    }
  }
  racing.tell({ type: 'ended' })
}

/** A network of the open one's inputs, widths and outputs; whatever was learnt, pruned or locked of that is left out. */
function candidateOf(open: Specification, method: Method): Specification {
  const { format, name, task, classes, inputs, outputs } = open
  const layers = open.layers.map(({ nodes, basis, base, bias }) => ({
    ...{ nodes, base, bias },
    basis: method.type === 'open' || method.type === 'mlp' ? basis : method,
  }))
  return specificationSchema.parse({
    ...{ format, name, task, inputs, outputs, layers, initialization: open.initialization },
    ...(classes === undefined ? {} : { classes }),
  })
}

/** One candidate's way. */
class Runner {
  readonly #racing: Racing
  #line: RaceLine
  #told = 0

  constructor(name: string, racing: Racing) {
    this.#racing = racing
    this.#line = { name, points: [], test: null, steps: 0, problem: null }
  }

  fail(problem: string): void {
    this.#change({ problem })
  }

  async run(specification: Specification, engine: string, seconds: number): Promise<void> {
    const { startCompute, data, training, signal } = this.#racing
    const folder = await mkdtemp(join(tmpdir(), 'kan-studio-race-'))
    let ended = Promise.withResolvers<void>()
    const compute = startCompute({
      telemetry: (frame) => {
        compute.calls.acknowledge(frame.sequence)
        this.#take(frame)
      },
      ended(result) {
        if ('diverged' in result) ended.reject(new UserError(result.diverged.message))
        else ended.resolve()
      },
      ...{ checkpoint: () => {}, log: () => {}, reading: () => {} },
    })
    ended.promise.catch(() => {})
    try {
      const { calls } = compute
      await calls.open(newModel(specification, specification.name), 0, null)
      const { rows } = await calls.loadData(data)
      if (rows.validation === 0)
        throw new UserError('The data have no validation rows to race on: split some off first.')
      // A run is evaluated so many times in all its steps: it must plan about as many as it will do.
      const steps = (until: number) => ({
        training: { ...training, steps: until },
        engine: engineSchema.parse(engine),
        ...{ folder, until },
      })
      const begun = performance.now()
      const elapsed = () => (performance.now() - begun) / 1000
      await calls.step(steps(LEAST), TASTE)
      let until = Math.max(LEAST, Math.ceil((TASTE / elapsed()) * seconds))
      while (elapsed() < seconds && !signal.aborted) {
        ended = Promise.withResolvers()
        ended.promise.catch(() => {})
        until *= 2
        await calls.start(steps(until))
        const over = sleep(1000 * Math.max(0, seconds - elapsed()), undefined, { signal }).catch(() => {})
        await Promise.race([over, ended.promise, compute.exited])
      }
      await calls.pause()
      const { test } = await calls.evaluate()
      this.#change({ test: test?.loss ?? null })
    } finally {
      await compute.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }

  #take({ points, step }: TelemetryFrame): void {
    const found: (readonly [number, number])[] = []
    for (let p = 0; p < points.length; p += POINT_SIZE) {
      const [seconds = 0, loss = Number.NaN] = [points[p + SECONDS], points[p + VALIDATION]]
      if (Number.isFinite(loss)) found.push([seconds, loss])
    }
    this.#line = { ...this.#line, points: [...this.#line.points, ...found], steps: step }
    if (Date.now() - this.#told > INTERVAL) this.#change({})
  }

  #change(change: Partial<RaceLine>): void {
    this.#told = Date.now()
    this.#line = { ...this.#line, ...change }
    this.#racing.tell({ type: 'line', line: this.#line })
  }
}

const SECONDS = POINT_COLUMNS.indexOf('seconds')
const VALIDATION = POINT_COLUMNS.indexOf('validation_loss')
