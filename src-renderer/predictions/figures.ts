/** Figures of a fit as a person reads them. */
import type { Results, SplitName, WorstRow } from '../../src-shared/contract/results'
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
