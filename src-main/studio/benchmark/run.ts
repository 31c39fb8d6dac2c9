/** How is a plan measured? Row after row in fresh processes, round by round, so that a drift of the machine meets all alike. */
import type { BenchEvent } from '../../../src-shared/benchmark/event'
import { misfitOf } from '../../../src-shared/benchmark/misfit'
import { type BenchPlan, commandOf } from '../../../src-shared/benchmark/plan'
import { type BenchCounts, type BenchReport, benchRow, type TIMES } from '../../../src-shared/benchmark/results'
import { type PlannedPeer, type PlannedRow, peersOf, type RowFacts, rowsOf } from '../../../src-shared/benchmark/tasks'
import { warningsOf } from '../../../src-shared/benchmark/warnings'
import type { EngineReport } from '../../../src-shared/contract/compute'
import type { Specification } from '../../../src-shared/kan/specification'
import { isUserError, UserError } from '../../../src-shared/user-error'
import { type Fresh, inFreshProcess, whereItRuns } from './fresh-process'
import { peerTurn } from './peer'

/** Rounds that the repetitions are spread over. */
const ROUNDS = 5

/** How long a peer may take for a turn, in milliseconds: a start, and so much a repetition. */
const PEER_START = 120_000
const PEER_REPETITION = 20_000

export interface BenchRunner extends Fresh {
  /** Whether commands of peers may be run for whoever asks. */
  readonly runsPeers: boolean
  readonly version: string
  readonly tell: (event: BenchEvent) => void
}

export interface OpenNetwork {
  readonly specification: Specification
  readonly file: string | null
}

/** What is known of a row so far. */
interface Found {
  readonly samples: Readonly<Record<(typeof TIMES)[number], number[]>>
  readonly counts: BenchCounts
}

/** One turn of a row. */
interface Turn extends Found {
  readonly otherCores: number | null
}

interface Runnable {
  readonly facts: RowFacts
  /** Why it cannot be measured. */
  readonly misfit: string | null
  readonly turn: (repetitions: number) => Promise<Turn>
}

/**
 * Measures until all is done or the signal says stop; rows measured until then are in the report. One that fails leaves the others.
 *
 * @throws UserError where there is nothing to measure
 */
export async function runBenchmark(
  plan: BenchPlan,
  open: OpenNetwork | null,
  runner: BenchRunner,
): Promise<BenchReport> {
  const { tell, signal } = runner
  const { engines, ...surroundings } = await surroundingsOf(runner)
  const rows = runnables(plan, open, runner, engines)
  if (rows.length === 0)
    throw new UserError('There is nothing to measure: choose a method and an engine that has it, or a peer.')
  const rounds = Math.min(ROUNDS, plan.repetitions)
  const report: Omit<BenchReport, 'rows' | 'failures' | 'warnings' | 'cancelled'> = {
    format: 1,
    plan,
    network: open === null ? null : { name: open.specification.name, file: open.file },
    command: commandOf(plan, open?.file ?? null),
    date: new Date().toISOString(),
    ...surroundings,
  }
  const found = new Map<string, Found>()
  const failures = new Map<string, string>()
  const seconds = new Map<string, number[]>()
  const otherCores: number[] = []
  const fail = (row: string, reason: string) => {
    failures.set(row, reason)
    found.delete(row)
    tell({ type: 'row-failed', row, reason })
  }
  tell({ type: 'started', title: plan.title, rows: rows.map(({ facts }) => facts), turns: rows.length * rounds })
  for (const { facts, misfit } of rows) if (misfit !== null) fail(facts.name, misfit)

  const order = (round: number) => {
    const left = rows.filter(({ facts }) => !failures.has(facts.name))
    // There and back: a drift that is steady favours nobody. The last time there, so that rows are done in their order.
    return (rounds - 1 - round) % 2 === 0 ? left : left.reverse()
  }
  const progress = () => {
    const left = rows.filter(({ facts }) => !failures.has(facts.name))
    return {
      turn: left.reduce((sum, { facts }) => sum + (seconds.get(facts.name)?.length ?? 0), 0),
      turns: rounds * left.length,
      remainingSeconds: remaining(left, rounds, seconds),
    }
  }
  for (let round = 0; round < rounds && !signal.aborted; round++) {
    const repetitions = share(plan.repetitions, rounds, round)
    for (const row of order(round)) {
      if (signal.aborted) break
      const { name } = row.facts
      tell({ type: 'turn-started', row: name, ...progress() })
      const begun = Date.now()
      try {
        const measured = await row.turn(repetitions)
        if (signal.aborted) break
        seconds.set(name, [...(seconds.get(name) ?? []), (Date.now() - begun) / 1000])
        if (measured.otherCores !== null) otherCores.push(measured.otherCores)
        const all = joined(found.get(name), measured)
        found.set(name, all)
        const finished = benchRow(row.facts, all.samples, all.counts)
        tell({ type: 'samples', row: finished, ...progress() })
        if (round === rounds - 1) tell({ type: 'row-done', row: finished })
      } catch (error) {
        if (signal.aborted) break
        // A fault of ours costs its row, and is for the terminal too.
        if (!isUserError(error)) console.error(error)
        fail(name, (error as Error).message)
      }
    }
  }
  const measured = rows.flatMap(({ facts }) => {
    const of = found.get(facts.name)
    return of === undefined ? [] : [benchRow(facts, of.samples, of.counts)]
  })
  return {
    ...report,
    rows: measured,
    failures: [...failures].map(([row, reason]) => ({ row, reason })),
    warnings: warningsOf(measured, otherCores),
    cancelled: signal.aborted,
  }
}

/** All rows of a plan, in turns of their own processes. */
function runnables(
  plan: BenchPlan,
  open: OpenNetwork | null,
  runner: BenchRunner,
  engines: readonly EngineReport[],
): readonly Runnable[] {
  const why = (name: string) => {
    const engine = engines.find((engine) => engine.name === name)
    if (engine === undefined) return `There is no engine ${name} here.`
    return engine.available ? null : (engine.reason ?? `The engine ${name} is not there.`)
  }
  return [
    ...rowsOf(plan, open?.specification ?? null).map((row) => ({
      facts: row,
      misfit: (row.engine === null ? null : why(row.engine)) ?? misfitOf(row.task),
      turn: (repetitions: number) => ownTurn(row, repetitions, runner),
    })),
    ...peersOf(plan).map((peer) => ({
      facts: peer,
      misfit: runner.runsPeers
        ? null
        : `The peer ${peer.name} is a program of this machine, which a page may not run: start the studio with --allow-peers, or use the desktop.`,
      turn: (repetitions: number) => othersTurn(peer, repetitions, plan.warmUp, runner),
    })),
  ]
}

async function ownTurn({ task, name }: PlannedRow, repetitions: number, runner: BenchRunner): Promise<Turn> {
  const { forward, backward, step, otherCores, ...counts } = await inFreshProcess(runner, name, (calls) =>
    calls.benchmark({ ...task, repetitions }),
  )
  return { samples: { forward: [...forward], backward: [...backward], step: [...step] }, counts, otherCores }
}

async function othersTurn(
  peer: PlannedPeer,
  repetitions: number,
  warmUp: number,
  { signal }: BenchRunner,
): Promise<Turn> {
  const limit = PEER_START + PEER_REPETITION * Math.min(repetitions, 1000)
  const { forward, backward, step, ...counts } = await peerTurn(peer, { repetitions, warmUp, limit, signal })
  return { samples: { forward, backward, step }, counts, otherCores: null }
}

async function surroundingsOf({ startCompute, version }: BenchRunner) {
  // Asked in any case: the report of a benchmark that was cancelled at once says where it ran, too.
  const asked = { startCompute, signal: new AbortController().signal }
  return inFreshProcess(asked, 'the machine', async (calls) => ({
    ...(await whereItRuns(calls, version)),
    peakOperations: await calls.peakOperations().catch(() => null),
  }))
}

function joined(before: Found | undefined, { samples, counts }: Found): Found {
  if (before === undefined) return { samples, counts }
  const most = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.max(one, other)
  return {
    samples: {
      forward: [...before.samples.forward, ...samples.forward],
      backward: [...before.samples.backward, ...samples.backward],
      step: [...before.samples.step, ...samples.step],
    },
    counts: {
      ...counts,
      forwardBytes: most(before.counts.forwardBytes, counts.forwardBytes),
      backwardBytes: most(before.counts.backwardBytes, counts.backwardBytes),
      deviceBytes: most(before.counts.deviceBytes, counts.deviceBytes),
    },
  }
}

/** Repetitions of a round, so that all rounds together have them all. */
function share(repetitions: number, rounds: number, round: number): number {
  return Math.floor(((round + 1) * repetitions) / rounds) - Math.floor((round * repetitions) / rounds)
}

/** By what turns took so far; of rows that had none, as long as those that had. */
function remaining(
  rows: readonly Runnable[],
  rounds: number,
  seconds: ReadonlyMap<string, readonly number[]>,
): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const known = [...seconds.values()].flat()
  if (known.length === 0) return null
  return rows.reduce((sum, { facts }) => {
    const own = seconds.get(facts.name) ?? []
    return sum + (rounds - own.length) * mean(own.length > 0 ? own : known)
  }, 0)
}
