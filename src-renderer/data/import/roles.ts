/** What each column is for: first guesses, and what a person chose. */
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { CellType } from '../../../src-shared/contract/job'
import { isIdentifier, mostlyMissing, varies } from './flags'

export type Role = 'input' | 'target' | 'ignore'

export const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'input', label: 'input' },
  { value: 'target', label: 'target' },
  { value: 'ignore', label: 'ignore' },
]

export const TYPES: readonly { readonly value: CellType; readonly label: string }[] = [
  { value: 'number', label: 'number' },
  { value: 'text', label: 'category' },
  { value: 'boolean', label: 'yes/no' },
  { value: 'date', label: 'date' },
]

/** Texts with more different values than this are taken for free text, not for a category. */
const MOST_VALUES = 50

/** Roles of all columns: as a person chose, the rest as it is likely meant. */
export function rolesOf(columns: readonly ColumnSummary[], rows: number, chosen: ReadonlyMap<string, Role>): Role[] {
  const may = columns.map((column) => isInput(column, rows))
  const target = [...chosen.values()].includes('target')
    ? -1
    : columns.findLastIndex(
        (column, c) => may[c] && (column.type === 'number' || column.type === 'boolean') && !chosen.has(column.name),
      )
  return columns.map(
    (column, c) => chosen.get(column.name) ?? (c === target ? 'target' : may[c] === true ? 'input' : 'ignore'),
  )
}

/** Numbers, and what is understood as 0 and 1: yes and no, two different values. */
export function canBeTarget({ type, distinct }: ColumnSummary): boolean {
  return type === 'number' || type === 'boolean' || (type === 'text' && distinct === 2)
}

/** Constants, identifiers, free text and columns with next to nothing in them are left out. */
function isInput(column: ColumnSummary, rows: number): boolean {
  if (!varies(column) || mostlyMissing(column, rows) || isIdentifier(column, rows)) return false
  return column.type !== 'text' || (column.distinct <= MOST_VALUES && 2 * column.distinct <= rows)
}

/** The choices after columns were given a role; null goes back to what is likely meant. */
export function withRole(
  chosen: ReadonlyMap<string, Role>,
  names: Iterable<string>,
  role: Role | null,
): ReadonlyMap<string, Role> {
  const next = new Map(chosen)
  for (const name of names) role === null ? next.delete(name) : next.set(name, role)
  return next
}
