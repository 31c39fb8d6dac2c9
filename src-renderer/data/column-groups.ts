/** Which columns of the table the inputs come from: the values of a category, or the parts of a date, are one column. */
import type { ColumnSummary } from '../../src-shared/contract/data'

export interface ColumnGroup {
  readonly name: string
  /** Inputs that it becomes. */
  readonly inputs: number
  /** For bars: of a number its histogram, of a category how often each value is there. */
  readonly histogram: readonly number[]
}

/** @param columns as `inputNames` calls them, those of one column one after the other */
export function columnGroups(
  columns: readonly Pick<ColumnSummary, 'name' | 'histogram' | 'min' | 'max' | 'mean'>[],
): readonly ColumnGroup[] {
  const groups: { name: string; parts: (typeof columns)[number][] }[] = []
  for (const column of columns) {
    const last = groups.at(-1)
    const name = columnOf(column.name, last?.name ?? null)
    if (last?.name === name && name !== column.name) last.parts.push(column)
    else groups.push({ name, parts: [column] })
  }
  return groups.map(({ name, parts }) => {
    const [first] = parts
    const one = parts.length === 1 && first !== undefined
    return {
      name: one ? first.name : name,
      inputs: parts.length,
      histogram: one ? first.histogram : parts.map(shareOf),
    }
  })
}

/** `colour = red` is of colour, `when (month)` of when, and `colour is missing` of colour where that came before. */
function columnOf(input: string, before: string | null): string {
  if (before !== null && input === `${before} is missing`) return before
  return (
    /^(.+?) = /.exec(input)?.[1] ??
    /^(.+) \((year|month|day|weekday|hour|minute|second|day-of-year)\)$/.exec(input)?.[1] ??
    input
  )
}

/** The part of the rows that have a value, in percent: the mean of its 0 and 1, however they are scaled. */
function shareOf({ min, max, mean }: Pick<ColumnSummary, 'min' | 'max' | 'mean'>): number {
  if (min === null || max === null || mean === null || max <= min) return 0
  return (100 * (mean - min)) / (max - min)
}
