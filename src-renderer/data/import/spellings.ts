/** Which chosen categories have values that differ by capitals only, and are they read as one? */
import type { ColumnSummary, TextCount } from '../../../src-shared/contract/data'
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

/** How many different values a column has, where spellings may be one. */
export function valueCount({ type, distinct, values }: ColumnSummary, fold: boolean | undefined): number {
  return type === 'text' && fold ? distinct - values.length + spellingsOf(values).length : distinct
}
