/** What does a row of the benchmark say? Figures of the repetitions, and where they were taken. */
import type { BenchSettings, Method } from './subjects'

/** A row to measure. */
export interface BenchTask extends BenchSettings {
  readonly method: Method
  readonly engine: string
  /** With better_kan's L1 and entropy. */
  readonly regularized: boolean
}

/** What was measured of one; times in milliseconds, one a repetition. */
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
  readonly parameters: number
  readonly trainable: number
}

/** Times in milliseconds. */
export interface Spread {
  readonly mean: number
  readonly median: number
  /** Lower and upper quartile. */
  readonly lower: number
  readonly upper: number
}

export interface BenchRow {
  /** METHOD-ENGINE, with `+l1` where it is regularised. */
  readonly name: string
  readonly forward: Spread
  readonly backward: Spread
  readonly step: Spread
  readonly forwardBytes: number
  readonly backwardBytes: number
  readonly parameters: number
  readonly trainable: number
}

export interface BenchReport {
  readonly settings: BenchSettings
  /** Makes it again. */
  readonly command: string
  /** When it was begun, ISO 8601. */
  readonly date: string
  /** What it ran on, as names and values: processor, memory, system. */
  readonly machine: Readonly<Record<string, string | number>>
  /** Programs and their versions. */
  readonly versions: Readonly<Record<string, string>>
  readonly rows: readonly BenchRow[]
}

export function rowName({ method, engine, regularized }: Pick<BenchTask, 'method' | 'engine' | 'regularized'>): string {
  return `${method}-${engine}${regularized ? '+l1' : ''}`
}

export function benchRow(name: string, { forward, backward, step, ...counts }: BenchMeasurement): BenchRow {
  return { name, forward: spreadOf(forward), backward: spreadOf(backward), step: spreadOf(step), ...counts }
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
