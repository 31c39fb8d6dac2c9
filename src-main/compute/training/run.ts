/** One run from ▶ to its end: the loop, what it leaves in its folder, and what the screen hears of it. */
import type { ComputeEvents, RunOptions, RunResult } from '../../../src-shared/contract/compute'
import type { TrainingSettings } from '../../../src-shared/contract/job'
import type { Divergence, TrainingState } from '../../../src-shared/contract/telemetry'
import { isUserError } from '../../../src-shared/user-error'
import { EngineLost } from '../engines/lost'
import { evaluateSplits } from '../evaluate'
import type { Compiled, Live } from '../live'
import type { ChosenData } from '../session-data'
import type { Turn } from '../turns'
import type { Best } from './best'
import type { Checkpoint } from './checkpoint'
import type { Clock } from './clock'
import { explainDivergence } from './divergence'
import { LastGood } from './last-good'
import { Loop, type Trained } from './loop'
import { findOutOfDomain } from './out-of-domain'
import { compiledBatch, walk } from './plan'
import { Records } from './records'
import type { Telemetry } from './telemetry'

/** What a run needs of the session. */
export interface RunHost {
  readonly live: Live
  readonly turn: Turn
  readonly telemetry: Telemetry
  readonly clock: Clock
  /** Lets messages of the other end pass between two slices. */
  readonly breathe: () => Promise<unknown>
  readonly events: ComputeEvents
  readonly best: Best
  /** As the model scales them now. @throws UserError where there are none */
  readonly data: () => ChosenData
  setState(state: TrainingState): void
}

/** How a run ended: its last numbers, a line for the log, and what the other end is told. */
interface Ending {
  readonly line: string
  readonly snapshot: Checkpoint
  readonly event: RunResult | { readonly diverged: Divergence } | null
}

export class Run {
  /** Resolves when the run has ended and its records are on disk. */
  readonly over: Promise<void>
  private stopping = false
  /** What happened to the engine that is gone, until training goes on with another. */
  private loss: string | null = null
  private readonly lastGood: LastGood

  private constructor(
    private readonly host: RunHost,
    private options: RunOptions,
    /** Whether the run is to pause at the loop's limit instead of being finished there. */
    private readonly partial: boolean,
    readonly loop: Loop,
    private readonly records: Records,
  ) {
    this.remember()
    this.lastGood = new LastGood(host.live, host.clock)
    this.over = this.work()
  }

  /**
   * Prepares everything that can fail, then trains. Within a turn.
   *
   * @param count steps after which it pauses, or null to go on until `options.until`
   * @throws UserError when data, network and memory do not fit together or the folder cannot be written
   */
  static async begin(host: RunHost, options: RunOptions, count: number | null): Promise<Run> {
    const { live, clock, telemetry, events, best } = host
    const { training, until, folder } = options
    if (options.engine === 'auto') await tryEngines(host, options)
    const { engine, train } = await compile(host, options)
    const { step } = live
    const records = await Records.open({ folder, step, steps: until, clock, events })
    const loop = new Loop({
      step,
      plateau: live.plateau,
      limit: count === null ? until : step + count,
      steps: until,
      settings: training,
      seconds: records.seconds,
      clock,
      record: (points) => {
        records.add(points)
        telemetry.record(points)
      },
      evaluated: (network, at) => best.consider(network, at, loop.settings.loss),
    })
    records.say(`Training from step ${step} to ${loop.limit} on ${train.rows} rows with the engine ${engine}.`)
    if (live.why !== null) records.say(live.why)
    const run = new Run(host, options, count !== null, loop, records)
    host.setState({ type: 'running' })
    return run
  }

  /** Where training ends. */
  get steps(): number {
    return this.options.until
  }

  /** Ends after the current slice; resolves when all is on disk. */
  stop(): Promise<void> {
    this.stopping = true
    return this.over
  }

  /** Settings from the next step on. A different number of steps moves the end as far. Within a turn. */
  adjust(training: TrainingSettings): void {
    const moved = training.steps - this.options.training.steps
    const until = Math.max(this.loop.step, this.options.until + moved)
    if (!this.partial) this.loop.limit = until
    this.loop.steps = until
    this.loop.settings = training
    this.options = { ...this.options, training, until }
    this.records.plan(until)
    this.remember()
  }

  /** The model was edited: it is worth a checkpoint. Within a turn. */
  edited(description: string): void {
    this.lastGood.replace()
    this.records.say(description)
    this.records.hurry()
  }

  /** Keeps in the model what it is trained on and how, so that opening its file restores both. Within a turn. */
  remember(): void {
    const { live, data } = this.host
    const { training, engine, folder } = this.options
    const { choice, loaded } = data()
    const { fingerprint } = loaded.raw
    live.describe({
      preprocessing: loaded.preprocessing,
      history: {
        step: live.step,
        run: folder,
        job: { data: choice, training, engine },
        ...(fingerprint && { data: fingerprint }),
      },
    })
  }

  /** The engine is gone: the next slice goes on with another from the last numbers that were read. */
  lost(what: string): void {
    this.loss = what
  }

  private async work(): Promise<void> {
    for (;;) {
      const ending = await this.host
        .turn(() => this.slice())
        .catch((error) => {
          if (error instanceof EngineLost) return null
          throw error
        })
      if (ending !== null) return this.conclude(ending)
      await this.host.breathe()
    }
  }

  /** Trains a little. Where that was the end, its last numbers are taken before anybody else has a turn. */
  private async slice(): Promise<Ending | null> {
    const { live, telemetry } = this.host
    let compiled: Compiled
    try {
      compiled = await compile(this.host, this.options)
    } catch (error) {
      if (!isUserError(error)) throw error
      // An edit left a network that cannot train on these data.
      this.loop.end()
      return this.paused(`: ${error.message}`)
    }
    if (this.loss !== null) await this.goBack(this.loss, compiled.engine)
    if (this.stopping) return this.settle(compiled, () => this.paused())
    const slice = this.loop.advance(this.trained(compiled))
    live.trained(this.loop.step, this.loop.plateau)
    telemetry.changed()
    switch (slice.type) {
      case 'more':
        telemetry.tick()
        this.lastGood.keep()
        void this.records.keep(() => this.snapshot())
        return null
      case 'done':
        return this.settle(compiled, () => (this.partial ? this.paused() : this.finished(compiled)))
      case 'diverged':
        this.loop.end()
        return this.diverged(compiled, slice)
    }
  }

  /** To the last numbers that were read of an engine that is gone. */
  private async goBack(what: string, engine: string): Promise<void> {
    const { live, telemetry } = this.host
    const { step, plateau } = live
    this.loss = null
    this.loop.goBack(step, plateau)
    telemetry.cut(step)
    await this.records.cut(step)
    this.records.say(`${what}: training goes on with the engine ${engine} from step ${step}.`, true)
  }

  /** The last point of the curve, then the end as it was meant, unless the last update is found to have spoilt the loss. */
  private settle(compiled: Compiled, end: () => Ending): Ending {
    this.loop.end()
    const trained = this.trained(compiled)
    const point = this.loop.lastPoint(trained)
    if (!Number.isFinite(point[1])) return this.diverged(compiled, this.loop.locate(trained))
    const [step = 0, , , validation = Number.NaN] = point
    this.host.best.consider(compiled.network, { step, validation }, this.options.training.loss, true)
    this.records.addLast(point)
    this.host.telemetry.record(point)
    return end()
  }

  private paused(because = ''): Ending {
    const snapshot = this.snapshot()
    this.host.setState({ type: 'paused' })
    return { line: `Paused at step ${snapshot.step}${because}`, snapshot, event: null }
  }

  private finished(compiled: Compiled): Ending {
    const { seconds, step, averageRate } = this.loop
    const metrics = evaluateSplits(compiled, this.options.training.loss)
    const snapshot = this.snapshot()
    this.host.setState({ type: 'finished' })
    return {
      line: `Finished at step ${step}`,
      snapshot,
      event: { steps: step, seconds, stepsPerSecond: averageRate, ...metrics, engine: compiled.engine },
    }
  }

  /** Goes back to the last numbers that are all finite, and says why. */
  private diverged({ network, data, train }: Compiled, where: { layer: number; tensor: string }): Ending {
    const { live } = this.host
    const { step, specification } = live
    const lost = findOutOfDomain(specification, network, train, where.layer)
    this.lastGood.restore()
    this.loop.step = live.step
    this.loop.plateau = live.plateau
    const divergence = explainDivergence({
      ...where,
      step,
      learningRate: this.options.training.optimizer.learningRate,
      loss: this.options.training.loss,
      precision: network.capabilities.precision,
      data,
      specification,
      lost,
      keptStep: live.step,
    })
    this.host.setState({ type: 'diverged', ...divergence })
    return { line: divergence.message, snapshot: this.snapshot(), event: { diverged: divergence } }
  }

  private async conclude({ line, snapshot, event }: Ending): Promise<void> {
    await this.records.close(line, snapshot)
    if (event !== null) this.host.events.ended(event)
  }

  private trained({ network, train, validation }: Compiled): Trained {
    const { specification, revision, optimizer } = this.host.live
    return { network, optimizer, train, validation, specification, revision }
  }

  private snapshot(): Checkpoint {
    const { live } = this.host
    return { model: live.model(), optimizer: live.optimizerState(), step: live.step, revision: live.revision }
  }
}

async function tryEngines({ live, data }: RunHost, { training }: RunOptions): Promise<void> {
  const { loaded } = data()
  await live.tryEngines(training, compiledBatch(walk(loaded.rows.train, training.batchSize)), loaded)
}

async function compile({ live, data }: RunHost, { engine, training }: RunOptions): Promise<Compiled> {
  const { loaded } = data()
  return live.compile(engine, compiledBatch(walk(loaded.rows.train, training.batchSize)), loaded)
}
