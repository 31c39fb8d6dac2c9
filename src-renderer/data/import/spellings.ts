/** Which chosen categories have values that differ by capitals only, and are they read as one? */
import type { ColumnSummary, TextCount } from '../../../src-shared/contract/data'
import type { ColumnUse } from '../../../src-shared/contract/job'
import { spellingsOf } from '../../../src-shared/kan/spelling'
import { ownOf } from '../../../src-shared/own'
import type { Draft } from './draft'
import type { Role } from './roles'

export interface Spellings {
  readonly column: string
  /** Of each such value how it is spelled, the most frequent first. */
  readonly values: readonly (readonly TextCount[])[]
  readonly isOne: boolean
}

/** As far as the values of a column are known here. */
export function spellingsIn(
  columns: readonly ColumnSummary[],
  roles: readonly Role[],
  uses: Draft['uses'],
): readonly Spellings[] {
  return columns.flatMap(({ name, type, values }, c) => {
    if (type !== 'text' || (roles[c] ?? 'ignore') === 'ignore') return []
    const several = spellingsOf(values).filter((same) => same.length > 1)
    return several.length === 0 ? [] : [{ column: name, values: several, isOne: ownOf(uses, name)?.fold ?? false }]
  })
}

/** A category as it is used: with spellings that are one value counted together, under that of the most cells. */
export function withOneSpelling(column: ColumnSummary, use: ColumnUse | undefined): ColumnSummary {
  if (column.type !== 'text' || !use?.fold) return column
  const values = spellingsOf(column.values).flatMap((same) => {
    const [common] = same
    return common ? [{ text: common.text, count: same.reduce((sum, { count }) => sum + count, 0) }] : []
  })
  const distinct = column.distinct - column.values.length + values.length
  return { ...column, distinct, values: values.sort((a, b) => b.count - a.count) }
}
