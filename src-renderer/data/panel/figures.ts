/** Which figures of a column a person reads, and how they are written. */
import type { DataColumn, DataColumns, DataColumnView } from '../../../src-shared/contract/data-view'
import { formatCount } from '../../ui/format'
import { formatOwn, formatStrength, percent } from './words'

interface Figure {
  readonly name: string
  readonly text: string
  /** What it means, where its name does not say it. */
  readonly hint?: string
}

export function figuresOf(
  { missing, strength }: Pick<DataColumn, 'missing' | 'strength'>,
  { kind, min, max, mean, distinct, grid }: Pick<DataColumnView, 'kind' | 'min' | 'max' | 'mean' | 'distinct' | 'grid'>,
  { rows, sampled }: Pick<DataColumns, 'rows' | 'sampled'>,
): readonly Figure[] {
  const own = (value: number | null) => formatOwn(kind, value)
  const of = sampled < rows ? `, of ${formatCount(sampled)} sampled rows` : ''
  const outside = grid === null ? 0 : grid.below + grid.above
  return [
    ...(kind === 'category'
      ? []
      : [
          { name: 'min', text: own(min) },
          { name: 'mean', text: own(kind === 'date' ? wholeDay(mean, min, max) : mean) },
          { name: 'max', text: own(max) },
        ]),
    { name: 'distinct', text: formatCount(distinct) },
    { name: 'missing', text: counted(missing, rows) },
    ...(grid === null
      ? []
      : [
          {
            name: 'off grid',
            text: counted(outside, rows),
            hint: `Rows outside of the grid of its input, ${own(grid.low)} … ${own(grid.high)}: ${formatCount(grid.below)} below, ${formatCount(grid.above)} above.`,
          },
        ]),
    ...(strength.type === 'category'
      ? [
          {
            name: 'η',
            text: formatStrength(strength.ratio),
            hint: `Correlation ratio with the target${of}: 1 where the value alone tells the target.`,
          },
        ]
      : [
          { name: 'r', text: formatStrength(strength.pearson), hint: `Pearson's correlation with the target${of}.` },
          {
            name: 'rank r',
            text: formatStrength(strength.rank),
            hint: `Spearman's rank correlation with the target${of}: ±1 for any curve that only rises or falls.`,
          },
        ]),
  ]
}

const counted = (count: number, rows: number) => (count === 0 ? '0' : `${formatCount(count)} · ${percent(count, rows)}`)

const DAY = 86_400

/** A mean of days needs no time of day. */
function wholeDay(mean: number | null, min: number | null, max: number | null): number | null {
  if (mean === null || min === null || max === null || max - min < 2 * DAY) return mean
  return Math.floor(mean / DAY) * DAY
}
