/** The columns of a table as the sheet shows them: what is known of each by now. */
import type { ColumnSummary, TablePreview, TableSummary } from '../../../src-shared/contract/data'
import { ownOf } from '../../../src-shared/own'
import type { Draft } from './draft'
import type { Flag } from './flags'
import { type Role, rolesOf } from './roles'
import { withOneSpelling } from './spellings'

export interface Column {
  readonly name: string
  readonly unit: string | null
  /** Null until the whole file is read in this way. */
  readonly summary: ColumnSummary | null
  readonly role: Role
  readonly flags: readonly Flag[]
}

/**
 * The figures of a former reading stay until new ones are there, where the columns are the same.
 *
 * @param flags of the summary's columns
 * @param draft what a person chose
 */
export function describeColumns(
  preview: TablePreview,
  summary: TableSummary | null,
  flags: readonly (readonly Flag[])[],
  { roles: chosen, uses }: Pick<Draft, 'roles' | 'uses'>,
): readonly Column[] {
  const { names, units } = preview
  const same = summary?.columns.length === names.length && summary.columns.every(({ name }, c) => name === names[c])
  if (!summary || !same)
    return names.map((name, c) => ({
      name,
      unit: unitBeside(name, units[c] ?? null),
      summary: null,
      role: chosen.get(name) ?? 'ignore',
      flags: [],
    }))
  const roles = rolesOf(summary.columns, summary.rows, chosen)
  return summary.columns.map((column, c) => ({
    name: column.name,
    unit: unitBeside(column.name, column.unit),
    summary: withOneSpelling(column, ownOf(uses, column.name)),
    role: roles[c] ?? 'ignore',
    flags: (flags[c] ?? []).filter(({ kind }) => kind !== 'off-grid' || roles[c] === 'input'),
  }))
}

/** The unit where the name does not end with it already, as `Age (d)` does. */
function unitBeside(name: string, unit: string | null): string | null {
  return unit !== null && [`(${unit})`, `[${unit}]`].some((end) => name.trimEnd().endsWith(end)) ? null : unit
}
