/** Which columns of the table the inputs come from: the values of a category, or the parts of a date, are one column. */
import type { ColumnSummary } from '../../src-shared/contract/data'
import { bandsOf } from '../network/place/bands'

export interface ColumnGroup {
  readonly name: string
  /** Inputs that it becomes. */
  readonly inputs: number
  /** For bars: of a number its histogram, of a category how often each value is there. */
  readonly histogram: readonly number[]
}

type Column = Pick<ColumnSummary, 'name' | 'histogram' | 'min' | 'max' | 'mean'>

/** @param columns as `inputNames` calls them, those of one column one after the other */
export function columnGroups(columns: readonly Column[]): readonly ColumnGroup[] {
  const groups: ColumnGroup[] = []
  let next = 0
  for (const { column: name, from, to } of bandsOf(columns)) {
    const histogram = columns.slice(from, to).map(shareOf)
    groups.push(...columns.slice(next, from).map(alone), { name, inputs: to - from, histogram })
    next = to
  }
  return [...groups, ...columns.slice(next).map(alone)]
}

const alone = ({ name, histogram }: Column): ColumnGroup => ({ name, inputs: 1, histogram })

/** The part of the rows that have a value, in percent: the mean of its 0 and 1, however they are scaled. */
function shareOf({ min, max, mean }: Column): number {
  if (min === null || max === null || mean === null || max <= min) return 0
  return (100 * (mean - min)) / (max - min)
}
