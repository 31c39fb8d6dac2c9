/** In which order columns are listed, and which of them. */
import type { DataColumn } from '../../../src-shared/contract/data-view'
import { mainStrength } from './words'

export const ORDERS = [
  { value: 'table', label: 'in order' },
  { value: 'strength', label: 'by correlation' },
  { value: 'rank', label: 'by rank correlation' },
  { value: 'name', label: 'by name' },
  { value: 'outside', label: 'by off grid' },
  { value: 'missing', label: 'by missing' },
] as const
export type Order = (typeof ORDERS)[number]['value']

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Indices of the columns whose name has a text in it, in an order; the largest first. */
export function listed(columns: readonly DataColumn[], search: string, order: Order): readonly number[] {
  const wanted = search.trim().toLowerCase()
  const found = columns.flatMap(({ name }, c) => (name.toLowerCase().includes(wanted) ? [c] : []))
  if (order === 'table') return found
  if (order === 'name')
    return found.sort((a, b) => names.compare(columns[a]?.name ?? '', columns[b]?.name ?? '') || a - b)
  const keys = columns.map((column) => keyOf(column, order))
  return found.sort((a, b) => (keys[b] ?? -1) - (keys[a] ?? -1) || a - b)
}

function keyOf({ strength, outside, missing }: DataColumn, order: Exclude<Order, 'table' | 'name'>): number {
  switch (order) {
    case 'strength':
      return Math.abs(mainStrength(strength) ?? 0)
    case 'rank':
      return Math.abs((strength.type === 'number' ? strength.rank : strength.ratio) ?? 0)
    case 'outside':
      return outside ?? 0
    case 'missing':
      return missing
  }
}
