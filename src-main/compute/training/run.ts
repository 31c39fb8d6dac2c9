/** One run from ▶ to its end: the loop, its records on disk, and what the screen hears of it. */
import { mkdir } from 'node:fs/promises'
import { setImmediate as immediate } from 'node:timers/promises'
import type { ComputeEvents, RunOptions, RunResult } from '../../../src-shared/contract/compute'
import type { DataChoice, TrainingSettings } from '../../../src-shared/contract/job'
import type { TrainingState } from '../../../src-shared/contract/telemetry'
import type { Model } from '../../../src-shared/kan/parameters'
import { isUserError } from '../../../src-shared/user-error'
import type { LoadedData } from '../data/load'
import { evaluateSplits } from '../evaluate'
import type { Compiled, Live } from '../live'
import type { Turn } from '../turns'
import { writeCheckpoint } from './checkpoint'
import type { Clock } from './clock'
import { explainDivergence } from './divergence'
import { hasFiniteMoments, hasFiniteParameters } from './finite'
import { Loop, type Slice, type Trained } from './loop'
import { MetricsFile } from './metrics-file'
import { compiledBatch, rowStride, walk } from './plan'
import { RunLog } from './run-log'
import type { Telemetry } from './telemetry'

const CHECKPOINT_INTERVAL = 10_000
/** An edit asks for a checkpoint at once; a row of edits for one a second. */
const CHECKPOINT_SPACING = 1000
/** Rows reach the file this often, so that others can follow a run. */
const FLUSH_INTERVAL = 1000
/** The copy to fall back on is taken this often, and less often where taking it costs more than 2 % of the time. */
const COPY_INTERVAL = 250
const COPY_COST = 50

/** What a run needs of the session. */
export interface RunHost {
  readonly live: Live
  readonly turn: Turn
  readonly telemetry: Telemetry
  readonly clock: Clock
  readonly events: ComputeEvents
  setState(state: TrainingState): void
}

export interface RunData {
  readonly choice: DataChoice
  readonly loaded: LoadedData
}

/** `stopped`: somebody paused, or an edit left a network that cannot train on these data (`because`). */
type Stopped = { readonly type: 'stopped'; readonly because: string | null }
type End = Exclude<Slice, { type: 'more' }> | Stopped

export class Run {
  /** Resolves when the run has ended and its records are on disk. */
  readonly over: Promise<void>
  private stopping = false
  private checkpointAt: number
  private checkpointedAt = Number.NEGATIVE_INFINITY
  private checkpointing: Promise<void> | null = null
  private flushAt = 0
  /** The last parameters that are known to be finite. */
  private good: { readonly model: Model; readonly step: number }
  private copyAt = 0

  private constructor(
    private readonly host: RunHost,
    private options: RunOptions,
    private readonly data: RunData,
    /** Whether the run is to pause at the loop's limit instead of being finished there. */
    private readonly partial: boolean,
    readonly loop: Loop,
    private readonly metrics: MetricsFile,
    private readonly log: RunLog,
  ) {
    this.checkpointAt = host.clock.now()
    this.good = { model: host.live.model(), step: host.live.step }
    this.over = this.work()
  }

  /**
   * Prepares everything that can fail, then trains. Within a turn.
   *
   * @param count steps after which it pauses, or null to go on until `options.until`
   * @throws UserError when data, network and memory do not fit together or the folder cannot be written
   */
  static async begin(host: RunHost, options: RunOptions, data: RunData, count: number | null): Promise<Run> {
    const { live, clock, telemetry, events } = host
    const { training, until, folder } = options
    await mkdir(folder, { recursive: true })
    const { engine } = await live.compile(options.engine, batchOf(data, training), data.loaded)
    const { step } = live
    const metrics = await MetricsFile.open(folder, step, rowStride(until))
    const loop = new Loop({
      step,
      limit: count === null ? until : step + count,
      steps: until,
      settings: training,
      seconds: metrics.seconds,
      clock,
      record: (points) => {
        metrics.add(points)
        telemetry.record(points)
      },
    })
    const log = new RunLog(folder, events.log)
    log.add(`Training from step ${step} to ${loop.limit} on ${data.loaded.train.rows} rows with the engine ${engine}.`)
    const run = new Run(host, options, data, count !== null, loop, metrics, log)
    run.remember()
    host.setState({ type: 'running' })
    return run
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
    this.remember()
  }

  /** The model was edited: it is worth a checkpoint. Within a turn. */
  edited(description: string): void {
    const { live, clock } = this.host
    this.log.add(description)
    this.good = { model: live.model(), step: live.step }
    this.checkpointAt = Math.min(this.checkpointAt, Math.max(clock.now(), this.checkpointedAt + CHECKPOINT_SPACING))
  }

  /** Where training ends. */
  get steps(): number {
    return this.options.until
  }

  private async work(): Promise<void> {
    for (;;) {
      const end = await this.host.turn(() => this.slice())
      if (end.type !== 'more') return this.finish(end)
      // Messages of the other end are read here.
      await immediate()
    }
  }

  private async slice(): Promise<Slice | Stopped> {
    const { live, telemetry } = this.host
    if (this.stopping) return { type: 'stopped', because: null }
    let compiled: Compiled
    try {
      compiled = await this.compile()
    } catch (error) {
      if (isUserError(error)) return { type: 'stopped', because: error.message }
      throw error
    }
    const slice = this.loop.advance(this.trained(compiled))
    live.trained(this.loop.step)
    telemetry.changed()
    if (slice.type === 'more') {
      telemetry.tick()
      this.keepRecords()
    }
    return slice
  }

  private compile(): Promise<Compiled> {
    return this.host.live.compile(this.options.engine, batchOf(this.data, this.options.training), this.data.loaded)
  }

  private trained({ network, train, validation }: Compiled): Trained {
    const { specification, revision } = this.host.live
    return { network, train, validation, specification, revision }
  }

  /** What is due: a copy to fall back on, rows on disk, a checkpoint in the background. */
  private keepRecords(): void {
    const { live, clock } = this.host
    const now = clock.now()
    if (now >= this.copyAt) {
      const model = live.model()
      if (hasFiniteParameters(model)) this.good = { model, step: live.step }
      const after = clock.now()
      this.copyAt = after + Math.max(COPY_INTERVAL, (after - now) * COPY_COST)
    }
    if (now >= this.flushAt) {
      this.flushAt = now + FLUSH_INTERVAL
      this.flush()
    }
    if (now >= this.checkpointAt && this.checkpointing === null) {
      const model = live.model()
      if (!hasFiniteParameters(model)) return
      this.checkpointedAt = now
      this.checkpointAt = now + CHECKPOINT_INTERVAL
      this.checkpointing = this.checkpoint({ model, step: live.step, revision: live.revision }).finally(() => {
        this.checkpointing = null
      })
    }
  }

  private async finish(end: End): Promise<void> {
    const { turn, events } = this.host
    const ending = await turn(() => this.settle(end))
    this.log.add(ending.line)
    await this.checkpointing
    await this.checkpoint(ending)
    await this.log.written()
    if (ending.event !== null) events.ended(ending.event)
  }

  /** The end's last numbers and state. */
  private async settle(end: End): Promise<Ending> {
    const { live } = this.host
    this.loop.end()
    switch (end.type) {
      case 'diverged': {
        const message = await this.fallBack(end)
        this.host.setState({ type: 'diverged', message })
        return this.ending(message, { diverged: message })
      }
      case 'stopped': {
        if (end.because === null) this.addLastPoint(await this.compile())
        this.host.setState({ type: 'paused' })
        return this.ending(`Paused at step ${live.step}${end.because === null ? '' : `: ${end.because}`}`, null)
      }
      case 'done': {
        const compiled = await this.compile()
        this.addLastPoint(compiled)
        this.host.setState({ type: this.partial ? 'paused' : 'finished' })
        if (this.partial) return this.ending(`Paused at step ${live.step}`, null)
        return this.ending(`Finished at step ${live.step}`, this.result(compiled))
      }
    }
  }

  private ending(line: string, event: Ending['event']): Ending {
    const { live } = this.host
    return { line, event, model: live.model(), step: live.step, revision: live.revision }
  }

  private addLastPoint(compiled: Compiled): void {
    const point = this.loop.lastPoint(this.trained(compiled))
    this.metrics.addLast(point)
    this.host.telemetry.record(point)
  }

  private result(compiled: Compiled): RunResult {
    return {
      steps: this.loop.step,
      seconds: this.loop.seconds,
      stepsPerSecond: this.loop.averageRate,
      ...evaluateSplits(compiled, this.options.training.loss),
      engine: compiled.engine,
    }
  }

  /** Goes back to the last numbers that are all finite, and says why. */
  private async fallBack({ layer, tensor }: { layer: number; tensor: string }): Promise<string> {
    const { live } = this.host
    const { capabilities } = (await this.compile()).network
    const { step } = live
    if (!hasFiniteParameters(live.model())) {
      live.replace(this.good.model)
      live.step = this.good.step
      this.loop.step = this.good.step
    }
    // Moments that overflowed would spoil the next step whatever its rate: they begin anew.
    const model = live.model()
    if (!hasFiniteMoments(model)) live.replace({ ...model, moments: null })
    return explainDivergence({
      step,
      layer,
      tensor,
      learningRate: this.options.training.optimizer.learningRate,
      precision: capabilities.precision,
      data: this.data.loaded,
      keptStep: live.step,
    })
  }

  /** Keeps in the model what it is trained on and how, so that opening its file restores both. */
  private remember(): void {
    const { live } = this.host
    const { training, engine, folder } = this.options
    live.describe({
      preprocessing: this.data.loaded.preprocessing,
      history: { step: live.step, run: folder, job: { data: this.data.choice, training, engine } },
    })
  }

  /** A disk that is full must not end a training: the line says so, and the last checkpoint stays. */
  private async checkpoint({ model, step, revision }: Checkpoint): Promise<void> {
    const { folder } = this.options
    await this.flush()
    try {
      await writeCheckpoint(folder, model, step)
      this.host.events.checkpoint({ folder, step, revision })
    } catch (error) {
      this.log.add(`The checkpoint could not be written: ${(error as Error).message}`)
    }
  }

  private async flush(): Promise<void> {
    await this.metrics.flush().catch((error: Error) => {
      this.log.add(`The metrics could not be written: ${error.message}`)
    })
  }
}

interface Checkpoint {
  readonly model: Model
  readonly step: number
  readonly revision: number
}

interface Ending extends Checkpoint {
  readonly line: string
  readonly event: RunResult | { readonly diverged: string } | null
}

function batchOf({ loaded }: RunData, { batchSize }: TrainingSettings): number {
  return compiledBatch(walk(loaded.train.rows, batchSize))
}
