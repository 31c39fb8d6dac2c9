/** What a column is for, first guesses, and what is wrong with a choice. */
import type { ColumnSummary } from '../../src-shared/contract/data'

export type Role = 'input' | 'target' | 'ignore'

export const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'input', label: 'input' },
  { value: 'target', label: 'target' },
  { value: 'ignore', label: 'ignore' },
]

const usable = (column: ColumnSummary) => column.type === 'number' && column.missing === 0

/** The last column that can be is the target, the numbers before and after it are inputs, constants are left out. */
export function suggestRoles(columns: readonly ColumnSummary[]): readonly Role[] {
  const varies = columns.map((column) => usable(column) && column.distinct > 1)
  const target = varies.lastIndexOf(true)
  return varies.map((can, c) => (!can ? 'ignore' : c === target ? 'target' : 'input'))
}

/** One sentence, or null where the choice can be used. */
export function problemOf(columns: readonly ColumnSummary[], roles: readonly Role[]): string | null {
  const bad = columns.find((column, c) => roles[c] !== 'ignore' && !usable(column))
  if (bad?.type === 'number')
    return `“${bad.name}” has ${bad.missing} missing values: ignore it, or fill them in the file.`
  if (bad) return `“${bad.name}” is ${bad.type}, not numbers: ignore it.`
  if (!roles.includes('input')) return 'Choose at least one input.'
  if (!roles.includes('target')) return 'Choose at least one target.'
  return null
}
