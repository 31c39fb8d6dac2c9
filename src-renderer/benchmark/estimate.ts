/** About how long will a plan take? By what rows took on this machine before, or else by a guess. */

import { misfitOf } from '../../src-shared/benchmark/misfit'
import type { BenchPlan } from '../../src-shared/benchmark/plan'
import type { BenchRow } from '../../src-shared/benchmark/results'
import { MLP_WIDENING } from '../../src-shared/benchmark/subjects'
import { type PlannedRow, peersOf, rowsOf } from '../../src-shared/benchmark/tasks'
import { parameterCount } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'

/** Milliseconds of a step for each number and row, where nothing is known. */
const GUESS = 1e-7
/** The reference works in float64 and one value at a time. */
const REFERENCE = 30
/** A repetition is a forward pass, a pass both ways, and a step. */
const REPETITION = 2.3
/** Milliseconds to start a row's process, and how often it is started. */
const START = 700
const ROUNDS = 5

export interface Estimate {
  readonly rows: number
  readonly seconds: number
  /** Why some rows cannot be measured, the first reason. */
  readonly misfit: string | null
  readonly misfits: number
}

export function estimate(plan: BenchPlan, open: Specification | null, known: readonly BenchRow[]): Estimate {
  const rows = rowsOf(plan, open)
  const peers = peersOf(plan)
  const rounds = Math.min(ROUNDS, plan.repetitions)
  const runs = plan.repetitions + rounds * plan.warmUp
  const reasons = rows.map(({ task }) => misfitOf(task))
  const misfits = reasons.filter((reason) => reason !== null)
  const times = rows
    .filter((_, r) => reasons[r] === null)
    .map(({ engine, batchSize, task }) => {
      const like = known.filter((row) => row.engine === engine && (row.parameters ?? 0) > 0)
      const rate = like.length > 0 ? median(like.map(rateOf)) : engine === 'reference' ? GUESS * REFERENCE : GUESS
      return rounds * START + runs * REPETITION * rate * sizeOf(task) * batchSize
    })
  const mean = times.length > 0 ? sum(times) / times.length : START
  return {
    rows: rows.length + peers.length,
    seconds: (sum(times) + peers.length * mean) / 1000,
    misfit: misfits[0] ?? null,
    misfits: misfits.length,
  }
}

function rateOf({ step, parameters, batchSize }: BenchRow): number {
  return step.median / ((parameters ?? 1) * batchSize)
}

function sizeOf({ subject }: PlannedRow['task']): number {
  if (subject.type === 'network') return parameterCount(subject.specification)
  const { inputs, hidden } = subject.shape
  return MLP_WIDENING * hidden * (inputs + 2) + 1
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
