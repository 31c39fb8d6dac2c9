/** Which rows of two reports differ by more than chance? */
import { random } from '../numerics/random'
import { type BenchReport, type BenchRow, spreadOf, TIMES } from './results'

/** A difference is marked where both tests agree: chance alone makes so large a one in less than this share of cases … */
const LEVEL = 0.01
/** … and the interval of the ratio does not hold 1. */
const INTERVAL = 0.95
const RESAMPLES = 2000

export const TEST_NOTE =
  `Ratios are medians after over medians before, with the ${100 * INTERVAL} % interval of ${RESAMPLES} bootstrap samples. A difference is marked ` +
  `as significant where a two-sided Mann–Whitney test gives p < ${LEVEL} and the interval does not hold 1. Repetitions of one process are ` +
  `alike: small differences between two reports can be the machine's, so measure both in turns where they matter.`

export interface Ratio {
  /** Median after over median before. */
  readonly ratio: number
  readonly lower: number
  readonly upper: number
  /** Of a two-sided Mann–Whitney test. */
  readonly p: number
  readonly verdict: 'faster' | 'slower' | 'no difference'
}

interface ComparedRow extends Readonly<Record<(typeof TIMES)[number], Ratio>> {
  readonly name: string
  readonly before: BenchRow
  readonly after: BenchRow
}

export interface ComparedReports {
  readonly rows: readonly ComparedRow[]
  /** Names of rows that only one of them has. */
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
}

/** Rows are the same where name, widths and batch are. */
export function compareReports(before: Pick<BenchReport, 'rows'>, after: Pick<BenchReport, 'rows'>): ComparedReports {
  const keyOf = ({ name, widths, batchSize }: BenchRow) => `${name} ${widths.join('×')} ${batchSize}`
  const then = new Map(before.rows.map((row) => [keyOf(row), row]))
  const now = new Map(after.rows.map((row) => [keyOf(row), row]))
  return {
    rows: after.rows.flatMap((row): readonly ComparedRow[] => {
      const old = then.get(keyOf(row))
      if (old === undefined) return []
      const [forward, backward, step] = TIMES.map((time) => ratioOf(old.samples[time], row.samples[time]))
      if (forward === undefined || backward === undefined || step === undefined) return []
      return [{ name: row.name, before: old, after: row, forward, backward, step }]
    }),
    onlyBefore: before.rows.filter((row) => !now.has(keyOf(row))).map(({ name }) => name),
    onlyAfter: after.rows.filter((row) => !then.has(keyOf(row))).map(({ name }) => name),
  }
}

export function ratioOf(before: readonly number[], after: readonly number[]): Ratio {
  const ratio = spreadOf(after).median / spreadOf(before).median
  const [lower, upper] = bootstrap(before, after)
  const p = mannWhitney(before, after)
  const differs = p < LEVEL && (lower > 1 || upper < 1)
  return { ratio, lower, upper, p, verdict: !differs ? 'no difference' : ratio < 1 ? 'faster' : 'slower' }
}

/** The percentile interval of the ratio of medians. The same samples have the same interval. */
function bootstrap(before: readonly number[], after: readonly number[]): readonly [number, number] {
  const next = random(0, 'bootstrap')
  const resampled = (values: readonly number[]) =>
    spreadOf(Float64Array.from(values, () => values[Math.floor(next() * values.length)] ?? Number.NaN)).median
  const ratios = Float64Array.from({ length: RESAMPLES }, () => resampled(after) / resampled(before)).sort()
  const at = (q: number) => ratios[Math.round(q * (RESAMPLES - 1))] ?? Number.NaN
  return [at((1 - INTERVAL) / 2), at((1 + INTERVAL) / 2)]
}

/** p of the two-sided test: the normal approximation, corrected for ties and continuity. 1 where nothing can be told. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))]
  all.sort((x, y) => x.value - y.value)
  let [ranks, ties] = [0, 0]
  for (let from = 0; from < all.length; ) {
    let to = from + 1
    while (to < all.length && all[to]?.value === all[from]?.value) to++
    const [rank, size] = [(from + 1 + to) / 2, to - from]
    ranks += rank * all.slice(from, to).filter(({ first }) => first).length
    ties += size ** 3 - size
    from = to
  }
  const [n, m] = [a.length, b.length]
  const u = ranks - (n * (n + 1)) / 2
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  if (!(variance > 0)) return 1
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance)
  return Math.min(1, 2 * upperTail(z))
}

/** Of the normal distribution; Abramowitz and Stegun 26.2.17, wrong by less than 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
