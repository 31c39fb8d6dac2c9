/** The benchmark as the window knows it: what is to be measured, what runs, and the report that is looked at. */
import { create } from 'zustand'
import type { BenchEvent } from '../../src-shared/benchmark/event'
import { type BenchPeer, planSchema } from '../../src-shared/benchmark/plan'
import {
  type RaceEvent,
  type RaceLine,
  type RaceReport,
  raceSchema,
  type Scored,
} from '../../src-shared/benchmark/race'
import { benchmarkOnly, isRace, type Report } from '../../src-shared/benchmark/report'
import type { BenchReport, BenchRow } from '../../src-shared/benchmark/results'
import type { Measure } from '../../src-shared/benchmark/scaling'
import type { KeptReport } from '../../src-shared/contract/studio'
import type { StudioClient } from '../state/client'
import { attempt, handleBenchmark, handleRace, useStudio } from '../state/studio'
import { showError, showNote } from '../ui/toasts'
import { nextOrder, type Order } from './columns'
import { type Draft, planOf } from './draft'
import { START } from './presets'

export type BenchView = 'setup' | 'figures' | 'scaling' | 'accuracy' | 'compare'

/** Another program, as this machine knows it. */
export interface Peer extends BenchPeer {
  /** Whether it is measured too. */
  readonly on: boolean
}

interface Running {
  /** The row whose turn it is. */
  readonly measuring: string | null
  readonly turn: number
  readonly turns: number
  readonly remainingSeconds: number | null
  readonly cancelling: boolean
}

/** What the table and the charts show: a report, or what is known of one that is being made. */
export interface Shown {
  readonly title: string
  /** Names of all rows in the order of the plan. */
  readonly names: readonly string[]
  readonly rows: readonly BenchRow[]
  readonly failures: readonly { readonly row: string; readonly reason: string }[]
  /** Null while it is being made. */
  readonly report: BenchReport | null
}

interface RaceState {
  /** Who trains now; null where nobody does. */
  readonly running: string | null
  readonly lines: readonly RaceLine[]
  /** Whose loss is drawn; null before anything is. */
  readonly scored: Scored | null
  /** Null while it runs. */
  readonly report: RaceReport | null
}

interface BenchState {
  readonly draft: Draft
  readonly peers: readonly Peer[]
  readonly view: BenchView
  readonly running: Running | null
  readonly race: RaceState
  /** As it is typed. */
  readonly raceSeconds: string
  readonly shown: Shown | null
  readonly kept: readonly KeptReport[]
  /** The kept report that `shown` is. */
  readonly id: string | null
  /** What the shown report is compared with. */
  readonly before: BenchReport | null
  /** The row that ratios are to. */
  readonly baseline: string | null
  readonly order: Order | null
  readonly logScale: boolean
  /** Which time the scaling is of. */
  readonly measure: Measure
}

const NO_RACE: RaceState = { running: null, lines: [], scored: null, report: null }

const PEERS_KEY = 'kan-studio.benchmark-peers'

export const useBench = create<BenchState>(() => ({
  draft: START,
  peers: keptPeers(),
  view: 'setup',
  running: null,
  race: NO_RACE,
  raceSeconds: '10',
  shown: null,
  kept: [],
  id: null,
  before: null,
  baseline: null,
  order: null,
  logScale: false,
  measure: 'step',
}))

const { setState: set, getState: get } = useBench

export const setDraft = (change: Partial<Draft>) => set(({ draft }) => ({ draft: { ...draft, ...change } }))

/** The engines to measure: those that a person chose, or every one that is worth it. */
export function enginesOf(draft: Draft): readonly string[] {
  const { info } = useStudio.getState()
  if (draft.engines.length > 0) return draft.engines
  const worth = (info?.engines ?? []).filter((one) => one.available && one.name !== 'reference' && !one.isSoftware)
  return worth.map(({ name }) => name)
}

/** The plan of the fields as they stand, or why there is none. */
export function planNow({ draft, peers }: Pick<BenchState, 'draft' | 'peers'>) {
  const chosen = peers.filter(({ on }) => on).map(({ name, command }) => ({ name, command }))
  return planOf({ ...draft, engines: enginesOf(draft) }, chosen)
}

const STARTING: Running = { measuring: null, turn: 0, turns: 0, remainingSeconds: null, cancelling: false }

export function run(): void {
  const { plan } = planNow(get())
  if (plan === null) return
  set({ running: STARTING })
  begin(
    (line) => line.startBenchmark(plan),
    () => set({ running: null }),
  )
}

/** Asks for what training makes way for, and takes back what was shown of it where it is refused. */
function begin(ask: (line: StudioClient) => Promise<void>, takeBack: () => void): void {
  const wasTraining = useStudio.getState().progress.state.type === 'running'
  void attempt(async (line) => {
    try {
      await ask(line)
    } catch (error) {
      takeBack()
      throw error
    }
    if (wasTraining) showNote('Training is paused while the benchmark runs: both at once would measure each other.')
  })
}

/** The race of what is set up, or why there can be none. */
export function raceNow(state: Pick<BenchState, 'draft' | 'peers' | 'raceSeconds'>) {
  const { plan, problem } = planNow(state)
  if (plan === null) return { plan, problem }
  const seconds = Number(state.raceSeconds)
  const methods = plan.methods.filter(({ type }) => type !== 'mlp')
  if (methods.length === 0)
    return { plan: null, problem: 'Choose splines, RBF, Chebyshev or the open network under Set up.' }
  const parsed = raceSchema.safeParse({ seconds, methods, engines: plan.engines })
  return parsed.success
    ? { plan: parsed.data, problem: null }
    : { plan: null, problem: 'Seconds each: a number from 1 to 3600.' }
}

export function startRace(): void {
  const { plan } = raceNow(get())
  if (plan === null) return
  const { race: before } = get()
  set({ view: 'accuracy', race: { ...NO_RACE, running: 'The first' }, running: STARTING })
  begin(
    (line) => line.startRace(plan),
    () => set({ running: null, race: before }),
  )
}

export function cancel(): void {
  const { running } = get()
  if (running === null) return
  set({ running: { ...running, cancelling: true } })
  void attempt((line) => line.cancelBenchmark())
}

/** Reads which reports are kept. */
export const readKept = () => attempt(async (line) => set({ kept: await line.benchmarkReports() }))

/** Shows a report that was kept. */
export const openReport = (id: string) =>
  attempt(async (line) => {
    const report = await line.benchmarkReport(id)
    if (isRace(report)) set({ race: racedIn(report), id, view: 'accuracy' })
    else set({ shown: shownOf(report), id, view: 'figures', baseline: null, order: null })
  })

/** Sets what the shown report is compared with. */
export const compareWith = (id: string) =>
  attempt(async (line) => set({ before: benchmarkOnly(await line.benchmarkReport(id)) }))

/** The report that is looked at: what an export takes along. Null where there is none, or not yet. */
export const lookedAt = ({ view, race, shown }: BenchState): Report | null =>
  view === 'accuracy' ? race.report : (shown?.report ?? null)

export const sortBy = (by: string) => set(({ order }) => ({ order: nextOrder(order, by) }))

export const toggleBaseline = (name: string) => set(({ baseline }) => ({ baseline: baseline === name ? null : name }))

export function setPeers(peers: readonly Peer[]): void {
  localStorage.setItem(PEERS_KEY, JSON.stringify(peers))
  set({ peers })
}

function keptPeers(): readonly Peer[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PEERS_KEY) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.flatMap((one: Partial<Peer>) => {
      const peer = planSchema.shape.peers.unwrap().element.safeParse({ name: one.name, command: one.command }).data
      return peer ? [{ ...peer, on: one.on === true }] : []
    })
  } catch {
    return []
  }
}

const racedIn = (report: RaceReport): RaceState => ({
  running: null,
  lines: report.lines,
  scored: report.scored,
  report,
})

const shownOf = (report: BenchReport): Shown => ({
  title: report.plan.title,
  names: [...report.rows.map(({ name }) => name), ...report.failures.map(({ row }) => row)],
  rows: report.rows,
  failures: report.failures,
  report,
})

/** Takes in what the studio tells of a benchmark. */
function take(event: BenchEvent): void {
  set(changed(get(), event))
  if (event.type !== 'ended') return
  if (event.problem !== null) showError(event.problem)
  else if (event.report.cancelled) showNote('The benchmark was cancelled: what was measured until then is kept.')
  void readKept()
}

function changed({ shown, running }: BenchState, event: BenchEvent): Partial<BenchState> {
  const cancelling = running?.cancelling ?? false
  switch (event.type) {
    case 'started': {
      const names = event.rows.map(({ name }) => name)
      return {
        shown: { title: event.title, names, rows: [], failures: [], report: null },
        ...{ id: null, view: 'figures', baseline: null, order: null },
        running: { measuring: null, turn: 0, turns: event.turns, remainingSeconds: null, cancelling },
      }
    }
    case 'turn-started':
      return { running: { ...progressOf(event), measuring: event.row, cancelling } }
    case 'samples':
      return {
        shown: shown && { ...shown, rows: withRow(shown, event.row) },
        running: { ...progressOf(event), measuring: null, cancelling },
      }
    case 'row-done':
      return { shown: shown && { ...shown, rows: withRow(shown, event.row) } }
    case 'row-failed':
      return {
        shown: shown && {
          ...shown,
          rows: shown.rows.filter(({ name }) => name !== event.row),
          failures: [...shown.failures, { row: event.row, reason: event.reason }],
        },
      }
    case 'ended':
      return { shown: shownOf(event.report), id: event.kept, running: null }
  }
}

const progressOf = ({ turn, turns, remainingSeconds }: Omit<Running, 'measuring' | 'cancelling'>) => ({
  turn,
  turns,
  remainingSeconds,
})

/** In the order of the plan. */
function withRow({ names, rows }: Shown, row: BenchRow): readonly BenchRow[] {
  const others = rows.filter(({ name }) => name !== row.name)
  return [...others, row].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
}

function takeRace(event: RaceEvent): void {
  const { running, race } = get()
  const cancelling = running?.cancelling ?? false
  switch (event.type) {
    case 'started':
      set({
        race: { ...NO_RACE, running: event.names[0] ?? null, scored: event.scored },
        running: { ...STARTING, turns: event.names.length, cancelling },
      })
      break
    case 'line': {
      const others = race.lines.filter(({ name }) => name !== event.line.name)
      set({
        race: { ...race, running: event.line.name, lines: [...others, event.line] },
        running: { ...(running ?? STARTING), turn: others.length },
      })
      break
    }
    case 'ended':
      set({ race: racedIn(event.report), id: event.kept, running: null })
      if (event.problem !== null) showError(event.problem)
      else if (event.report.cancelled) showNote('The race was cancelled: what is known until then is kept.')
      void readKept()
  }
}

handleBenchmark(take)
handleRace(takeRace)
