/** In which order do a category's values become inputs, and what is it after one was moved? */
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { ColumnUse } from '../../../src-shared/contract/job'
import { spellingKey } from '../../../src-shared/kan/spelling'
import { byValue } from '../../../src-shared/kan/value-order'

/** Those that a person put in order first, as far as the table has them, then the others; null where not all are known here. */
export function orderedValues(
  { values, distinct }: ColumnSummary,
  { values: chosen = [], fold }: ColumnUse,
): string[] | null {
  if (distinct > values.length) return null
  const keyOf = (text: string) => spellingKey(text, fold)
  const there = new Map<string, string>()
  for (const { text } of values) if (!there.has(keyOf(text))) there.set(keyOf(text), text)
  const first = chosen.filter((text) => there.has(keyOf(text)))
  const taken = new Set(first.map(keyOf))
  return [...first, ...[...there.values()].filter((text) => !taken.has(keyOf(text))).sort(byValue)]
}

/** The values with one of them at another place. */
export function moved(values: readonly string[], from: number, to: number): string[] {
  const value = values[from]
  if (value === undefined || to < 0 || to >= values.length) return [...values]
  const others = values.filter((_, place) => place !== from)
  return [...others.slice(0, to), value, ...others.slice(to)]
}

/** An order of their own, without values that the table has no more and with those that are new; a list of the values that count stays. */
export function withAllValues(use: ColumnUse, summary: ColumnSummary): ColumnUse {
  if (use.values === undefined || use.unseen === 'zero') return use
  const values = orderedValues(summary, use)
  return values === null || values.length === 0 ? use : { ...use, values }
}
