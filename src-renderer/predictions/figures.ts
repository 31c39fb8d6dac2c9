/** Figures of a fit as a person reads them. */

import type { CellType } from '../../src-shared/contract/job'
import type { Results, SplitName, WorstRow } from '../../src-shared/contract/results'
import { formatOwn } from '../data/panel/words'
import { formatCount, formatValue } from '../ui/format'

/** Decimals of R² at most. */
const MOST_DECIMALS = 5

/**
 * R² with two digits of what it lacks of 1: 0.953, 0.99987. Cut, not rounded, so that only a perfect prediction is written as 1.
 */
export function formatR2(value: number): string {
  if (value === 1 || !Number.isFinite(value)) return formatValue(value)
  if (value < 0.9) return value < 0.01 ? formatValue(value) : value.toFixed(3)
  const decimals = Math.min(MOST_DECIMALS, Math.max(3, Math.ceil(-Math.log10(1 - value)) + 1))
  const unit = 10 ** decimals
  // A little more than the last bit, so that 0.953 stays 0.953.
  return (Math.floor(value * unit + 1e-9) / unit).toFixed(decimals)
}

/** A value whose difference from another one shall be seen: with so many digits that two of the difference are there. */
export function formatBeside(value: number, difference: number): string {
  const wanted = Math.max(0, decimalsFor(difference, 2))
  const enough = !(wanted > decimalsFor(value, 3)) || wanted > MOST_BESIDE || Math.abs(value) >= 1e9
  return enough ? formatValue(value) : value.toFixed(wanted).replace('-', MINUS)
}

const MINUS = '−'
/** Decimals that are written beside a small difference at most. */
const MOST_BESIDE = 8

/** How many decimals show so many digits of a value; NaN or infinite where none does. */
const decimalsFor = (value: number, digits: number) => digits - 1 - Math.floor(Math.log10(Math.abs(value)))

/** What an input of a row was in the table: a date is one again. */
export function formatInput(value: number | undefined, type: CellType | undefined): string {
  // Seconds came through a scaling and back.
  return type === 'date' && value !== undefined ? formatOwn('date', Math.round(value)) : formatValue(value)
}

/** What was predicted, with as many digits as tell it from what is true: six. */
export function formatPredicted(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return formatValue(value)
  const size = Math.abs(value)
  return size >= 1e6 || size < 1e-3 ? formatValue(value) : value.toPrecision(6).replace('-', MINUS)
}

/** Which rows the figures are of: "of all 800 rows", "of 2 000 of 10 000 rows". */
export function measuredText({ whole, splits }: Results): string {
  const rows = splits.reduce((sum, split) => sum + split.rows, 0)
  const measured = splits.reduce((sum, split) => sum + split.points.rows.length, 0)
  if (whole) return `Of all ${formatCount(rows)} rows.`
  return `Of ${formatCount(measured)} of ${formatCount(rows)} rows while it trains, of all rows when it is paused.`
}

export interface WorstOfAll extends WorstRow {
  readonly split: SplitName
  /** True less predicted. */
  readonly residual: number
}

const MOST = 20

/** The worst rows of several splits, the worst first. */
export function worstRows(splits: Results['splits']): readonly WorstOfAll[] {
  return splits
    .flatMap(({ name, worst }) => worst.map((row) => ({ ...row, split: name, residual: row.truth - row.predicted })))
    .sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual))
    .slice(0, MOST)
}
