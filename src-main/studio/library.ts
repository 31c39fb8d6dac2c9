/** How is the library of an engine installed and removed from the window? One thing at a time, and everyone who watches hears of it. */
import type { EngineReport } from '../../src-shared/contract/compute'
import type { LibraryDoing, LibraryEvent } from '../../src-shared/contract/library'
import { isUserError, UserError } from '../../src-shared/user-error'

/** What does it on this machine; a test's needs no net. */
export interface Installer {
  install(options: {
    readonly gpu: boolean
    readonly signal: AbortSignal
    readonly report: (doing: LibraryDoing) => void
  }): Promise<unknown>
  remove(): Promise<unknown>
}

interface LibraryOptions {
  /** Null where a page may not change what is installed on this machine. */
  readonly installer: Installer | null
  readonly isTraining: () => boolean
  /** The engines that are there now; null where nobody can be asked. */
  readonly findEngines: () => Promise<readonly EngineReport[] | null>
  readonly tell: (event: LibraryEvent) => void
}

/** Between two tidings of how far it is, in milliseconds. */
const INTERVAL = 100

export class Library {
  readonly #options: LibraryOptions
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null

  constructor(options: LibraryOptions) {
    this.#options = options
  }

  /** Begins it; how it goes on and ends is told as events. Throws UserError. */
  install(gpu: boolean): void {
    const installer = this.#free()
    const cancel = new AbortController()
    this.#run(cancel, installer.install({ gpu, signal: cancel.signal, report: this.#reporter() }))
  }

  /** Throws UserError. */
  async remove(): Promise<void> {
    const installer = this.#free()
    if (this.#options.isTraining()) throw new UserError('Training runs, maybe on TensorFlow: pause it first.')
    await this.#run(new AbortController(), installer.remove())
  }

  /** Stops what runs, if anything does; what was loaded stays for the next time. */
  async cancel(): Promise<void> {
    this.#running?.cancel.abort()
    await this.#running?.ended
  }

  #free(): Installer {
    const { installer } = this.#options
    if (installer === null) {
      throw new UserError(
        'This page may not install programs: start the studio with --allow-install, or run `kan-studio engines install tensorflow`.',
      )
    }
    if (this.#running !== null) throw new UserError('TensorFlow is being installed or removed already.')
    return installer
  }

  #run(cancel: AbortController, work: Promise<unknown>): Promise<void> {
    const { findEngines, tell } = this.#options
    const ended = work
      .then(
        () => null,
        (error: unknown) => (cancel.signal.aborted ? null : sentenceOf(error)),
      )
      .then(async (problem) => {
        const engines = await findEngines()
        this.#running = null
        tell({ type: 'ended', engines, problem })
      })
    this.#running = { cancel, ended }
    return ended
  }

  /** Tells what it is at when that changes, and how far it is now and then. */
  #reporter(): (doing: LibraryDoing) => void {
    let told = ''
    let toldAt = 0
    return (doing) => {
      const now = performance.now()
      if (doing.what === told && now - toldAt < INTERVAL) return
      told = doing.what
      toldAt = now
      this.#options.tell({ type: 'doing', doing })
    }
  }
}

function sentenceOf(error: unknown): string {
  if (isUserError(error)) return error.message
  console.error(error)
  return `TensorFlow was not installed: ${error instanceof Error ? error.message : String(error)}`
}
