/** Which columns are shown: by words of their names, by a range of names, by what they are. */
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { Flag } from './flags'
import type { Role } from './roles'

export const FILTERS = [
  { value: 'all', label: 'all columns' },
  { value: 'input', label: 'inputs' },
  { value: 'target', label: 'targets' },
  { value: 'ignore', label: 'ignored' },
  { value: 'number', label: 'numbers' },
  { value: 'text', label: 'categories' },
  { value: 'boolean', label: 'yes/no' },
  { value: 'date', label: 'dates' },
  { value: 'missing', label: 'with missing' },
  { value: 'flagged', label: 'with a hint' },
] as const
export type Filter = (typeof FILTERS)[number]['value']

interface Described {
  readonly name: string
  readonly summary: Pick<ColumnSummary, 'type' | 'missing'> | null
  readonly role: Role
  readonly flags: readonly Flag[]
}

/** Indices of the columns that are shown, in their order. `c10..c20` is everything from one column to another. */
export function found(columns: readonly Described[], text: string, filter: Filter): number[] {
  const wanted = text.trim().toLowerCase()
  const range = rangeOf(columns, wanted)
  const shown: number[] = []
  for (const [c, column] of columns.entries()) {
    const named = range ? c >= range[0] && c <= range[1] : wanted === '' || column.name.toLowerCase().includes(wanted)
    if (named && fits(column, filter)) shown.push(c)
  }
  return shown
}

function rangeOf(columns: readonly Described[], text: string): readonly [number, number] | null {
  const [, first, last] = /^(.+?)\s*(?:\.\.|…)\s*(.+)$/.exec(text) ?? []
  if (first === undefined || last === undefined) return null
  const from = columns.findIndex(({ name }) => name.toLowerCase() === first)
  const to = columns.findIndex(({ name }) => name.toLowerCase() === last)
  if (from < 0 || to < 0) return null
  return from < to ? [from, to] : [to, from]
}

function fits({ summary, role, flags }: Described, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'input':
    case 'target':
    case 'ignore':
      return role === filter
    case 'missing':
      return (summary?.missing ?? 0) > 0
    case 'flagged':
      return flags.length > 0
    default:
      return summary?.type === filter
  }
}
