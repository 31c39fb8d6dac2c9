/** Calls and events between the window (or the browser's page) and the studio: birpc over Electron's IPC or a WebSocket. */
import type { BenchEvent } from '../benchmark/event'
import type { BenchPlan } from '../benchmark/plan'
import type { RaceEvent, RacePlan } from '../benchmark/race'
import type { Report } from '../benchmark/report'
import type { EditRequest, ShapePoint } from '../kan/edits/edit'
import type { EdgeIndex, Specification } from '../kan/specification'
import type { ColumnCount, ColumnMatch, EngineReport, Prediction, RunResult } from './compute'
import type { DataSummary, Distribution, TablePreview, TableSummary } from './data'
import type { DataColumnRequest, DataColumns, DataColumnView, DataRow, DataTable } from './data-view'
import type { DataChoice, EngineChoice, ReadOptions, TrainingSettings } from './job'
import type { LibraryEvent } from './library'
import type { Menus } from './menu'
import type { PruneLoss, PruneLossRequest, SplitLoss } from './pruning'
import type { Results, ResultsRequest } from './results'
import type {
  BestStep,
  Divergence,
  LayerDrawing,
  LayerEdges,
  LayerImportance,
  TelemetryFrame,
  TrainingState,
} from './telemetry'

/** Most bytes of a file that is dropped into the page; larger ones are copied into the folder by hand. */
export const UPLOAD_LIMIT = 256 * 2 ** 20

/** Everything that the window shows of the open document, for a fresh window as well as after `open`. */
export interface DocumentState {
  /** Absolute path of the `.kan`, or null before the first save. */
  readonly path: string | null
  readonly edited: boolean
  readonly specification: Specification
  readonly parameters: readonly LayerDrawing[]
  readonly importance: readonly LayerImportance[] | null
  readonly revision: number
  readonly step: number
  readonly data: DataChoice | null
  readonly dataSummary: DataSummary | null
  /**
   * Why the chosen data could not be loaded, or that their file has changed since the document was saved, in a sentence: then
   * there is a `dataSummary` all the same. Null where all is well or none was chosen.
   */
  readonly dataProblem: string | null
  /** Whether they are still being read; {@link StudioEvents.dataRead} tells what became of them. */
  readonly dataAreComing: boolean
  readonly training: TrainingSettings
  readonly engine: EngineChoice
  /** The points of the run so far, POINT_SIZE values each. */
  readonly points: Float64Array
  readonly state: TrainingState
  /** What one can go back to; null where there is nothing. */
  readonly best: BestStep | null
  /** Why the compute process is gone and what can be done; null while it is there. */
  readonly computeLost: string | null
  /** What undo and redo would do, as a person reads it ("Prune edge x → h2"); null where there is nothing. */
  readonly undo: string | null
  readonly redo: string | null
}

/** An edit's outcome as the window needs it. */
export interface Edited {
  readonly specification: Specification
  readonly parameters: readonly LayerDrawing[]
  readonly importance: readonly LayerImportance[] | null
  readonly revision: number
  readonly step: number
  readonly edited: boolean
  /** Whether there is something to undo or redo, and what it is called. */
  readonly undo: string | null
  readonly redo: string | null
  /** What it did to the loss, of a person's edit of which that cannot be foreseen; null for all else. */
  readonly cost: SplitLoss | null
}

/** Every change that can be taken back or made again. */
export interface HistoryView {
  /** The place before the oldest change that is kept: 0 is the document as it was opened. */
  readonly bottom: PlaceInHistory
  /** From the oldest to the newest; a step's place is the document right after it. */
  readonly steps: readonly (PlaceInHistory & { readonly description: string })[]
  /** Where the document stands: at the bottom or at a step. */
  readonly place: number
  /** The network's step up to which `trained` counts. */
  readonly step: number
}

interface PlaceInHistory {
  readonly place: number
  /** Steps that the network was trained while it stood here. Training is no change: nothing takes it back. */
  readonly trained: number
}

interface RecentFile {
  readonly path: string
  readonly name: string
}

export interface Recovery {
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

export interface FileEntry {
  readonly name: string
  readonly path: string
  readonly folder: boolean
  readonly modifiedAt: number
}

/** A network as text for the clipboard. */
export interface CopiedNetwork {
  readonly text: string
  /** Whether its numbers are in it too: too many would be more than a clipboard takes. */
  readonly complete: boolean
  /** How many numbers it has. */
  readonly parameters: number
}

/** What this door can do: a browser has no native dialogs, Electron has. */
export interface StudioInfo {
  readonly version: string
  readonly door: 'desktop' | 'browser'
  readonly folder: string
  readonly engines: readonly EngineReport[]
  /** Whether this door lets a page install the library that an engine needs. */
  readonly mayInstall: boolean
  readonly recent: readonly RecentFile[]
  readonly recoveries: readonly Recovery[]
}

/** Where a table has the columns that the open network needs. */
export interface MatchedFile {
  /** Absolute path. */
  readonly file: string
  /** The table's columns. */
  readonly columns: readonly string[]
  /** Its first rows as they stand in it. */
  readonly head: readonly (readonly (string | null)[])[]
  readonly matches: readonly ColumnMatch[]
}

/** What the network says about a table, as it is shown before it is saved. */
export interface PredictedFile {
  /** What {@link StudioCalls.savePredictions} names it by. */
  readonly id: number
  readonly rows: number
  /** Names of what was predicted: the outputs, of a classification `label` too. */
  readonly header: readonly string[]
  /** Of the first rows: what was predicted, null where it could not be. */
  readonly head: readonly (readonly (number | string | null)[])[]
  readonly problems: Prediction['problems']
  /** Rows that could not be predicted; the first of them are in `problems`. */
  readonly unpredicted: number
  /** As {@link Prediction} has them; empty where that is not known. */
  readonly outside: readonly ColumnCount[]
  readonly unseen: readonly ColumnCount[]
  readonly filled: readonly ColumnCount[]
  readonly comparisons: Prediction['comparisons']
  readonly classified: Prediction['classified']
  /** How the table was understood, where a person should know, one sentence each. */
  readonly notes: readonly string[]
}

/** What the table calls columns of the network, where that is something else. */
export type Renamed = Readonly<Record<string, string>>

/** What a native dialog is to choose. */
export type ChosenFile = 'open-model' | 'save-model' | 'open-data' | 'save-data' | 'save-picture' | 'save-report'

/** A benchmark's or a race's report in the studio's folder. */
export interface KeptReport {
  readonly id: string
  readonly kind: 'benchmark' | 'race'
  readonly title: string
  /** When it was begun, ISO 8601. */
  readonly date: string
  /** Rows that were measured, candidates that ran. */
  readonly rows: number
  readonly cancelled: boolean
}

export interface StudioCalls {
  info(): Promise<StudioInfo>
  /** The open document; the hello network at first. */
  document(): Promise<DocumentState>
  newDocument(): Promise<DocumentState>
  openDocument(path: string): Promise<DocumentState>
  /** Saves to the path, or to the document's own when null. */
  saveDocument(path: string | null): Promise<{ path: string }>
  /** Puts a recovery copy back as the open, edited document. */
  recover(id: string): Promise<DocumentState>
  discardRecovery(id: string): Promise<void>
  /** Native dialogs (desktop); null when the person cancels. */
  chooseFile(kind: ChosenFile, suggestion: string): Promise<string | null>
  /** The browser's file list: folders and files that fit, inside the studio's folder only. */
  listFiles(folder: string, kind: 'model' | 'data'): Promise<readonly FileEntry[]>
  /** Keeps a file that was dropped into the page under `data/` of the studio's folder and returns its path. */
  keepUpload(name: string, bytes: Uint8Array): Promise<string>

  edit(edit: EditRequest): Promise<Edited>
  /** Bends an edge's curve, as the edit `shape-edge` does; the calls of one stroke (any name of it) are one step of undo. */
  shape(layer: number, edge: EdgeIndex, points: readonly ShapePoint[], stroke: string): Promise<Edited>
  /** The network as it is now. */
  copyNetwork(): Promise<CopiedNetwork>
  /** Puts a copied network, or a design as JSON, in the place of this one; inputs and outputs stay. One step of undo. */
  pasteNetwork(text: string): Promise<Edited>
  undo(): Promise<Edited>
  redo(): Promise<Edited>
  history(): Promise<HistoryView>
  /** Takes changes back or makes them again, one by one, until the document stands at a place of its history. */
  goTo(place: number): Promise<Edited>

  previewTable(path: string, read: ReadOptions): Promise<TablePreview>
  inspectTable(path: string, read: ReadOptions): Promise<TableSummary>
  tableRows(
    path: string,
    read: ReadOptions,
    from: number,
    count: number,
  ): Promise<readonly (readonly (string | null)[])[]>
  /** Loads data, and fits the network to their columns where those differ: one undo takes both back. */
  chooseData(data: DataChoice): Promise<DocumentState>
  /** Chooses the document's data anew from another file, or from the same as it is now; columns, coding and split stay. */
  findData(path: string): Promise<DocumentState>
  /** Fits the network to the document's own data, where `misfitOf` says that they do not match. */
  adapt(): Promise<DocumentState>

  /** Whether a table has the columns that the open network needs. */
  matchColumns(path: string): Promise<MatchedFile>
  /** Predicts the rows of a table with the open network as it is now. */
  predictFile(path: string, rename: Renamed): Promise<PredictedFile>
  /** Writes what was shown of one of the last few predicted files, with columns of the table in front: as Parquet or CSV, by the path's ending. */
  savePredictions(id: number, path: string, keep: 'all' | readonly string[]): Promise<{ path: string }>

  /** Writes a picture of the network, SVG or PNG by the path's ending. */
  savePicture(path: string, bytes: Uint8Array): Promise<{ path: string }>

  start(): Promise<void>
  pause(): Promise<void>
  step(): Promise<void>
  /** Back to the first parameters of the seed; undo brings the trained ones back. */
  reset(): Promise<Edited>
  setTraining(training: TrainingSettings, engine: EngineChoice): Promise<void>
  /** Starts the compute process again from the last checkpoint after it died, or from the last good state after a divergence. */
  resumeFromCheckpoint(): Promise<DocumentState>

  /** What the network would lose with edges pruned and their means kept; asked while a slider moves, and while it trains. */
  pruneLoss(request: PruneLossRequest): Promise<PruneLoss>
  /** How well the network does, row by row; asked again and again while training runs. */
  results(request: ResultsRequest): Promise<Results>
  /** The table that the document's rows come from, and rows of any place of it. */
  dataTable(): Promise<DataTable>
  dataRows(from: number, count: number): Promise<readonly DataRow[]>
  /** The columns that are used, as they go with a target: every one in short, or one in full. */
  dataColumns(target: number): Promise<DataColumns>
  dataColumn(request: DataColumnRequest): Promise<DataColumnView>
  distribution(layer: number, input: number): Promise<Distribution>
  curve(layer: number, edge: EdgeIndex, points: Float64Array): Promise<Float64Array>
  /**
   * Begins to measure a plan and returns once it runs; training is paused. What it finds comes as `benchmark` events, the
   * report with the last one. One benchmark runs at a time.
   */
  startBenchmark(plan: BenchPlan): Promise<void>
  /**
   * Begins to train candidates on the open data, one after the other for the same seconds, and returns once the first runs.
   * How they do comes as `race` events. It counts as a benchmark: one at a time, cancelled likewise.
   */
  startRace(plan: RacePlan): Promise<void>
  /** Ends the benchmark that runs, if any, and keeps the rows measured so far. */
  cancelBenchmark(): Promise<void>
  /** Tells this page, as events, what is known of a benchmark or race that began before it came. */
  watchBenchmark(): Promise<void>
  /**
   * Begins to install TensorFlow and returns; how it goes on and ends comes as `library` events.
   *
   * @param gpu for NVIDIA cards, with CUDA
   */
  installLibrary(gpu: boolean): Promise<void>
  /** Stops that, if it runs; what was loaded stays, and goes on the next time. */
  cancelLibrary(): Promise<void>
  /** Deletes TensorFlow; a `library` event tells the end. Refused while it trains. */
  removeLibrary(): Promise<void>
  /** Reports that were kept, the newest first, and one of them. */
  benchmarkReports(): Promise<readonly KeptReport[]>
  benchmarkReport(id: string): Promise<Report>
  /** The open network's training as a page that stands by itself: settings, curves, network, scores, predictions. */
  trainingReport(): Promise<string>
  /** Writes a report as a file: .csv, .md, .html, .json or .svg. */
  saveReport(path: string, text: string): Promise<{ path: string }>
  /** What the menus say now, for the door that has a menu of its own (desktop): its items come back as `command`. */
  showMenus(menus: Menus): Promise<void>
  acknowledge(sequence: number): void
  /** The edges whose curves are in sight: of a large network only their numbers are told while it trains. */
  watch(edges: readonly LayerEdges[]): void
}

export interface StudioEvents {
  telemetry(frame: TelemetryFrame): void
  ended(result: RunResult | { readonly diverged: Divergence }): void
  /** Path, edited flag or undo labels changed. */
  documentChanged(change: { path: string | null; edited: boolean; undo: string | null; redo: string | null }): void
  /**
   * The whole document is another: from outside the page (a menu's Open, a second start with a file), or because what was
   * undone reaches beyond the network (its run, its data).
   */
  documentReplaced(document: DocumentState): void
  /** The data of a document that was shown before they were read, or why there are none. */
  dataRead(data: Pick<DocumentState, 'dataSummary' | 'dataProblem'>): void
  /** The compute process died: what happened and that the last checkpoint can be resumed. */
  computeLost(message: string): void
  /** A menu item of the desktop window. */
  command(id: string): void
  /** @param warning whether it must be seen, not only kept */
  log(line: string, warning?: boolean): void
  /** A long table is being read. @param share of it that was walked over, 1 when the walk is over */
  reading(share: number): void
  /** What a benchmark does and finds. */
  benchmark(event: BenchEvent): void
  /** How far TensorFlow's installation or removal is, and that it has ended. */
  library(event: LibraryEvent): void
  /** How the candidates of a race do. */
  race(event: RaceEvent): void
}
