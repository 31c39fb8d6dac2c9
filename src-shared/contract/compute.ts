/** Calls and events between the studio and its compute process: birpc over the child's pipes. */
import type { BenchMeasurement } from '../benchmark/results'
import type { BenchTask } from '../benchmark/tasks'
import type { Edit, EditRequest } from '../kan/edits/edit'
import type { LayerTensors, Model } from '../kan/parameters'
import type { EdgeIndex, Specification } from '../kan/specification'
import type { RegressionMetrics } from '../numerics/regression-metrics'
import type { DataSummary, Distribution, TableColumn, TablePreview, TableSummary, TextDialect } from './data'
import type { DataColumnRequest, DataColumns, DataColumnView, DataRow, DataTable } from './data-view'
import type { DataChoice, EngineChoice, ReadOptions, Regularization, TrainingSettings } from './job'
import type { PruneLoss, PruneLossRequest, SplitLoss } from './pruning'
import type { Results, ResultsRequest } from './results'
import type { Divergence, LayerEdges, LayerImportance, TelemetryFrame } from './telemetry'

/** The session's model, exactly; `revision` counts the edits it has seen. */
export interface Snapshot {
  readonly model: Model
  readonly revision: number
  readonly step: number
}

export interface Opened extends Snapshot {
  /** Whether there is an optimiser's state of this very step to go on from. */
  readonly resumes: boolean
}

export interface EditResult extends Snapshot {
  /** Undoes the edit: restores what it took away, leaves the rest as trained since. */
  readonly inverse: Edit
  /** What it did to the loss, of edits of which that cannot be foreseen; null for others, and where it is not known. */
  readonly cost: SplitLoss | null
}

/** How good a network is on some rows: of a regression the error, of a classification the part of the rows that it tells right. */
export type Metrics =
  | {
      readonly loss: number
      /** In the target's own unit. */
      readonly rmse: number
    }
  | { readonly loss: number; readonly accuracy: number }

export interface RunOptions {
  readonly training: TrainingSettings
  readonly engine: EngineChoice
  /** The run's folder; metrics, checkpoints and log go there. */
  readonly folder: string
  /** Train until the session's step counter is this. */
  readonly until: number
}

export interface RunResult {
  readonly steps: number
  readonly seconds: number
  readonly stepsPerSecond: number
  readonly train: Metrics
  readonly validation: Metrics | null
  readonly test: Metrics | null
  readonly engine: string
}

export interface EngineReport {
  readonly name: string
  readonly available: boolean
  readonly reason: string | null
  readonly version: string | null
  readonly device: string | null
  readonly threads: number
  /** Whether it is a program that stands in for a graphics card. */
  readonly isSoftware: boolean
}

export interface Surroundings {
  readonly machine: Readonly<Record<string, string | number>>
  readonly versions: Readonly<Record<string, string>>
}

export interface CheckOptions {
  readonly model: Model
  readonly file: string
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
  readonly regularization: Regularization | null
  readonly engine: EngineChoice | 'all'
}

interface CheckErrors {
  readonly output: number
  readonly loss: number
  readonly regularization: number
  readonly gradients: number
}

export interface CheckResult {
  /** The reference's data loss and λ·regularisation. */
  readonly loss: number
  readonly regularization: number
  /** Largest error of each kind, relative to the largest value of its tensor (0 for a zero tensor). */
  readonly engines: Readonly<Record<string, CheckErrors>>
  /** The same without what the rounding of float32 outputs explains: what is held to limits. */
  readonly beyondRounding: Readonly<Record<string, CheckErrors>>
  /** What the first engine named computed, for `--out`. */
  readonly values: {
    readonly engine: string
    readonly rows: number
    readonly output: Float64Array
    readonly loss: number
    readonly regularization: number
    readonly gradients: readonly LayerTensors[]
  }
}

export interface PredictOptions {
  readonly model: Model
  readonly file: string
  readonly engine: EngineChoice
  /** The file's own columns to repeat in front. */
  readonly keep: 'all' | readonly string[]
  /** What the file calls columns of the model, where that is something else. */
  readonly rename?: Readonly<Record<string, string>>
  /** Of a workbook, where it is not the largest. */
  readonly sheet?: string
}

/** In how many rows something is so of a column. */
export interface ColumnCount {
  readonly column: string
  readonly count: number
}

/** A column that a model needs, and the one of a file that it is found in. */
export interface ColumnMatch {
  readonly column: string
  /** The file's name for it; null where it has none. */
  readonly found: string | null
  /** One that differs by case, spaces, `_` or `-` only: to be asked about; null where there is none, or none is needed. */
  readonly near: string | null
}

/** How far what was predicted is from the true values, where the file has them too. */
export interface Comparison {
  /** The file's column with the true values. */
  readonly column: string
  readonly unit: string | null
  /** Over the rows with a true value, in its own unit. */
  readonly figures: RegressionMetrics
}

/** How many rows of a classification got the class that the file says itself. */
export interface ClassComparison {
  /** The file's column of labels, or those with a class each. */
  readonly columns: readonly string[]
  /** Predicted rows with a true class. */
  readonly rows: number
  readonly right: number
  /** Labels that are none of the network's classes, as many as can be named; their rows count as wrong. */
  readonly strange: readonly string[]
}

export interface Prediction {
  /**
   * Names of the kept columns, then of the outputs, then `label` where there are labels. What is called as a kept column is
   * gets ` predicted`.
   */
  readonly header: readonly string[]
  /** Kept cells as they stand in the file, a column at a time. */
  readonly kept: readonly (readonly (string | null)[])[]
  /**
   * Outputs in the target's own units, of a classification the probabilities of its classes, a column at a time; NaN where a
   * row could not be predicted.
   */
  readonly outputs: readonly Float64Array[]
  /** Of a classification: the most probable class of each row, null where it could not be predicted. */
  readonly labels: readonly (string | null)[] | null
  /** One sentence for each row that could not be predicted, naming line and column. */
  readonly problems: readonly string[]
  /** Rows beyond the range of the training rows, and rows with a value that training did not have, by column; none is left out. */
  readonly outside: readonly ColumnCount[]
  readonly unseen: readonly ColumnCount[]
  /** Predicted rows in which a missing value was filled with the mean of the training rows, by column. */
  readonly filled: readonly ColumnCount[]
  /** A regression's, of each output whose column the file has. */
  readonly comparisons: readonly Comparison[]
  /** A classification's; null where the file does not have the classes. */
  readonly classified: ClassComparison | null
  /** How the table was understood, where a person should know, one sentence each. */
  readonly notes: readonly string[]
  /** As the table is written; as RFC 4180 says where it is no text. */
  readonly dialect: TextDialect
}

export interface ComputeCalls {
  /** Puts a model into the session, replacing the one there. `folder`: the run to take the optimiser's state from, if it fits. */
  open(model: Model, step: number, resume: string | null): Promise<Opened>
  /** Applies an edit between two steps. */
  edit(edit: EditRequest): Promise<EditResult>
  snapshot(): Promise<Snapshot>
  /** How a table begins and how it would be read, from its first lines alone. */
  previewTable(file: string, read: ReadOptions): Promise<TablePreview>
  /** Reads a whole table to say what is in it. */
  inspectTable(file: string, read?: ReadOptions): Promise<TableSummary>
  /** Rows from any place of a table, as text; fewer than `count` at its end. */
  tableRows(
    file: string,
    read: ReadOptions,
    from: number,
    count: number,
  ): Promise<readonly (readonly (string | null)[])[]>
  /** The inputs and targets that a choice gives, by name: each value of a category is an input. Reads the data, which are kept for `loadData`. */
  inputsOf(data: DataChoice): Promise<{ readonly inputs: readonly string[]; readonly targets: readonly string[] }>
  /**
   * Loads, splits and codes data for the session. The model's `preprocessing` wins over the choice's coding where the model was trained already.
   *
   * @param scored the rows whose loss is told while it trains; with `test` the two change places, whatever is asked of them
   */
  loadData(data: DataChoice, scored?: 'validation' | 'test'): Promise<DataSummary>
  /** Begins or goes on training and returns once it runs. The end comes as an event. */
  start(options: RunOptions): Promise<void>
  /** Trains exactly `count` more steps, then pauses. */
  step(options: RunOptions, count: number): Promise<void>
  /** Stops after the current stretch, evaluates, writes a checkpoint. */
  pause(): Promise<Snapshot>
  /** Learning rate, λ, batch size of the running training. */
  adjust(training: TrainingSettings): Promise<void>
  /** Current losses of the session's model on its data. */
  evaluate(): Promise<{ train: Metrics; validation: Metrics | null; test: Metrics | null }>
  /** How important every edge is, over all training rows. */
  importance(): Promise<readonly LayerImportance[]>
  /** What the network would lose with edges pruned and their means kept. Touches neither it nor its training. */
  pruneLoss(request: PruneLossRequest): Promise<PruneLoss>
  /** How well the network does on its rows, one by one. Costs training no more than its `milliseconds`, and its bits nothing. */
  results(request: ResultsRequest): Promise<Results>
  /** The table that the session's rows come from, and rows of any place of it. */
  dataTable(): Promise<DataTable>
  dataRows(from: number, count: number): Promise<readonly DataRow[]>
  /** The columns that are used, as they go with a target: every one in short, or one in full. */
  dataColumns(target: number): Promise<DataColumns>
  dataColumn(request: DataColumnRequest): Promise<DataColumnView>
  distribution(layer: number, input: number): Promise<Distribution>
  /** phi of an edge at points. */
  curve(layer: number, edge: EdgeIndex, points: Float64Array): Promise<Float64Array>
  acknowledge(sequence: number): void
  /** The edges whose curves are drawn: of a large network only their numbers are told while it trains. */
  watch(edges: readonly LayerEdges[]): void
  predict(options: PredictOptions): Promise<Prediction>
  /** Writes a table as a Parquet file, whole or not at all. */
  saveParquet(columns: readonly TableColumn[], file: string): Promise<void>
  /** Where a file has the columns that a model was trained on. */
  matchColumns(specification: Specification, file: string): Promise<readonly ColumnMatch[]>
  check(options: CheckOptions): Promise<CheckResult>
  engines(): Promise<readonly EngineReport[]>
  /** What the process runs on, as names and values; programs and their versions. */
  surroundings(): Promise<Surroundings>
  /** Operations a second that all cores together do at most; takes about a second. */
  peakOperations(): Promise<number>
  /** Measures one row of the benchmark. The peaks of memory are this process's: ask a fresh one. */
  benchmark(task: BenchTask): Promise<BenchMeasurement>
}

export interface ComputeEvents {
  telemetry(frame: TelemetryFrame): void
  /** Training ended by itself: all steps done, or diverged. */
  ended(result: RunResult | { readonly diverged: Divergence }): void
  /** A checkpoint was written to the run's folder: what of the session it holds. */
  checkpoint(saved: { readonly folder: string; readonly step: number; readonly revision: number }): void
  /** @param warning whether something could not be done that a person counts on, such as a checkpoint */
  log(line: string, warning?: boolean): void
  /** A long table is being read. @param share of it that was walked over, 1 when the walk is over */
  reading(share: number): void
}
