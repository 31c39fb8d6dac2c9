/** How is a race run? One candidate after the other, each in a fresh process, on the same data for the same seconds. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Method, methodText } from '../../../src-shared/benchmark/method'
import type { RaceEvent, RaceLine, RacePlan, RaceReport, Scored } from '../../../src-shared/benchmark/race'
import type { ComputeEvents } from '../../../src-shared/contract/compute'
import { type DataChoice, engineSchema, type TrainingSettings } from '../../../src-shared/contract/job'
import { POINT_COLUMNS, POINT_SIZE, type TelemetryFrame } from '../../../src-shared/contract/telemetry'
import { newModel } from '../../../src-shared/kan/file/file'
import { type Specification, specificationSchema } from '../../../src-shared/kan/specification'
import { isUserError, UserError } from '../../../src-shared/user-error'
import type { ComputeProcess } from '../compute'
import { type Fresh, inFreshProcess, whereItRuns } from './fresh-process'

/** Milliseconds from one telling of a candidate to the next. */
const INTERVAL = 250
/** Steps that tell how fast a candidate is, and steps that it plans at least. */
const TASTE = 10
const LEAST = 500
/** Points of a line: of more every other one is let go. */
const MOST_POINTS = 1000

export interface Racing extends Fresh {
  readonly version: string
  readonly tell: (event: Exclude<RaceEvent, { readonly type: 'ended' }>) => void
  /** The open network: candidates have its widths and what else its training says. */
  readonly specification: Specification
  readonly data: DataChoice
  readonly training: TrainingSettings
}

interface Candidate {
  readonly name: string
  readonly specification: Specification
  readonly engine: string
}

/**
 * Races until all had their time or the signal says stop; what is known until then is in the report. A candidate that fails
 * leaves the others.
 *
 * @throws UserError where there are no candidates, or no rows to score them by
 */
export async function runRace(plan: RacePlan, racing: Racing): Promise<RaceReport> {
  const candidates = plan.methods
    .filter(({ type }) => type !== 'mlp')
    .flatMap((method) =>
      plan.engines.map((engine): Candidate => {
        const specification = candidateOf(racing.specification, method)
        return { name: `${methodText(method)}-${engine}`, specification, engine }
      }),
    )
  if (candidates.length === 0) throw new UserError('A race needs a spline, RBF or Chebyshev network, or the open one.')
  const { scored, machine, versions } = await prepared(racing)
  const report = {
    format: 1 as const,
    title: `Race on ${nameOf(racing.data)}`,
    race: plan,
    network: `[${[racing.specification.inputs.length, ...racing.specification.layers.map(({ nodes }) => nodes)].join(', ')}]`,
    data: nameOf(racing.data),
    scored,
    date: new Date().toISOString(),
    ...{ machine, versions },
  }
  racing.tell({ type: 'started', names: candidates.map(({ name }) => name), scored })
  const lines: RaceLine[] = []
  for (const candidate of candidates) {
    if (racing.signal.aborted) break
    const runner = new Runner(candidate.name, racing)
    try {
      await runner.run(candidate, scored, plan.seconds)
    } catch (error) {
      // A fault of ours costs its candidate, and is for the terminal too.
      if (!isUserError(error)) console.error(error)
      if (!racing.signal.aborted) runner.fail((error as Error).message)
    }
    lines.push(runner.line)
  }
  return { ...report, lines, cancelled: racing.signal.aborted }
}

function nameOf(data: DataChoice): string {
  return 'file' in data ? basename(data.file) : data.generator === 'hello' ? 'the hello data' : data.formula
}

/** Reads the data once, to know whose loss is drawn before anybody trains. */
function prepared(racing: Racing) {
  const { specification, data, training, version } = racing
  return inFreshProcess(racing, 'the data', async (calls) => {
    await calls.open(newModel(specification, specification.name), 0, null)
    const { rows } = await calls.loadData(data)
    if (rows.test === 0 && rows.validation === 0) {
      throw new UserError('The data have neither test rows nor validation rows to race on: split some off first.')
    }
    const scored: Scored = { rows: rows.test > 0 ? 'test' : 'validation', loss: training.loss }
    return { scored, ...(await whereItRuns(calls, version)) }
  })
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
  /** Seconds of training, as they were told last. */
  #seconds = 0

  constructor(name: string, racing: Racing) {
    this.#racing = racing
    this.#line = { name, points: [], steps: 0, problem: null }
  }

  get line(): RaceLine {
    return this.#line
  }

  fail(problem: string): void {
    this.#change({ problem })
  }

  async run({ name, specification, engine }: Candidate, scored: Scored, seconds: number): Promise<void> {
    const { data, training, signal } = this.#racing
    const chosen = engineSchema.safeParse(engine).data
    if (chosen === undefined) throw new UserError(`There is no engine ${engine} here.`)
    const folder = await mkdtemp(join(tmpdir(), 'kan-studio-race-'))
    let calls: ComputeProcess['calls'] | null = null
    let ended = new End()
    const events: Partial<ComputeEvents> = {
      telemetry: (frame) => {
        calls?.acknowledge(frame.sequence)
        this.#take(frame)
      },
      ended(result) {
        if ('diverged' in result) ended.reject(new UserError(result.diverged.message))
        else ended.resolve()
      },
    }
    const begin = () => {
      ended = new End()
    }
    // A run is evaluated so many times in all its steps: it must plan about as many as it will do.
    const steps = (until: number) => ({
      training: { ...training, steps: until },
      engine: chosen,
      ...{ folder, until },
    })
    const work = async (given: ComputeProcess['calls']) => {
      calls = given
      await calls.open(newModel(specification, specification.name), 0, null)
      await calls.loadData(data, scored.rows)
      const begun = performance.now()
      const elapsed = () => (performance.now() - begun) / 1000
      begin()
      await Promise.race([calls.step(steps(LEAST), TASTE), ended.promise.then(() => new Promise<never>(() => {}))])
      let until = Math.max(LEAST, Math.ceil((TASTE / elapsed()) * seconds))
      while (elapsed() < seconds) {
        begin()
        until *= 2
        await calls.start(steps(until))
        const over = sleep(1000 * Math.max(0, seconds - elapsed()), undefined, { signal })
        await Promise.race([over, ended.promise])
      }
      await calls.pause()
      const { validation } = await calls.evaluate()
      if (validation !== null) this.#end(validation.loss)
    }
    try {
      await inFreshProcess(this.#racing, name, work, events)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  #take({ points, step, seconds }: TelemetryFrame): void {
    this.#seconds = Math.max(this.#seconds, seconds)
    const found: (readonly [number, number])[] = []
    for (let p = 0; p < points.length; p += POINT_SIZE) {
      const [at = 0, loss = Number.NaN] = [points[p + SECONDS], points[p + VALIDATION]]
      if (Number.isFinite(loss)) found.push([at, loss])
    }
    const all = [...this.#line.points, ...found]
    const kept = all.length > MOST_POINTS ? all.filter((_, p) => p % 2 === 0) : all
    this.#line = { ...this.#line, points: kept, steps: Math.max(step, this.#line.steps) }
    if (Date.now() - this.#told > INTERVAL) this.#change({})
  }

  /** The loss that it came to. */
  #end(loss: number): void {
    const before = this.#line.points
    const at = Math.max(this.#seconds, before.at(-1)?.[0] ?? 0)
    this.#change({ points: [...before, [at, loss]] })
  }

  #change(change: Partial<RaceLine>): void {
    this.#told = Date.now()
    this.#line = { ...this.#line, ...change }
    this.#racing.tell({ type: 'line', line: this.#line })
  }
}

/** The end of a training, which may come long before anybody waits for it. */
class End {
  resolve: () => void = () => {}
  reject: (error: Error) => void = () => {}
  // The desktop's Node may be too old for Promise.withResolvers.
  readonly promise = new Promise<void>((resolve, reject) => {
    this.resolve = resolve
    this.reject = reject
  })

  constructor() {
    this.promise.catch(() => {})
  }
}

const SECONDS = POINT_COLUMNS.indexOf('seconds')
const VALIDATION = POINT_COLUMNS.indexOf('validation_loss')
