/** The compute process's session: one model, its data and its training, and the calls that reach them. */
import { availableParallelism } from 'node:os'
import { setImmediate as immediate } from 'node:timers/promises'
import type { BenchMeasurement } from '../../src-shared/benchmark/results'
import type { BenchTask } from '../../src-shared/benchmark/tasks'
import type {
  CheckOptions,
  CheckResult,
  ColumnMatch,
  ComputeCalls,
  ComputeEvents,
  EditResult,
  EngineReport,
  Opened,
  Prediction,
  PredictOptions,
  RunOptions,
  Snapshot,
  Surroundings,
} from '../../src-shared/contract/compute'
import type { DataSummary, Distribution, TableColumn, TablePreview, TableSummary } from '../../src-shared/contract/data'
import type {
  DataColumnRequest,
  DataColumns,
  DataColumnView,
  DataRow,
  DataTable,
} from '../../src-shared/contract/data-view'
import type { DataChoice, EngineChoice, Loss, ReadOptions, TrainingSettings } from '../../src-shared/contract/job'
import { lossesOf } from '../../src-shared/contract/losses'
import type { PruneLoss, PruneLossRequest } from '../../src-shared/contract/pruning'
import type { Results, ResultsRequest } from '../../src-shared/contract/results'
import type { LayerEdges, LayerImportance, TrainingState } from '../../src-shared/contract/telemetry'
import { apply } from '../../src-shared/kan/edits/apply'
import { describe } from '../../src-shared/kan/edits/describe'
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { refuseTooLarge } from '../../src-shared/kan/memory'
import { type Model, parameterCount } from '../../src-shared/kan/parameters'
import { codedColumns } from '../../src-shared/kan/preprocessing'
import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'
import { curveIn } from '../../src-shared/numerics/curve'
import { designKey } from '../../src-shared/numerics/trainable-vector'
import { isUserError, UserError } from '../../src-shared/user-error'
import { benchmark } from './bench'
import { check } from './check'
import { inspectTable } from './data/cells/inspect'
import { matchColumns } from './data/columns'
import { layOut } from './data/layout/survey'
import { previewTable, tableRows } from './data/layout/table-rows'
import { scoringTest } from './data/load'
import { codingsOf } from './data/read-rows'
import { saveParquet } from './data/save-parquet'
import { EditCost, isCostly } from './edit-cost'
import { engineReports } from './engine-reports'
import { EngineLost } from './engines/lost'
import { multiplyAdds } from './engines/wasm/peak'
import { evaluateSplits, type SplitMetrics } from './evaluate'
import { histogram } from './histogram'
import { importanceOf } from './importance'
import { type Compiled, Live, type LiveHost } from './live'
import { predict } from './predict'
import { Forecast } from './pruning/forecast'
import { Examiner } from './results/examiner'
import { outcomeOf } from './row-edits'
import { SessionData } from './session-data'
import { surroundings } from './surroundings'
import { Best } from './training/best'
import { readCheckpointOptimizer } from './training/checkpoint'
import { type Clock, systemClock } from './training/clock'
import { hasFiniteParameters } from './training/finite'
import { compiledBatch, walk } from './training/plan'
import { Run, type RunHost } from './training/run'
import { Telemetry, type TelemetrySource } from './training/telemetry'
import { createTurns, turnsThatLose } from './turns'
import { DataViewer } from './view/data-viewer'

export class Session implements ComputeCalls {
  /** What touches the model happens one after the other: a slice of training, an edit, a question. */
  private readonly turn = turnsThatLose(createTurns(), (lost) => this.lose(lost))
  /** What starts and stops training happens one after the other, around those turns. */
  private readonly control = createTurns()
  private readonly telemetry: Telemetry
  private readonly data: SessionData
  private readonly examiner: Examiner
  private readonly forecast: Forecast
  private readonly viewer: DataViewer
  private readonly losing: LiveHost & { readonly loss: () => Loss }
  private readonly best: Best
  private model: Live | null = null
  /** Whether the model was trained before it was opened, also where a job counts its steps from 0 again. */
  private cameTrained = false
  private run: Run | null = null
  /** Whether the network was edited, or its data are others, since its losses were told. */
  private lossesAreStale = false
  private state: TrainingState = { type: 'idle' }
  /** What the network is compiled for and measured by between runs: as the last run had it. */
  private taste: { engine: EngineChoice; batchSize: number | null; loss: Loss } = {
    engine: 'auto',
    batchSize: null,
    loss: 'mse',
  }

  constructor(
    private readonly events: ComputeEvents,
    private readonly clock: Clock = systemClock,
    /** Between two slices of training: a turn of the event loop, in which messages are read. */
    private readonly breathe: () => Promise<unknown> = immediate,
  ) {
    this.data = new SessionData((line) => events.log(line, true))
    const host: LiveHost = { turn: this.turn, live: () => this.live, compile: () => this.compile() }
    this.examiner = new Examiner({ ...host, clock, choice: () => this.data.current.choice })
    this.losing = { ...host, loss: () => this.taste.loss }
    this.forecast = new Forecast({ ...this.losing, clock })
    this.viewer = new DataViewer({ ...host, data: () => this.data.current })
    this.best = new Best(clock)
    this.telemetry = new Telemetry({
      source: this.telemetrySource(),
      send: (frame) => events.telemetry(frame),
      wake: () => void this.wake(),
      clock,
    })
  }

  open(model: Model, step: number, resume: string | null): Promise<Opened> {
    return this.control(async () => {
      refuseTooLarge(model.specification)
      await this.run?.stop()
      const state = resume === null ? null : await readCheckpointOptimizer(resume, model.specification, step)
      const moments = model.moments ?? (state?.type === 'adam' ? state.moments : null)
      const lbfgs = moments === null && state?.type === 'lbfgs' ? state.state : null
      return this.turn(async () => {
        this.forecast.release()
        this.best.forget()
        this.model?.release()
        this.model = new Live({ ...model, moments }, step, lbfgs)
        this.taste = { ...this.taste, loss: lossesOf(model.specification.task)[0] }
        this.cameTrained = (model.specification.history?.step ?? 0) > 0
        this.run = null
        await this.data.follow(model.specification)
        this.setState({ type: 'idle' })
        return { ...this.now(), resumes: moments !== null || lbfgs !== null }
      })
    })
  }

  async edit(request: EditRequest): Promise<EditResult> {
    // Training counts its steps up; only between two runs can the counter be set.
    if (rewinds(request)) await this.pause()
    return this.turn(async () => {
      const { live } = this
      const before = live.model()
      if (this.isRunning && !hasFiniteParameters(before)) {
        throw new UserError(
          'Training has just diverged: edit the network once it has gone back to its last good numbers.',
        )
      }
      const cost = isCostly(request) && this.isTrained ? await EditCost.begin(this.losing) : null
      const edit = await outcomeOf(request, before, { compile: () => this.compile(), best: this.best })
      const { model, inverse } = apply(before, edit)
      const description = describe(request, before.specification)
      live.replace(model)
      live.revision++
      if (rewinds(request)) {
        live.step = model.specification.history?.step ?? 0
        live.plateau = model.specification.history?.plateau ?? null
        this.cameTrained = false
      }
      const isCodedAnew = model.specification.preprocessing !== before.specification.preprocessing
      if (isCodedAnew || rewinds(request) || designKey(model.specification) !== designKey(before.specification)) {
        this.best.forget()
      }
      if (isCodedAnew) {
        await this.data.follow(model.specification)
      }
      if (this.isRunning) {
        if (this.data.fits(live.specification)) this.run?.remember()
        this.run?.edited(description)
      } else {
        this.lossesAreStale = true
        this.telemetry.announce()
      }
      return { ...this.now(), inverse, cost: cost === null ? null : await cost.end() }
    })
  }

  snapshot(): Promise<Snapshot> {
    return this.turn(() => this.now())
  }

  previewTable(file: string, read: ReadOptions): Promise<TablePreview> {
    return previewTable(file, read)
  }

  inspectTable(file: string, read?: ReadOptions): Promise<TableSummary> {
    return inspectTable(file, read)
  }

  tableRows(file: string, read: ReadOptions, from: number, count: number): Promise<(string | null)[][]> {
    return tableRows(file, read, from, count)
  }

  inputsOf(choice: DataChoice): Promise<{ inputs: readonly string[]; targets: readonly string[] }> {
    return this.control(async () => {
      const { inputNames: inputs, targetNames: targets } = await this.data.look(choice, this.live.specification)
      return { inputs, targets }
    })
  }

  loadData(choice: DataChoice, scored: 'validation' | 'test' = 'validation'): Promise<DataSummary> {
    return this.control(async () => {
      await this.run?.stop()
      const { specification } = this.live
      const loaded = await this.data.load(choice, specification, this.isTrained)
      const summary = await loaded.summarize()
      return this.turn(() => {
        this.data.choose({ choice, loaded: scored === 'test' ? scoringTest(loaded) : loaded })
        this.best.forget()
        this.lossesAreStale = true
        this.telemetry.announce()
        return summary
      })
    })
  }

  start(options: RunOptions): Promise<void> {
    return this.control(async () => {
      await this.begin(options, null)
    })
  }

  async step(options: RunOptions, count: number): Promise<void> {
    const run = await this.control(() => this.begin(options, count))
    await run.over
  }

  pause(): Promise<Snapshot> {
    return this.control(async () => {
      await this.run?.stop()
      return this.snapshot()
    })
  }

  adjust(training: TrainingSettings): Promise<void> {
    return this.turn(() => {
      if (!this.isRunning) return
      this.taste = { ...this.taste, batchSize: training.batchSize, loss: training.loss }
      this.run?.adjust(training)
    })
  }

  evaluate(): Promise<SplitMetrics> {
    return this.turn(async () => evaluateSplits(await this.compile(), this.taste.loss))
  }

  importance(): Promise<readonly LayerImportance[]> {
    return this.turn(async () => {
      const { network, train } = await this.compile()
      return importanceOf(network.edgeStatistics(train))
    })
  }

  pruneLoss(request: PruneLossRequest): Promise<PruneLoss> {
    return this.forecast.lossOf(request)
  }

  results(request: ResultsRequest): Promise<Results> {
    return this.examiner.results(request)
  }

  dataTable(): Promise<DataTable> {
    return this.viewer.table()
  }

  dataRows(from: number, count: number): Promise<readonly DataRow[]> {
    return this.viewer.rows(from, count)
  }

  dataColumns(target: number): Promise<DataColumns> {
    return this.viewer.columns(target)
  }

  dataColumn(request: DataColumnRequest): Promise<DataColumnView> {
    return this.viewer.column(request)
  }

  distribution(layer: number, input: number): Promise<Distribution> {
    return this.turn(async () => {
      const { network, train } = await this.compile()
      return histogram(network.layerInput(train, layer, input))
    })
  }

  curve(layer: number, edge: EdgeIndex, points: Float64Array): Promise<Float64Array> {
    return this.turn(() => {
      const { network, specification } = this.live
      if (network !== null) return network.activations(layer, edge, points)
      return curveIn(specification, this.live.model().parameters, layer, edge, points)
    })
  }

  acknowledge(sequence: number): void {
    this.telemetry.acknowledge(sequence)
  }

  watch(edges: readonly LayerEdges[]): void {
    this.telemetry.watch(edges)
  }

  predict(options: PredictOptions): Promise<Prediction> {
    return predict(options)
  }

  saveParquet(columns: readonly TableColumn[], file: string): Promise<void> {
    return saveParquet(columns, file)
  }

  async matchColumns(specification: Specification, file: string): Promise<readonly ColumnMatch[]> {
    return matchColumns(await layOut(file), codedColumns(codingsOf(specification)))
  }

  check(options: CheckOptions): Promise<CheckResult> {
    return check(options)
  }

  engines(): Promise<readonly EngineReport[]> {
    return engineReports()
  }

  surroundings(): Promise<Surroundings> {
    return surroundings()
  }

  peakOperations(): Promise<number> {
    return multiplyAdds(availableParallelism())
  }

  benchmark(task: BenchTask): Promise<BenchMeasurement> {
    return benchmark(task)
  }

  /** Stops training with a checkpoint and frees everything. */
  async close(): Promise<void> {
    await this.control(async () => {
      await this.run?.stop()
      this.telemetry.close()
      this.forecast.release()
      this.model?.release()
    })
  }

  private get live(): Live {
    if (this.model === null) throw new Error('no model is open')
    return this.model
  }

  private get isTrained(): boolean {
    return this.live.step > 0 || this.cameTrained
  }

  private get isRunning(): boolean {
    return this.state.type === 'running'
  }

  private setState(state: TrainingState): void {
    this.state = state
    this.telemetry.announce()
  }

  private now(): Snapshot {
    const { live } = this
    return { model: live.model(), revision: live.revision, step: live.step }
  }

  private async begin(options: RunOptions, count: number | null): Promise<Run> {
    await this.run?.stop()
    await this.turn(() => this.live.forgive())
    const attempt = () => this.tryToBegin(options, count)
    return attempt().catch((error) => {
      if (error instanceof EngineLost) return attempt()
      throw error
    })
  }

  private tryToBegin(options: RunOptions, count: number | null): Promise<Run> {
    return this.turn(async () => {
      const { live, turn, telemetry, clock, breathe, events, best } = this
      const { batchSize, loss } = options.training
      this.taste = { engine: options.engine, batchSize, loss }
      const data = () => this.data.current
      const setState = (state: TrainingState) => this.setState(state)
      const host: RunHost = { live, turn, telemetry, clock, breathe, events, best, data, setState }
      this.run = await Run.begin(host, options, count)
      return this.run
    })
  }

  /** The network between runs. */
  private async compile(): Promise<Compiled> {
    const { live, taste } = this
    const { loaded } = this.data.current
    return live.compile(taste.engine, compiledBatch(walk(loaded.rows.train, taste.batchSize)), loaded)
  }

  private async wake(): Promise<void> {
    try {
      await this.turn(() => this.tell())
    } catch (error) {
      // That was told, and another frame asked for.
      if (!(error instanceof EngineLost)) throw error
    }
  }

  /** An engine is gone: the model goes on with another one from what was read last. A run says how it goes on itself. */
  private lose({ engine, what }: EngineLost): void {
    this.model?.lose(engine)
    this.forecast.release()
    if (this.isRunning) this.run?.lost(what)
    else this.events.log(`${what}: another engine computes now.`, true)
    this.telemetry.announce()
  }

  /** A frame, if one is due; between runs the edges are scored by a network compiled for it, if the data fit. */
  private async tell(): Promise<void> {
    if (this.model === null) return
    if (!this.isRunning && this.data.fits(this.live.specification)) {
      const compiled = await this.compile().catch((error) => {
        if (!isUserError(error) || error instanceof EngineLost) throw error
        return null
      })
      if (compiled !== null && this.lossesAreStale) this.tellLosses(compiled)
    }
    this.telemetry.tick()
  }

  /** The losses of an edited network that stands still: a person sees what the edit cost before training goes on. */
  private tellLosses({ network, train, validation }: Compiled): void {
    this.lossesAreStale = false
    const { step } = this.live
    if (step === 0) return
    const [trainLoss, validationLoss] = [train, validation].map((rows) =>
      rows === null ? Number.NaN : network.loss(rows, this.taste.loss),
    )
    const unknown = Number.NaN
    this.telemetry.correct(
      Float64Array.of(step, unknown, trainLoss ?? unknown, validationLoss ?? unknown, unknown, unknown),
    )
  }

  private telemetrySource(): TelemetrySource {
    return {
      status: () => ({
        revision: this.live.revision,
        state: this.state,
        step: this.live.step,
        steps: this.run?.steps ?? this.live.step,
        stepsPerSecond: this.run?.loop.stepsPerSecond ?? 0,
        seconds: this.run?.loop.seconds ?? 0,
        best: this.best.step,
        engine: this.live.computing,
        memory: this.live.network?.memory() ?? 0,
      }),
      parameters: () => this.live.drawing(),
      parameterBytes: () => 4 * parameterCount(this.live.specification),
      patches: (watched) => this.live.patches(watched),
      importance: (): readonly LayerImportance[] | null => {
        const compiled = this.live.current
        return compiled === null ? null : importanceOf(compiled.network.edgeStatistics(compiled.train))
      },
    }
  }
}

/** Whether an edit sets the step counter, as a reset and its undo do. */
function rewinds(edit: EditRequest): boolean {
  if (edit.type === 'sequence') return edit.edits.some(rewinds)
  return edit.type === 'reset' || edit.type === 'restore-parameters'
}
