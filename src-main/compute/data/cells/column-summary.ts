/** What a column is like: how many different values it has, the figures of its numbers, its likely codes for missing. */
import type { ColumnSummary, TextCount } from '../../../../src-shared/contract/data'
import { type Figures, figuresOf, NO_FIGURES } from './figures'
import type { ReadColumn } from './read-columns'

const VALUES = 50

/** Summarises a column that was read from a table. */
export function summarizeColumn(column: ReadColumn): ColumnSummary {
  const { name, type, unit, missing, values, texts, problems } = column
  const figures = values === null ? NO_FIGURES : knownFigures(values)
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
  return { name, type: 'number', unit: null, missing, bad: 0, ...knownFigures(values), values: [], suspects: [] }
}

/** Of numbers that were inspected, for when they are loaded. Those of few rows are counted again in less than they take to keep. */
const MANY_ROWS = 4096
const known = new WeakMap<Float64Array, Figures>()

function knownFigures(values: Float64Array): Figures {
  if (values.length < MANY_ROWS) return figuresOf(values)
  const figures = known.get(values) ?? figuresOf(values)
  known.set(values, figures)
  return figures
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
