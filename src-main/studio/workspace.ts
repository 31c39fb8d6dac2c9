/** The studio's table: the open document, who watches it, and the files around it. What all calls work on. */
import type { ComputeEvents, RunResult } from '../../src-shared/contract/compute'
import { drawingOf } from '../../src-shared/contract/drawing'
import { engineTitle } from '../../src-shared/contract/engine-titles'
import type { ChosenFile, DocumentState, Edited } from '../../src-shared/contract/studio'
import type { Divergence } from '../../src-shared/contract/telemetry'
import { UserError } from '../../src-shared/user-error'
import { type Beginning, createDocument, markOf, type OpenDocument, takeFrame, takeSnapshot } from './document'
import { importanceFits } from './importance'
import type { Jail } from './jail'
import { Pages } from './pages'
import { Session, type StartCompute } from './session'
import type { SettingsFile } from './settings'

/** Native dialogs of the desktop; the browser's door has none and its page asks by itself. */
export interface Dialogs {
  /** A path, or null when the person cancels. */
  chooseFile(kind: ChosenFile, suggestion: string): Promise<string | null>
  /** Whether to save the changes of the document before it goes. */
  askToSave(name: string): Promise<'save' | 'discard' | 'cancel'>
}

/** A checkpoint that the document's training wrote, by the numbers of its session. */
export interface Checkpoint {
  readonly folder: string
  readonly step: number
  readonly revision: number
}

export interface WorkspaceOptions {
  /** The studio's folder, absolute and real. */
  readonly folder: string
  readonly jail: Jail
  readonly settings: SettingsFile
  readonly dialogs: Dialogs | null
  readonly startCompute: StartCompute
}

export class Workspace {
  readonly folder: string
  readonly jail: Jail
  readonly settings: SettingsFile
  readonly dialogs: Dialogs | null
  readonly pages: Pages
  checkpoint: Checkpoint | null = null
  /** Whether training ran when the compute process was lost. */
  lostWhileRunning = false
  /** Why the document's compute process is gone, while it is. */
  computeLost: string | null = null
  readonly #startCompute: StartCompute
  /** The open document's and that of one which is being opened beside it. */
  readonly #sessions = new Set<Session>()
  #document: OpenDocument | null = null
  #told = ''

  constructor({ folder, jail, settings, dialogs, startCompute }: WorkspaceOptions) {
    this.folder = folder
    this.jail = jail
    this.settings = settings
    this.dialogs = dialogs
    this.#startCompute = startCompute
    this.pages = new Pages((sequence) => {
      this.#document?.session.tell(async (calls) => calls.acknowledge(sequence))
    })
  }

  get document(): OpenDocument {
    if (this.#document === null) throw new UserError('The studio is still starting: try again in a moment.')
    return this.#document
  }

  /** Whether closing the document would lose something. */
  get edited(): boolean {
    return markOf(this.document) !== this.document.saved
  }

  get name(): string {
    return this.document.snapshot.model.specification.name
  }

  /** A document with a process of its own, beside the open one: nothing is lost if it turns out to be no good. */
  prepare(beginning: Beginning): OpenDocument {
    const current = () => this.#document === document
    const events: ComputeEvents = {
      telemetry: (frame) => {
        const seen = takeFrame(document, frame)
        if (!current()) return session.tell(async (calls) => calls.acknowledge(frame.sequence))
        this.pages.telemetry(seen)
        this.tellChange()
      },
      ended: (result) => current() && this.#takeEnd(result),
      checkpoint: (saved) => {
        if (current()) this.checkpoint = saved
      },
      log: (line, warning) => this.log(line, warning),
      reading: (share) => current() && this.pages.tell((pageEvents) => pageEvents.reading?.(share)),
    }
    const session = new Session(this.#startCompute, events, (message) => current() && this.takeLoss(message))
    this.#sessions.add(session)
    const document = createDocument(beginning, session)
    return document
  }

  /** Ends a document's process; training stops with a checkpoint. */
  async stop({ session }: OpenDocument): Promise<void> {
    this.#sessions.delete(session)
    await session.stop()
  }

  /** Ends every process. Calls that wait for one are refused. */
  async stopSessions(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.stop()))
  }

  /** Puts a prepared document in the place of the open one. @returns the one before, whose process is still to be stopped */
  adopt(document: OpenDocument): OpenDocument | null {
    const before = this.#document
    this.#document = document
    this.checkpoint = null
    this.lostWhileRunning = false
    this.computeLost = null
    this.pages.forget()
    this.tellChange()
    return before
  }

  /** Brings the snapshot up to the session's model; it stays as it was last seen where the process is gone. */
  async look(): Promise<void> {
    const { document } = this
    if (document.session.alive && document.session.isOpen)
      takeSnapshot(document, await document.session.call((calls) => calls.snapshot()))
  }

  /** Stops training, if it runs, between two steps. */
  async pause(): Promise<void> {
    const { document } = this
    if (document.state.type !== 'running') return
    takeSnapshot(document, await document.session.call((calls) => calls.pause()))
    // Training may have ended by itself in the meantime, and then that is its state.
    if (document.state.type === 'running') document.state = { type: 'paused' }
    this.tellChange()
  }

  /** Everything that a fresh window shows. */
  async state(): Promise<DocumentState> {
    // A process that is lost meanwhile leaves what was last seen.
    await this.look().catch(() => {})
    const { path, data, dataSummary, dataProblem, dataAreComing, training, engine, points, state, best } = this.document
    return {
      ...this.outcome(),
      path,
      data,
      dataSummary,
      dataProblem,
      dataAreComing,
      training,
      engine,
      points: points.all,
      state,
      best,
      computeLost: this.computeLost,
    }
  }

  /** What an edit left behind, for the window that made it. */
  outcome(): Omit<Edited, 'cost'> {
    const { snapshot, importance, history } = this.document
    const { specification } = snapshot.model
    return {
      specification,
      parameters: snapshot.model.parameters.map(drawingOf),
      importance: importance && importanceFits(importance, specification) ? importance : null,
      revision: snapshot.revision,
      step: snapshot.step,
      edited: this.edited,
      undo: history.undo?.description ?? null,
      redo: history.redo?.description ?? null,
    }
  }

  /** The document is now as it stands in its file. */
  markSaved(): void {
    this.document.saved = markOf(this.document)
    this.tellChange()
  }

  /** Tells all pages where path, edited flag or undo labels differ from what they were told last. */
  tellChange(): void {
    const { path, history } = this.document
    const change = {
      path,
      edited: this.edited,
      undo: history.undo?.description ?? null,
      redo: history.redo?.description ?? null,
    }
    const text = JSON.stringify(change)
    if (text === this.#told) return
    this.#told = text
    this.pages.tell((events) => events.documentChanged?.(change))
  }

  /** Puts a file at the head of the recent ones; where that cannot be written the studio goes on. */
  async rememberRecent(path: string): Promise<void> {
    await this.settings.addRecent(path).catch((error: Error) => this.log(error.message))
  }

  /** Tells all pages what became of the data that were still to be read when the document was shown. */
  tellData(): void {
    const { dataSummary, dataProblem } = this.document
    this.pages.tell((events) => events.dataRead?.({ dataSummary, dataProblem }))
  }

  log(line: string, warning = false): void {
    this.pages.tell((events) => events.log?.(line, warning))
  }

  #takeEnd(result: RunResult | { readonly diverged: Divergence }): void {
    this.document.state = 'diverged' in result ? { type: 'diverged', ...result.diverged } : { type: 'finished' }
    this.pages.tell((events) => events.ended?.(result))
  }

  /** An engine of native code that the process was lost with while it trained: whoever resumes goes on without it. */
  get engineAtFault(): string | null {
    const { computing } = this.document
    return this.lostWhileRunning && computing !== null && NATIVE.has(computing) ? computing : null
  }

  /** The document's process is gone, or does not take its model: what is known of the network stays on the screen. */
  takeLoss(message: string): void {
    const { document } = this
    this.lostWhileRunning = document.state.type === 'running'
    if (this.lostWhileRunning) document.state = { type: 'paused' }
    const { engineAtFault } = this
    const told = engineAtFault === null ? message : `${message} ${withoutEngine(engineAtFault)}`
    this.computeLost = told
    this.pages.forget()
    this.pages.tell((events) => events.computeLost?.(told))
  }
}

/** Engines that compute by native code in the compute process, which a fault there takes along. */
const NATIVE: ReadonlySet<string> = new Set(['tensorflow', 'webgpu'])

const withoutEngine = (engine: string) =>
  `It computed with ${engineTitle(engine)}: resumed, training goes on with ${engineTitle('wasm')}.`
