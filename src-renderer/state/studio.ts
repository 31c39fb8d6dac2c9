/** The window's copy of the studio: what a person reads as text. Every change comes from the studio's answers and events. */
import { create } from 'zustand'
import type { BenchEvent } from '../../src-shared/benchmark/event'
import type { RaceEvent } from '../../src-shared/benchmark/race'
import type { RunResult } from '../../src-shared/contract/compute'
import type { DataChoice, EngineChoice, TrainingSettings } from '../../src-shared/contract/job'
import type { LibraryDoing, LibraryEvent } from '../../src-shared/contract/library'
import type { DocumentState, Edited, StudioEvents, StudioInfo } from '../../src-shared/contract/studio'
import {
  type BestStep,
  type ComputingEngine,
  type Divergence,
  type LayerEdges,
  POINT_COLUMNS,
  POINT_SIZE,
  type TelemetryFrame,
  type TrainingState,
} from '../../src-shared/contract/telemetry'
import type { EditRequest, ShapePoint } from '../../src-shared/kan/edits/edit'
import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'
import { formatCount, formatValue } from '../ui/format'
import { showError, showNote, showUndoable } from '../ui/toasts'
import { connect, type StudioClient } from './client'
import { doneWords } from './done'
import { Live } from './live'
import { expected } from './locks'
import { useUi } from './ui'

/** The document without what is drawn (that is in {@link live}). */
type OpenDocument = Omit<
  DocumentState,
  'parameters' | 'importance' | 'points' | 'state' | 'step' | 'best' | 'computeLost'
>

/** Training as the top bar tells it. */
interface Progress {
  readonly state: TrainingState
  readonly step: number
  /** Where training stops, or null before the first run. */
  readonly steps: number | null
  readonly stepsPerSecond: number
  /** On the training rows, without regularisation; NaN where it is not known. */
  readonly loss: number
  /** On the validation rows; NaN where there are none. */
  readonly validation: number
  /** What one can go back to; null where there is nothing. */
  readonly best: BestStep | null
  /** What computes; null where nothing does yet. */
  readonly engine: ComputingEngine | null
  /** Bytes that it holds. */
  readonly memory: number
}

interface StudioState {
  readonly connection: 'connecting' | 'open' | 'lost'
  readonly info: StudioInfo | null
  readonly document: OpenDocument | null
  /** Grows with each network that takes the place of one of another kind: what is on the screen is to be shown anew. */
  readonly opened: number
  readonly progress: Progress
  /** Why the compute process is gone, while it is. */
  readonly computeLost: string | null
  readonly log: readonly string[]
  /** What the installation of an engine's library is at, or why the last one came to nothing. */
  readonly library: { readonly doing: LibraryDoing | null; readonly problem: string | null }
  /** How much of a long table was walked over that is being read; 1 where none is. */
  readonly reading: number
}

const IDLE: Progress = {
  state: { type: 'idle' },
  step: 0,
  steps: null,
  stepsPerSecond: 0,
  loss: Number.NaN,
  validation: Number.NaN,
  best: null,
  engine: null,
  memory: 0,
}

export const useStudio = create<StudioState>(() => ({
  connection: 'connecting',
  info: null,
  document: null,
  opened: 0,
  progress: IDLE,
  computeLost: null,
  log: [],
  library: { doing: null, problem: null },
  reading: 1,
}))

export const live = new Live()

const { setState: set, getState: get } = useStudio
const LOG_LINES = 500
const TRAIN_LOSS = POINT_COLUMNS.indexOf('train_loss')
const VALIDATION_LOSS = POINT_COLUMNS.indexOf('validation_loss')

/** Handlers of the desktop's menu; set by the actions, which know what an id means. */
let onCommand: (id: string) => void = () => {}
export function handleCommands(handler: (id: string) => void): void {
  onCommand = handler
}

/** Hears of benchmarks; set by their panel, which knows what they mean. */
let onBenchmark: (event: BenchEvent) => void = () => {}
export function handleBenchmark(handler: (event: BenchEvent) => void): void {
  onBenchmark = handler
}

let onRace: (event: RaceEvent) => void = () => {}
export function handleRace(handler: (event: RaceEvent) => void): void {
  onRace = handler
}

let client: StudioClient | null = null
/** The line to the studio. Throws before {@link openStudio} has answered. */
export function studio(): StudioClient {
  if (client === null) throw new Error('the studio is not connected yet')
  return client
}

/** Opens the line and shows the studio's document. */
export async function openStudio(): Promise<void> {
  const line = await connect(events, () => set({ connection: 'lost' }))
  client = line
  const [info, document] = await Promise.all([line.info(), line.document()])
  show(document)
  set({ connection: 'open', info })
  await line.watchBenchmark()
}

/** Reads anew which files are recent and which recovery copies are left. */
export async function readInfo(line: StudioClient): Promise<void> {
  set({ info: await line.info() })
}

/** Runs a call and tells the person if it fails; nothing else is lost by a failure. */
export async function attempt(call: (line: StudioClient) => Promise<void>): Promise<void> {
  try {
    await call(studio())
  } catch (error) {
    showError(error)
  }
}

/** @param another whether it takes another's place, and is shown whole even where it looks the same */
export function show(document: DocumentState, another = false): void {
  const { parameters, importance, points, state, step, best, computeLost, ...rest } = document
  live.replace(parameters, importance, points)
  newest = null
  const { document: before, opened } = get()
  const isSame = !another && before !== null && isSameNetwork(before.specification, rest.specification)
  set({
    document: rest,
    opened: isSame ? opened : opened + 1,
    computeLost,
    progress: {
      ...IDLE,
      state,
      step,
      best,
      loss: lastFinite(TRAIN_LOSS),
      validation: lastFinite(VALIDATION_LOSS),
      engine: get().progress.engine,
      memory: get().progress.memory,
    },
  })
}

/** A network that was trained on, or read anew, is the same; one of other columns or layers is not. */
function isSameNetwork(a: Specification, b: Specification): boolean {
  const names = ({ inputs, outputs }: Specification) => [...inputs, ...outputs].map(({ name }) => name)
  const nodes = ({ layers }: Specification) => layers.map((layer) => layer.nodes)
  const of = (one: Specification) => JSON.stringify([one.name, names(one), nodes(one)])
  return of(a) === of(b)
}

/** Which edges' curves are drawn. */
export function watch(edges: readonly LayerEdges[]): void {
  studio().watch(edges).catch(showError)
}

/**
 * Asks for an edit. A lock or prune is shown at once: the answer waits for the end of a step.
 *
 * @param said what is to be told of it once it is done, where that is worth a note; what it did to the loss is told with it
 */
export const edit = (change: EditRequest, said: string | null = null) =>
  attempt(async (line) => {
    const { document } = get()
    const shown = document && expected(document.specification, change)
    if (document && shown) set({ document: { ...document, specification: shown } })
    try {
      confirm(await line.edit(change), said)
    } catch (error) {
      const { document: now } = get()
      if (document && now && now.specification === shown)
        set({ document: { ...now, specification: document.specification } })
      throw error
    }
  })

/** Bends an edge's curve; what has the same `stroke` is one step of undo. */
export const shape = (layer: number, edge: EdgeIndex, points: readonly ShapePoint[], stroke: string) =>
  attempt(async (line) => take(await line.shape(layer, edge, points, stroke)))

/** Puts the network that a text describes in the place of this one. @param said what is to be told of it */
export const pasteNetwork = (text: string, said: ((pasted: Specification) => string) | null = null) =>
  attempt(async (line) => {
    const pasted = await line.pasteNetwork(text)
    confirm(pasted, said?.(pasted.specification) ?? null)
  })

/** Trains, or pauses; the button turns at once. */
export const toggleTraining = () =>
  attempt(async (line) => {
    const { progress } = get()
    const running = progress.state.type === 'running'
    wish = running ? 'paused' : 'running'
    set({ progress: { ...progress, state: { type: wish } } })
    try {
      await (running ? line.pause() : line.start())
    } catch (error) {
      set({ progress: { ...get().progress, state: progress.state } })
      throw error
    } finally {
      wish = null
    }
  })

/** The state that was asked for and not answered yet: frames from before do not turn the button back. */
let wish: 'running' | 'paused' | null = null

function stateWished(state: TrainingState): TrainingState {
  const old = wish === 'paused' ? state.type === 'running' : state.type === 'idle' || state.type === 'paused'
  return wish !== null && old ? { type: wish } : state
}

export const undo = () => attempt(async (line) => take(await line.undo()))
/** Undoes or redoes until the document stands at a place of its history. */
export const goTo = (place: number) => attempt(async (line) => take(await line.goTo(place)))
export const redo = () => attempt(async (line) => take(await line.redo()))

export const reset = () => attempt(async (line) => take(await line.reset()))

export const setTraining = (change: Partial<TrainingSettings>, engine?: EngineChoice) =>
  attempt(async (line) => {
    const { document } = get()
    if (!document) return
    const training = { ...document.training, ...change }
    await line.setTraining(training, engine ?? document.engine)
    const { document: now } = get()
    if (now) set({ document: { ...now, training, engine: engine ?? now.engine } })
  })

/** Loads data and shows what the document has become. Rejects where they cannot be loaded: then nothing has changed. */
export async function chooseData(data: DataChoice): Promise<void> {
  show(await studio().chooseData(data))
}

/** Takes over an edit's outcome, and tells what is worth it of the edit, with the way back until something else is changed. */
function confirm(edited: Edited, said: string | null): void {
  take(edited)
  const { cost, undo: name, revision } = edited
  if ((said === null && cost === null) || get().document?.revision !== revision) return
  const close = showUndoable(`${doneWords(said ?? name ?? '', cost)}.`, () => void undo())
  const leave = useStudio.subscribe(({ document }) => {
    if (document?.revision === revision) return
    leave()
    close()
  })
}

/** Takes over an edit's outcome, unless a later one was there first. */
function take({ parameters, importance, step, ...change }: Edited): void {
  const { document, progress } = get()
  if (!document || change.revision < document.revision) return
  live.replace(parameters, importance)
  set({ document: { ...document, ...change }, progress: { ...progress, step } })
}

/** A frame's numbers go to the drawing at once, and to the text that a person reads ten times a second. */
function takeFrame(frame: TelemetryFrame): void {
  const { document, progress } = get()
  studio().acknowledge(frame.sequence).catch(showError)
  if (!document || frame.revision < document.revision) return
  live.take(frame)
  newest = frame
  const wait = readAt + TEXT_INTERVAL - performance.now()
  if (stateWished(frame.state).type !== progress.state.type || wait <= 0) read()
  // The last frame of all is read, too.
  else reading ??= window.setTimeout(read, wait)
}

const TEXT_INTERVAL = 100
let newest: TelemetryFrame | null = null
let readAt = Number.NEGATIVE_INFINITY
let reading: number | null = null

function read(): void {
  if (reading !== null) window.clearTimeout(reading)
  reading = null
  readAt = performance.now()
  const { document } = get()
  if (newest === null || !document || newest.revision < document.revision) return
  set({
    progress: {
      state: stateWished(newest.state),
      step: newest.step,
      steps: newest.steps,
      stepsPerSecond: newest.stepsPerSecond,
      loss: lastFinite(TRAIN_LOSS),
      validation: lastFinite(VALIDATION_LOSS),
      best: newest.best,
      engine: newest.engine,
      memory: newest.memory,
    },
  })
}

/** The newest value of a column that was evaluated. */
function lastFinite(column: number): number {
  for (let p = live.points.length - POINT_SIZE; p >= 0; p -= POINT_SIZE) {
    const value = live.points[p + column]
    if (value !== undefined && !Number.isNaN(value)) return value
  }
  return Number.NaN
}

const events: StudioEvents = {
  telemetry: takeFrame,
  ended(result: RunResult | { readonly diverged: Divergence }) {
    if ('diverged' in result) return
    log(
      `${formatCount(result.steps)} steps, loss ${formatValue(result.train.loss)}, ${formatCount(result.stepsPerSecond)} steps/s`,
    )
  },
  documentChanged(change) {
    const { document } = get()
    if (document) set({ document: { ...document, ...change } })
    // Another path is another recent file.
    if (document && change.path !== document.path) void attempt(readInfo)
  },
  documentReplaced: show,
  dataRead(data) {
    const { document } = get()
    if (document) set({ document: { ...document, ...data, dataAreComing: false } })
  },
  computeLost(message) {
    set({ computeLost: message, progress: { ...get().progress, state: { type: 'paused' } } })
  },
  command: (id) => onCommand(id),
  log(line, warning) {
    log(line)
    if (warning === true) showError(line)
  },
  reading: (share) => set({ reading: share }),
  benchmark: (event) => onBenchmark(event),
  race: (event) => onRace(event),
  library: takeLibrary,
}

function takeLibrary(event: LibraryEvent): void {
  const { info, library } = get()
  if (event.type === 'doing') {
    set({ library: { doing: event.doing, problem: null } })
    return
  }
  const { engines, problem } = event
  set({ library: { doing: null, problem }, ...(info && engines && { info: { ...info, engines } }) })
  // The dialog says it where it is open.
  if (useUi.getState().dialog?.type === 'library') return
  if (problem !== null) showError(problem)
  else if (library.doing !== null && engines?.some(({ name, available }) => name === 'tensorflow' && available))
    showNote('TensorFlow is installed: the menu of the engine has it.')
}

function log(line: string): void {
  set({ log: [...get().log.slice(1 - LOG_LINES), line] })
}

/** Brings the compute process back from its last checkpoint. */
export const resume = () => attempt(async (line) => show(await line.resumeFromCheckpoint()))
