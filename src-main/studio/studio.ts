/** The studio: one open document, its training and files, for whoever connects. The same behind every door. */
import { mkdir, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import type { EngineReport } from '../../src-shared/contract/compute'
import type { Menus } from '../../src-shared/contract/menu'
import type { DocumentState, Edited, StudioCalls, StudioEvents } from '../../src-shared/contract/studio'
import { UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { Benchmarks } from './benchmark/benchmarks'
import { listReports, readKept } from './benchmark/kept'
import { guarded } from './boundary'
import { adapt, chooseData, findData } from './data'
import { type Changed, change, goTo, paste, redo, reset, undo } from './editing'
import { keepUpload, listFiles } from './files'
import { freeIn, type Jail, jailIn } from './jail'
import { type Installer, Library } from './library'
import { writeNetwork } from './network-text'
import { askToLeave, openFile, openNew, openRecovered, type Rest, saveToLeave } from './opening'
import type { Page } from './pages'
import { Predicting } from './predicting'
import { Queue } from './queue'
import { RecoveryFolder } from './recovery'
import { keepRecovery } from './recovery-loop'
import { resumeFromCheckpoint } from './resuming'
import { save, withEnding } from './saving'
import type { StartCompute } from './session'
import { SettingsFile } from './settings'
import { setTraining, start, step } from './training'
import { documentReport } from './training-report'
import { type Dialogs, Workspace } from './workspace'

export interface StudioOptions {
  readonly version: string
  /** Where models, data and runs are; made if it is not there. */
  readonly folder: string
  /** Where recent files and recovery copies are kept. */
  readonly stateFolder: string
  /** Native dialogs; null is the browser's door, which reaches files inside the folder only. */
  readonly dialogs: Dialogs | null
  /** Shows the window's menus natively, where the door has such. */
  readonly showMenus?: (menus: Menus) => void
  readonly startCompute: StartCompute
  /** Whether a page may have commands run, as peers of a benchmark; by default where there are native dialogs. */
  readonly allowPeers?: boolean
  /** What installs an engine's library for a page; by default no page may change what is installed. */
  readonly installer?: Installer | null
  /** A `.kan` to open instead of the hello network, by its absolute path, wherever it lies. */
  readonly file?: string | null
}

interface Connection {
  readonly calls: StudioCalls
  close(): void
}

export interface Studio {
  /** Somebody who watches and calls: a window, a page, the desktop's frame. The newest sets telemetry's pace. */
  connect(events: Partial<StudioEvents>): Connection
  /** What a window's title says of the document. */
  status(): { readonly path: string | null; readonly name: string; readonly edited: boolean }
  /** Asks, where this door asks, about changes that are not saved, and saves them if wished; false is a wish to stay. */
  mayLeave(): Promise<boolean>
  /**
   * Ends training and the compute process.
   *
   * @param unsaved what becomes of changes that are not saved: kept to be offered at the next start, or given up
   */
  close(unsaved: 'keep' | 'discard'): Promise<void>
}

/** How long calls that are under way may hold up the studio's end, in milliseconds. */
const PATIENCE = 2000

/** Throws UserError where the folder cannot be used or the compute process cannot be started. */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  const { version, stateFolder, dialogs, startCompute } = options
  const folder = await realFolder(options.folder)
  const jail = dialogs === null ? jailIn(folder) : freeIn(folder)
  const settings = new SettingsFile(stateFolder)
  const recovery = new RecoveryFolder(stateFolder)
  const workspace = new Workspace({ folder, jail, settings, dialogs, startCompute })
  const queue = new Queue()
  const predicting = new Predicting(workspace)
  const runsPeers = options.allowPeers ?? dialogs !== null
  const benchmarks = new Benchmarks(workspace, { version, startCompute, runsPeers })
  const first = await (options.file ? openFile(workspace, options.file) : openNew(workspace))
  await first()
  const loop = keepRecovery(workspace, recovery, queue)
  let engines: readonly EngineReport[] | null = null
  const findEngines = async () => {
    engines = await workspace.document.session.call((calls) => calls.engines()).catch(() => null)
    return engines
  }
  const installer = options.installer ?? null
  const library = new Library({
    installer,
    findEngines,
    isTraining: () => workspace.document.state.type === 'running',
    tell: (event) => workspace.pages.tell((events) => events.library?.(event)),
  })

  /** What a page can call; what it changes is shown to the others. */
  function callsOf(page: Page): StudioCalls {
    const replaced = (task: () => Promise<void>): Promise<DocumentState> =>
      queue.run(async () => {
        await task()
        await workspace.pages.replaced(() => workspace.state(), page)
        return workspace.state()
      })
    const edited = (task: () => Promise<Changed>): Promise<Edited> =>
      queue.run(async () => {
        // The answer is about the network: whoever asked is shown the rest as everyone else is.
        const { further, cost } = await task()
        await workspace.pages.replaced(() => workspace.state(), further ? null : page)
        return { ...workspace.outcome(), cost }
      })
    const leaving = (task: () => Promise<Rest>) =>
      replaced(async () => {
        const answer = await askToLeave(workspace)
        if (answer === 'discard' || (answer === 'save' && (await saveToLeave(workspace)))) {
          // Next in the queue: whatever is asked for from now on finds the document whole.
          void queue.run(await task())
        }
      })
    return {
      async info() {
        return {
          version,
          door: dialogs === null ? 'browser' : 'desktop',
          folder,
          engines: engines ?? (await findEngines()) ?? [],
          mayInstall: installer !== null,
          recent: await recentFiles(settings, jail),
          recoveries: await recovery.list(),
        }
      },
      document: () => queue.run(() => workspace.state()),
      newDocument: () => leaving(() => openNew(workspace)),
      openDocument: (path) => leaving(async () => openFile(workspace, await jail.reading(path))),
      saveDocument: (path) =>
        queue.run(async () => {
          const target = path === null ? workspace.document.path : await jail.writing(withEnding(path))
          if (target === null) throw new UserError('The document has no file yet: choose where to save it.')
          const saved = await save(workspace, target)
          await loop.settle()
          return saved
        }),
      recover: (id) =>
        leaving(async () => {
          const { model, note } = await recovery.read(id)
          const rest = await openRecovered(workspace, model, note)
          await loop.settle()
          await recovery.discard(id)
          return rest
        }),
      discardRecovery: (id) => recovery.discard(id),
      async chooseFile(kind, suggestion) {
        if (dialogs === null) throw new UserError('The browser has no native dialogs: choose from the list of files.')
        return dialogs.chooseFile(kind, suggestion)
      },
      listFiles: (path, kind) => listFiles(jailIn(folder), path, kind),
      keepUpload: (name, bytes) => keepUpload(folder, name, bytes),
      edit: (edit) => edited(() => change(workspace, edit)),
      shape: (layer, edge, points, stroke) =>
        edited(() => change(workspace, { type: 'shape-edge', layer, edge, points }, stroke)),
      copyNetwork: async () => {
        const { model } = await workspace.document.session.call((calls) => calls.snapshot())
        return writeNetwork(model)
      },
      pasteNetwork: (text) => edited(() => paste(workspace, text)),
      undo: () => edited(() => undo(workspace)),
      redo: () => edited(() => redo(workspace)),
      history: async () => {
        const { history, step } = workspace.document
        history.trainedTo(step)
        return history.view
      },
      goTo: (place) => edited(() => goTo(workspace, place)),
      reset: () => edited(() => reset(workspace)),
      async previewTable(path, read) {
        const file = await jail.reading(path)
        return workspace.document.session.call((calls) => calls.previewTable(file, read))
      },
      async inspectTable(path, read) {
        const file = await jail.reading(path)
        return workspace.document.session.call((calls) => calls.inspectTable(file, read))
      },
      async tableRows(path, read, from, count) {
        const file = await jail.reading(path)
        return workspace.document.session.call((calls) => calls.tableRows(file, read, from, count))
      },
      chooseData: (data) => replaced(() => chooseData(workspace, data)),
      findData: (path) => replaced(() => findData(workspace, path)),
      adapt: () => replaced(() => adapt(workspace)),
      matchColumns: (file) => predicting.match(file),
      predictFile: (file, rename) => predicting.predict(file, rename),
      savePredictions: (id, file, keep) => predicting.save(id, file, keep),
      async savePicture(path, bytes) {
        if (!/\.(svg|png)$/i.test(path)) throw new UserError(`${path}: a picture's name ends with .svg or .png.`)
        const target = await jail.writing(path)
        await writeFileAtomic(target, bytes)
        return { path: target }
      },
      start: () =>
        queue.run(async () => {
          benchmarks.refuseWhileRunning()
          await start(workspace)
        }),
      pause: () => queue.run(() => workspace.pause()),
      step: () => queue.run(() => step(workspace)),
      setTraining: (training, engine) =>
        queue.run(async () => {
          await setTraining(workspace, training, engine)
          await workspace.pages.replaced(() => workspace.state(), page)
        }),
      resumeFromCheckpoint: () => replaced(() => resumeFromCheckpoint(workspace)),
      pruneLoss: (request) => workspace.document.session.call((calls) => calls.pruneLoss(request)),
      results: (request) => workspace.document.session.call((calls) => calls.results(request)),
      dataTable: () => workspace.document.session.call((calls) => calls.dataTable()),
      dataRows: (from, count) => workspace.document.session.call((calls) => calls.dataRows(from, count)),
      dataColumns: (target) => workspace.document.session.call((calls) => calls.dataColumns(target)),
      dataColumn: (request) => workspace.document.session.call((calls) => calls.dataColumn(request)),
      distribution: (layer, input) => workspace.document.session.call((calls) => calls.distribution(layer, input)),
      curve: (layer, edge, points) => workspace.document.session.call((calls) => calls.curve(layer, edge, points)),
      startBenchmark: (plan) => queue.run(() => benchmarks.start(plan)),
      startRace: (plan) => queue.run(() => benchmarks.race(plan)),
      cancelBenchmark: () => benchmarks.cancel(),
      watchBenchmark: async () => benchmarks.tellAgain(page.events),
      installLibrary: async (gpu) => library.install(gpu),
      cancelLibrary: () => library.cancel(),
      removeLibrary: () => queue.run(() => library.remove()),
      benchmarkReports: () => listReports(folder),
      benchmarkReport: (id) => readKept(folder, id),
      trainingReport: () => documentReport(workspace, version),
      async saveReport(path, text) {
        if (!/\.(csv|md|html|json|svg)$/i.test(path)) {
          throw new UserError(`${path}: a report's name ends with .csv, .md, .html, .json or .svg.`)
        }
        const target = await jail.writing(path)
        await writeFileAtomic(target, new TextEncoder().encode(text))
        return { path: target }
      },
      async showMenus(menus) {
        options.showMenus?.(menus)
      },
      acknowledge: (sequence) => workspace.pages.acknowledge(page, sequence),
      watch: (edges) => workspace.document.session.tell(async (calls) => calls.watch(edges)),
    }
  }

  return {
    connect(events) {
      const page = workspace.pages.add(events)
      return { calls: guarded(callsOf(page)), close: () => workspace.pages.remove(page) }
    },
    status: () => ({ path: workspace.document.path, name: workspace.name, edited: workspace.edited }),
    async mayLeave() {
      // Asked at once, whatever is under way; only saving waits for it.
      const answer = await askToLeave(workspace)
      return answer === 'save' ? queue.run(() => saveToLeave(workspace)) : answer === 'discard'
    },
    async close(unsaved) {
      loop.stop()
      await benchmarks.cancel()
      await library.cancel()
      // What takes long (a large table, a question that nobody answers) does not hold the end up: processes end under it.
      if (!(await queue.idleWithin(PATIENCE))) await workspace.stopSessions()
      // Whatever fails here, no process must stay behind.
      await workspace.pause().catch(() => {})
      await (unsaved === 'keep' ? loop.settle() : recovery.forget()).catch(() => {})
      recovery.release()
      await workspace.stopSessions()
    },
  }
}

async function realFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true })
    return await realpath(folder)
  } catch (error) {
    throw new UserError(`The studio's folder ${folder} cannot be used: ${(error as Error).message}.`, { cause: error })
  }
}

/** Recent files that are still there and that this door may open. */
async function recentFiles(settings: SettingsFile, jail: Jail) {
  const { recent } = await settings.read()
  const found = await Promise.all(recent.map((path) => jail.reading(path).catch(() => null)))
  return found.filter((path) => path !== null).map((path) => ({ path, name: basename(path) }))
}
