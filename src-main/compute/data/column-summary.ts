/** What a column is like: its type, how many different values it has, and the figures of its numbers. */
import type { ColumnSummary } from '../../../src-shared/contract/data'

const BINS = 32

/** Summarises the finite values of a column; `missing` is how many cells had no value. */
export function summarizeNumbers(name: string, values: Float64Array, missing = 0): ColumnSummary {
  const sorted = values.filter(Number.isFinite).sort()
  const min = sorted[0]
  const max = sorted[sorted.length - 1]
  const base = { name, type: 'number' as const, unit: null, missing, bad: 0, values: [], suspects: [] }
  if (min === undefined || max === undefined) {
    return { ...base, distinct: 0, min: null, max: null, mean: null, sum: null, histogram: [] }
  }
  const sum = sumOf(sorted)
  const histogram = histogramOf(sorted, min, max)
  return { ...base, distinct: distinctOf(sorted), min, max, mean: sum / sorted.length, sum, histogram }
}

const BOOLEAN = /^(true|false)$/i
/** ISO 8601, with or without a time of day. */
const DATE =
  /^\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$/

/** Summarises a column that is not of numbers by its different texts; `missing` is how many cells were empty. */
export function summarizeTexts(name: string, distinct: ReadonlySet<string>, missing: number): ColumnSummary {
  const texts = [...distinct]
  const all = (pattern: RegExp) => texts.length > 0 && texts.every((text) => pattern.test(text.trim()))
  const type = all(BOOLEAN) ? 'boolean' : all(DATE) ? 'date' : 'text'
  const figures = { min: null, max: null, mean: null, sum: null, histogram: [] }
  return { name, type, unit: null, missing, bad: 0, distinct: texts.length, ...figures, values: [], suspects: [] }
}

/** The sum of the values, or of a term of each, with the rounding errors of the additions added back (Neumaier 1974). */
export function sumOf(values: Float64Array, term = (value: number) => value): number {
  let sum = 0
  let lost = 0
  for (let k = 0; k < values.length; k++) {
    const value = term(values[k] as number)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return Number.isFinite(lost) ? sum + lost : sum
}

function distinctOf(sorted: Float64Array): number {
  let distinct = 0
  let last = Number.NaN
  for (const value of sorted) {
    if (value !== last) distinct++
    last = value
  }
  return distinct
}

/** Counts in equal bins from min to max; one bin where all values are the same, or too near each other to be told apart. */
function histogramOf(sorted: Float64Array, min: number, max: number): number[] {
  // Halves, so that a range wider than the largest number stays finite.
  const width = max / 2 - min / 2
  if (width === 0) return [sorted.length]
  const counts = new Array<number>(BINS).fill(0)
  for (const value of sorted) {
    const bin = Math.min(BINS - 1, Math.floor(((value / 2 - min / 2) / width) * BINS))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}
