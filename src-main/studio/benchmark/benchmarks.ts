/** The studio's benchmark: at most one runs, beside the document, and everyone who watches hears of it. */
import type { BenchEvent } from '../../../src-shared/benchmark/event'
import type { BenchPlan } from '../../../src-shared/benchmark/plan'
import type { RaceEvent, RacePlan } from '../../../src-shared/benchmark/race'
import type { Report } from '../../../src-shared/benchmark/report'
import { benchSoFar, raceSoFar } from '../../../src-shared/benchmark/so-far'
import type { StudioEvents } from '../../../src-shared/contract/studio'
import { UserError } from '../../../src-shared/user-error'
import type { StartCompute } from '../session'
import type { Workspace } from '../workspace'
import { keepReport } from './kept'
import { runRace } from './race'
import { runBenchmark } from './run'

export interface BenchmarksOptions {
  readonly version: string
  readonly startCompute: StartCompute
  readonly runsPeers: boolean
}

export class Benchmarks {
  readonly #workspace: Workspace
  readonly #options: BenchmarksOptions
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null

  /** What a page that comes now must be told to know all. */
  #soFar: readonly BenchEvent[] = []
  #raceSoFar: readonly RaceEvent[] = []

  constructor(workspace: Workspace, options: BenchmarksOptions) {
    this.#workspace = workspace
    this.#options = options
  }

  async #makeWay(): Promise<void> {
    if (this.#running !== null) throw new UserError('A benchmark runs already: cancel it first.')
    const workspace = this.#workspace
    if (workspace.document.state.type !== 'running') return
    await workspace.pause()
    workspace.log('Training is paused: a benchmark runs.')
  }

  /** Throws UserError where one runs already or there is nothing to measure. */
  async start(plan: BenchPlan): Promise<void> {
    await this.#makeWay()
    const { snapshot, path } = this.#workspace.document
    const { startCompute, version, runsPeers } = this.#options
    await this.#run(
      (signal, began) =>
        runBenchmark(
          plan,
          { specification: snapshot.model.specification, file: path },
          {
            ...{ startCompute, version, runsPeers, signal },
            tell: (event) => {
              if (event.type === 'started') began()
              this.#tell(event)
            },
          },
        ),
      (report, kept) => this.#tell({ type: 'ended', report, ...kept }),
    )
  }

  /** Throws UserError where one runs already, or there are no data or no candidates. */
  async race(plan: RacePlan): Promise<void> {
    await this.#makeWay()
    const { data, training, snapshot } = this.#workspace.document
    if (data === null) throw new UserError('There are no data to race on: open a table first.')
    const { startCompute, version } = this.#options
    await this.#run(
      (signal, began) =>
        runRace(plan, {
          ...{ startCompute, version, signal, data, training },
          specification: snapshot.model.specification,
          tell: (event) => {
            if (event.type === 'started') began()
            this.#tellRace(event)
          },
        }),
      (report, kept) => this.#tellRace({ type: 'ended', report, ...kept }),
    )
  }

  /**
   * Resolves when it has begun; its report is kept when it ends. A plan that makes no sense is refused to whoever asked; what goes
   * wrong later is told to all.
   */
  async #run<R extends Report>(
    work: (signal: AbortSignal, began: () => void) => Promise<R>,
    tellEnd: (report: R, kept: { readonly kept: string | null; readonly problem: string | null }) => void,
  ): Promise<void> {
    const workspace = this.#workspace
    const cancel = new AbortController()
    await new Promise<void>((began, refused) => {
      const ended = work(cancel.signal, began)
        .then(async (report) => {
          const { id: kept, problem } = await keepReport(workspace.folder, report)
          this.#running = null
          tellEnd(report, { kept, problem })
        })
        .catch((error: Error) => {
          this.#running = null
          refused(error)
          workspace.log(error.message, true)
        })
      this.#running = { cancel, ended }
    })
  }

  /** Tells a page what it did not see of the benchmark or race that runs. */
  tellAgain({ benchmark, race }: Partial<StudioEvents>): void {
    for (const event of this.#soFar) benchmark?.(event)
    for (const event of this.#raceSoFar) race?.(event)
  }

  #tell(event: BenchEvent): void {
    this.#soFar = benchSoFar(this.#soFar, event)
    this.#workspace.pages.tell((events) => events.benchmark?.(event))
  }

  #tellRace(event: RaceEvent): void {
    this.#raceSoFar = raceSoFar(this.#raceSoFar, event)
    this.#workspace.pages.tell((events) => events.race?.(event))
  }

  /** Training beside it would measure both. Throws UserError. */
  refuseWhileRunning(): void {
    if (this.#running !== null) throw new UserError('A benchmark runs: cancel it first, or let it end.')
  }

  /** Resolves when it has ended; what was measured of it is told with its last event. */
  async cancel(): Promise<void> {
    this.#running?.cancel.abort()
    await this.#running?.ended
  }
}
