/** What does a benchmark find? Times of every repetition, and where they were taken. */
import type { BenchPlan } from './plan'
import type { RowFacts } from './tasks'

/** What was measured of a row in one process; times in milliseconds, one a repetition. */
export interface BenchMeasurement {
  /** From the batch in memory to the loss; with the regulariser's sums where there is one. */
  readonly forward: Float64Array
  /** What all gradients take on top of that. */
  readonly backward: Float64Array
  /** One update by Adam: forward, backward and the update itself. */
  readonly step: Float64Array
  /** Peak above the idle process, in bytes, of running forward, and of both ways. */
  readonly forwardBytes: number
  readonly backwardBytes: number
  /** Held on a device with memory of its own, batch and network; null where the engine has none. */
  readonly deviceBytes: number | null
  readonly parameters: number
  readonly trainable: number
  /** Cores that other processes kept busy meanwhile, on average; null where it took too short to tell. */
  readonly otherCores: number | null
}

export const TIMES = ['forward', 'backward', 'step'] as const
type TimeName = (typeof TIMES)[number]

/** Times in milliseconds. */
export interface Spread {
  readonly mean: number
  readonly median: number
  /** Lower and upper quartile. */
  readonly lower: number
  readonly upper: number
}

export interface BenchRow extends RowFacts, Readonly<Record<TimeName, Spread>> {
  /** Every time in milliseconds, in the order of the repetitions. */
  readonly samples: Readonly<Record<TimeName, readonly number[]>>
  /** Null where a peer does not tell. */
  readonly forwardBytes: number | null
  readonly backwardBytes: number | null
  /** Null where the engine has no device with memory of its own, too. */
  readonly deviceBytes: number | null
  readonly parameters: number | null
  readonly trainable: number | null
}

/** What is counted of a row rather than timed. */
export type BenchCounts = Pick<BenchRow, 'forwardBytes' | 'backwardBytes' | 'deviceBytes' | 'parameters' | 'trainable'>

export interface BenchReport {
  readonly format: 1
  readonly plan: BenchPlan
  /** The open network that was measured too. */
  readonly network: { readonly name: string; readonly file: string | null } | null
  /** Makes it again. */
  readonly command: string
  /** When it was begun, ISO 8601. */
  readonly date: string
  /** What it ran on, as names and values: processor, memory, system. */
  readonly machine: Readonly<Record<string, string | number>>
  /** Programs and their versions. */
  readonly versions: Readonly<Record<string, string>>
  /** Floating point operations a second that the processor does at most, all cores together; null where it is not known. */
  readonly peakOperations: number | null
  readonly rows: readonly BenchRow[]
  /** Rows that could not be measured, and why. */
  readonly failures: readonly { readonly row: string; readonly reason: string }[]
  /** What makes its figures doubtful, a sentence each. */
  readonly warnings: readonly string[]
  /** Whether it was cancelled before all repetitions were done. */
  readonly cancelled: boolean
}

export function benchRow(
  { name, method, engine, threads, regularized, widths, batchSize }: RowFacts,
  samples: BenchRow['samples'],
  counts: BenchCounts,
): BenchRow {
  const { forward, backward, step } = samples
  return {
    ...{ name, method, engine, threads, regularized, widths, batchSize },
    ...{ forward: spreadOf(forward), backward: spreadOf(backward), step: spreadOf(step) },
    samples,
    ...counts,
  }
}

/** Quantiles lie between the two nearest values, in proportion (NumPy's default). */
export function spreadOf(times: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(times).sort()
  const quantile = (q: number) => {
    const at = q * (sorted.length - 1)
    const below = sorted[Math.floor(at)] ?? Number.NaN
    return below + (at % 1) * ((sorted[Math.ceil(at)] ?? Number.NaN) - below)
  }
  const mean = sorted.reduce((sum, time) => sum + time, 0) / sorted.length
  return { mean, median: quantile(0.5), lower: quantile(0.25), upper: quantile(0.75) }
}
