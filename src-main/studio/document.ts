/** The open document: a network with its session, its data and settings, and what is known of them without asking. */
import type { Snapshot } from '../../src-shared/contract/compute'
import type { DataSummary } from '../../src-shared/contract/data'
import type { DataChoice, EngineChoice, TrainingSettings } from '../../src-shared/contract/job'
import type { BestStep, LayerImportance, TelemetryFrame, TrainingState } from '../../src-shared/contract/telemetry'
import type { Model } from '../../src-shared/kan/parameters'
import type { Fingerprint } from '../../src-shared/kan/specification'
import { Points } from './points'
import type { Run } from './runs'
import type { Session } from './session'
import { UndoHistory } from './undo'

export interface OpenDocument {
  readonly session: Session
  /** Absolute path of the `.kan`, or null before the first save. */
  path: string | null
  /** The session's model when it was last seen. */
  snapshot: Snapshot
  /** The model when ▶ was pressed last, or edited since: what a training that diverges can always go back to. */
  fallback: Snapshot
  /** Updates done: newer than the snapshot while training runs. */
  step: number
  importance: readonly LayerImportance[] | null
  data: DataChoice | null
  dataSummary: DataSummary | null
  dataProblem: string | null
  /** Whether they are still being read: the document is shown before. */
  dataAreComing: boolean
  /** What the file of the data was when the document was saved; null where that is not known, or other data were chosen since. */
  trainedOn: Fingerprint | null
  training: TrainingSettings
  engine: EngineChoice
  /** The engine that the network was compiled for when it was last told of; null where it is not. */
  computing: string | null
  run: Run | null
  readonly points: Points
  readonly history: UndoHistory
  state: TrainingState
  /** What one can go back to, as the session last told it. */
  best: BestStep | null
  /** What it was like when it was last saved, opened or made. */
  saved: string
}

/** What a document is made of before it has a session. */
export interface Beginning {
  readonly model: Model
  readonly step: number
  readonly path: string | null
  readonly data: DataChoice | null
  /** Why the data cannot be loaded, where that is known already. */
  readonly dataProblem: string | null
  /** What the file of the data was when the document was saved; null where that is not known. */
  readonly trainedOn: Fingerprint | null
  readonly training: TrainingSettings
  readonly engine: EngineChoice
}

export function createDocument({ model, step, ...rest }: Beginning, session: Session): OpenDocument {
  const document: OpenDocument = {
    ...rest,
    session,
    snapshot: { model, revision: 0, step },
    fallback: { model, revision: 0, step },
    step,
    importance: null,
    dataSummary: null,
    dataAreComing: false,
    computing: null,
    run: null,
    points: new Points(),
    history: new UndoHistory(step),
    state: { type: 'idle' },
    best: null,
    saved: '',
  }
  document.saved = markOf(document)
  return document
}

/** Equal for two moments of a document between which nothing was changed that a file holds. */
export function markOf({ history, step, data, training, engine }: OpenDocument): string {
  return JSON.stringify([history.place, step, data, training, engine])
}

/** Remembers what the session's model has become. */
export function takeSnapshot(document: OpenDocument, { model, revision, step }: Snapshot): void {
  document.snapshot = { model, revision, step }
  document.step = step
}

/** Takes over what a frame tells, and returns it as pages should see it. */
export function takeFrame(document: OpenDocument, frame: TelemetryFrame): TelemetryFrame {
  document.step = frame.step
  document.computing = frame.engine?.name ?? null
  // Only a running training changes its state by itself; anything else the studio has decided and knows better.
  if (frame.state.type === 'running' || document.state.type === 'running') document.state = frame.state
  // An edit's first scores may be here before the answer to the edit itself.
  if (frame.importance && frame.revision >= document.snapshot.revision) document.importance = frame.importance
  if (frame.revision >= document.snapshot.revision) document.best = frame.best
  document.points.append(frame.points)
  return { ...frame, state: document.state }
}
