/** The training loop: batches, stretches, evaluations and the points of the loss curve, between which edits may happen. */
import type { TrainingSettings } from '../../../src-shared/contract/job'
import { type BestStep, POINT_SIZE } from '../../../src-shared/contract/telemetry'
import { parameterCount } from '../../../src-shared/kan/parameters'
import type { Specification } from '../../../src-shared/kan/specification'
import { afterLoss, type Plateau, rateAt } from '../../../src-shared/numerics/schedule'
import type { Adam, DataHandle, Lbfgs, Network, NonFinite, Objective, StretchResult } from '../engines/engine'
import type { Clock } from './clock'
import { fitGrids } from './fit-grids'
import type { Optimizer } from './optimizer'
import { epochOrder, evaluationInterval, nextGridUpdate, position, walk } from './plan'

/** Milliseconds that the loop keeps the process to itself: an edit or a pause waits about that long. */
const SLICE = 12
/** The rate is measured over this many milliseconds. */
const RATE_WINDOW = 500

/** What is trained. An edit may put another network with other handles here between two slices. */
export interface Trained {
  readonly network: Network
  readonly optimizer: Optimizer
  readonly specification: Specification
  readonly train: DataHandle
  readonly validation: DataHandle | null
  /** Counts edits: evaluations before an edit do not hold after it. */
  readonly revision: number
}

export type Slice =
  | { readonly type: 'more' }
  /** The step counter reached the limit. */
  | { readonly type: 'done' }
  | ({ readonly type: 'diverged' } & NonFinite)

export interface LoopOptions {
  readonly step: number
  /** What a plateau schedule remembers of the steps before. */
  readonly plateau: Plateau | null
  /** No step at or beyond this one begins. */
  readonly limit: number
  /** Steps of the whole run: how often losses are evaluated, how the learning rate falls. */
  readonly steps: number
  readonly settings: TrainingSettings
  /** Seconds that the run was trained before. */
  readonly seconds: number
  readonly clock: Clock
  /** Receives POINT_SIZE values for every step that was done. */
  readonly record: (points: Float64Array) => void
  /** Hears of every evaluation of the validation rows, while the network is as it was evaluated. */
  readonly evaluated?: (network: Network, at: BestStep) => void
}

/** Trains slice by slice; who calls `advance` decides what happens between two of them. */
export class Loop {
  step: number
  /** What a plateau schedule remembers of the steps before; null for others. */
  plateau: Plateau | null
  settings: TrainingSettings
  limit: number
  steps: number
  private readonly startedAt: number
  private readonly startStep: number
  private endedAt: number | null = null
  private rate: { at: number; step: number; value: number } | null = null
  private order: { readonly key: string; readonly rows: Uint32Array } | null = null
  private evaluated: Evaluation | null = null

  constructor(private readonly options: LoopOptions) {
    this.step = options.step
    this.startStep = options.step
    this.plateau = options.plateau
    this.settings = options.settings
    this.limit = options.limit
    this.steps = options.steps
    this.startedAt = options.clock.now()
  }

  /** Seconds of training of the whole run. */
  get seconds(): number {
    return this.options.seconds + this.elapsed / 1000
  }

  /** The clock stops: seconds and rates stay what they are. */
  end(): void {
    this.endedAt = this.options.clock.now()
  }

  /** Goes on from an earlier step. */
  goBack(step: number, plateau: Plateau | null): void {
    this.step = step
    this.plateau = plateau
    this.evaluated = null
    this.endedAt = null
    this.rate = { at: this.options.clock.now(), step, value: 0 }
  }

  private get elapsed(): number {
    return (this.endedAt ?? this.options.clock.now()) - this.startedAt
  }

  /** Over the last half second; over all of this loop's time while that is shorter. */
  get stepsPerSecond(): number {
    if (this.rate !== null && this.rate.value > 0) return this.rate.value
    return this.averageRate
  }

  /** Over all of this loop's time. */
  get averageRate(): number {
    return this.elapsed > 0 ? ((this.step - this.startStep) / this.elapsed) * 1000 : 0
  }

  /**
   * Trains for about 12 ms, at least one evaluation or one step. A grid update and the step after it are never parted: the
   * step counter alone says which updates are done, also after a pause.
   */
  advance(trained: Trained): Slice {
    const { clock } = this.options
    const deadline = clock.now() + SLICE
    let isStepDue = false
    do {
      if (this.step >= this.limit) return { type: 'done' }
      if (!isStepDue && this.step === nextGridUpdate(this.settings.gridUpdates, this.step)) {
        this.updateGrids(trained)
        isStepDue = true
      }
      const interval = this.interval(trained)
      if (this.step % interval === 0 && !this.isEvaluated(trained)) {
        this.evaluated = this.evaluate(trained)
        this.options.evaluated?.(trained.network, this.evaluated)
        continue
      }
      const result = this.stretch(trained, interval, deadline)
      isStepDue = false
      this.measureRate()
      if (result.nonFinite !== null) return { type: 'diverged', ...result.nonFinite }
    } while (isStepDue || clock.now() < deadline)
    return this.step >= this.limit ? { type: 'done' } : { type: 'more' }
  }

  /** The point that follows the last update: the loss over all training rows on the parameters as they are. */
  lastPoint({ network, train, validation }: Trained): Float64Array {
    const { loss } = this.settings
    const trainLoss = network.loss(train, loss)
    const regularization =
      this.settings.regularization === null ? 0 : network.lossAndGradient(train, this.objective).regularization
    return Float64Array.of(
      this.step,
      trainLoss + regularization,
      trainLoss,
      validation === null ? Number.NaN : network.loss(validation, loss),
      regularization,
      this.seconds,
    )
  }

  /** Where a loss over all training rows that is not finite comes from. Nothing is applied. */
  locate({ network, train }: Trained): NonFinite {
    return network.findNonFinite(train, { order: null, from: 0, count: train.rows })
  }

  private get objective(): Objective {
    return { loss: this.settings.loss, regularization: this.settings.regularization }
  }

  private updateGrids({ network, optimizer, specification, train }: Trained): void {
    const changed = fitGrids(network, specification, train, { seed: this.settings.seed, only: null })
    // The numbers mean something else now, and their gradients with them.
    if (changed.length > 0) optimizer.lbfgs = null
    this.evaluated = null
  }

  private interval({ train, validation, specification }: Trained): number {
    const way = walk(train.rows, this.settings.batchSize)
    const evaluated = (way.batchSize === null ? 0 : train.rows) + (validation?.rows ?? 0)
    return evaluationInterval(this.steps, evaluated, way, parameterCount(specification))
  }

  private isEvaluated({ revision }: Trained): boolean {
    return this.evaluated?.step === this.step && this.evaluated.revision === revision
  }

  /** A full batch's own loss is that of the training rows: it needs no pass of its own. */
  private evaluate({ network, train, validation, revision }: Trained): Evaluation {
    const { loss, batchSize } = this.settings
    const full = walk(train.rows, batchSize).batchSize === null
    return {
      step: this.step,
      revision,
      train: full ? Number.NaN : network.loss(train, loss),
      validation: validation === null ? Number.NaN : network.loss(validation, loss),
    }
  }

  private stretch({ network, optimizer, train }: Trained, interval: number, deadline: number): StretchResult {
    const begin = this.seconds
    const way = walk(train.rows, this.settings.batchSize)
    const { epoch, offset, batchesLeft } = position(way, this.step)
    const untilGridUpdate = nextGridUpdate(this.settings.gridUpdates, this.step + 1) - this.step
    const untilEvaluation = interval - (this.step % interval)
    const result = optimizer.train(network, train, {
      objective: this.objective,
      optimizer: this.chosen(),
      order: way.batchSize === null ? null : this.epochOrder(train.rows, epoch),
      batchSize: way.batchSize ?? train.rows,
      offset,
      maxSteps: Math.min(this.limit - this.step, untilEvaluation, batchesLeft, untilGridUpdate),
      deadline,
    })
    this.options.record(this.points(result, way.batchSize === null, begin))
    this.step += result.steps
    return result
  }

  private chosen(): Adam | Lbfgs {
    const { optimizer, clipNorm } = this.settings
    const learningRate = (step: number, loss: number) => this.learningRate(this.step + step, loss)
    const foreseeable = this.settings.schedule?.type !== 'plateau'
    return optimizer.type === 'adam'
      ? { ...optimizer, learningRate, clipNorm, foreseeable }
      : { ...optimizer, learningRate }
  }

  /** Of a step, whose loss counts for those that follow. */
  private learningRate(step: number, loss: number): number {
    const { schedule, optimizer } = this.settings
    const rate = rateAt(schedule, optimizer.learningRate, step, this.steps, this.plateau)
    this.plateau = schedule?.type === 'plateau' ? afterLoss(schedule, this.plateau, loss) : null
    return rate
  }

  /** One point a step; losses over whole splits stand at the first one, where they were evaluated. */
  private points({ steps, losses, regularizations }: StretchResult, full: boolean, begin: number): Float64Array {
    const evaluated = this.evaluated?.step === this.step ? this.evaluated : null
    const duration = this.seconds - begin
    const points = new Float64Array(steps * POINT_SIZE)
    for (let s = 0; s < steps; s++) {
      const loss = losses[s] as number
      const regularization = regularizations[s] as number
      const first = s === 0 ? evaluated : null
      const trainLoss = full ? loss - regularization : (first?.train ?? Number.NaN)
      const seconds = begin + (duration * s) / steps
      points.set(
        [this.step + s, loss, trainLoss, first?.validation ?? Number.NaN, regularization, seconds],
        s * POINT_SIZE,
      )
    }
    return points
  }

  private epochOrder(rows: number, epoch: number): Uint32Array {
    const key = `${rows} ${this.settings.seed} ${epoch}`
    if (this.order?.key !== key) this.order = { key, rows: epochOrder(rows, this.settings.seed, epoch) }
    return this.order.rows
  }

  private measureRate(): void {
    const now = this.options.clock.now()
    this.rate ??= { at: this.startedAt, step: this.startStep, value: 0 }
    if (now - this.rate.at < RATE_WINDOW) return
    this.rate = { at: now, step: this.step, value: ((this.step - this.rate.step) / (now - this.rate.at)) * 1000 }
  }
}

interface Evaluation {
  readonly step: number
  readonly revision: number
  readonly train: number
  readonly validation: number
}
