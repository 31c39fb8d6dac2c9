/** What a column is like: how many different values it has, the figures of its numbers, its likely codes for missing. */
import type { ColumnSummary, TextCount } from '../../../../src-shared/contract/data'
import { countDistinct } from './distinct'
import type { ReadColumn } from './read-columns'

const BINS = 32
const VALUES = 50

/** Summarises a column that was read from a table. */
export function summarizeColumn(column: ReadColumn): ColumnSummary {
  const { name, type, unit, missing, values, texts, problems } = column
  const figures = values === null ? NO_FIGURES : figuresOf(values)
  const suspects = type === 'number' && values !== null ? outlyingCodes(values, figures) : []
  return {
    name,
    type,
    unit,
    missing,
    bad: problems.reduce((sum, { count }) => sum + count, 0),
    ...figures,
    distinct: values === null ? distinctTexts(column) : figures.distinct,
    values: texts !== null && (type === 'text' || type === 'boolean') ? frequentTexts(texts) : [],
    suspects: [...column.suspects, ...suspects],
  }
}

/** Summarises the finite values of a column; `missing` is how many cells had no value. */
export function summarizeNumbers(name: string, values: Float64Array, missing = 0): ColumnSummary {
  return { name, type: 'number', unit: null, missing, bad: 0, ...figuresOf(values), values: [], suspects: [] }
}

type Figures = Pick<ColumnSummary, 'distinct' | 'min' | 'max' | 'mean' | 'sum' | 'histogram'>

/** Of numbers that were inspected, for when they are loaded. Those of few rows are counted again in less than they take to keep. */
const MANY_ROWS = 4096
const known = new WeakMap<Float64Array, Figures>()

const NO_FIGURES: Figures = { distinct: 0, min: null, max: null, mean: null, sum: null, histogram: [] }

function figuresOf(values: Float64Array): Figures {
  if (values.length < MANY_ROWS) return count(values)
  const figures = known.get(values) ?? count(values)
  known.set(values, figures)
  return figures
}

function count(values: Float64Array): Figures {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let finite = 0
  let sum = 0
  let lost = 0
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number
    if (!Number.isFinite(value)) continue
    finite++
    if (value < min) min = value
    if (value > max) max = value
    // Neumaier's sum, as below.
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  if (finite === 0) return NO_FIGURES
  if (Number.isFinite(lost)) sum += lost
  const histogram = histogramOf(values, finite, min, max)
  return { distinct: countDistinct(values), min, max, mean: sum / finite, sum, histogram }
}

function distinctTexts({ texts }: ReadColumn): number {
  return texts === null ? 0 : texts.texts.reduce((sum, _, k) => sum + (texts.isMissing[k] === 1 ? 0 : 1), 0)
}

function frequentTexts({ texts, counts, isMissing }: NonNullable<ReadColumn['texts']>): TextCount[] {
  const present = texts.flatMap((text, k) => (isMissing[k] === 1 ? [] : [{ text, count: counts[k] ?? 0 }]))
  return present.sort((a, b) => b.count - a.count).slice(0, VALUES)
}

/** Numbers that stand for missing in many files. */
const CODES = [-9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, -32768, -1e30, 1e30]

/** Those that stand far outside all other values of a column. */
function outlyingCodes(values: Float64Array, { min, max }: Figures): TextCount[] {
  return CODES.filter((code) => code === min || code === max).flatMap((code) => {
    let count = 0
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (const value of values) {
      if (value === code) count++
      else if (value < low || value > high) {
        if (value < low) low = value
        if (value > high) high = value
      }
    }
    const gap = code < low ? low - code : code - high
    const isFar = gap > Math.max(high - low, 1) || (code < 0 && low >= 0)
    return count > 0 && low <= high && isFar ? [{ text: String(code), count }] : []
  })
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

/** Counts in equal bins from min to max; one bin where all values are the same, or too near each other to be told apart. */
function histogramOf(values: Float64Array, finite: number, min: number, max: number): number[] {
  // Halves, so that a range wider than the largest number stays finite.
  const width = max / 2 - min / 2
  if (width === 0) return [finite]
  const counts = new Array<number>(BINS).fill(0)
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number
    if (!Number.isFinite(value)) continue
    const bin = Math.min(BINS - 1, Math.floor(((value / 2 - min / 2) / width) * BINS))
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}
