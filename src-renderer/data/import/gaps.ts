/** What is to be made of a table's missing cells, column by column, and how many rows are left by that. */
import type { ColumnSummary, TableSummary } from '../../../src-shared/contract/data'
import type { ReadAction, ReadOptions } from '../../../src-shared/contract/job'
import { ownOf } from '../../../src-shared/own'
import { formatCount } from '../../ui/format'
import { type Draft, fitting, splitText } from './draft'
import { actionOf } from './problems'
import type { Role } from './roles'

type Table = Pick<TableSummary, 'rows' | 'columns' | 'problems'>

export type GapRule = 'drop' | 'mean' | 'value'

/** Chosen columns with missing cells of which the same can be made. */
export interface GapKind {
  readonly kind: 'numbers' | 'categories' | 'targets'
  readonly rules: readonly GapRule[]
  readonly columns: readonly Gaps[]
}

export interface Gaps {
  readonly name: string
  readonly missing: number
  /** What was decided; null where nothing was. */
  readonly rule: GapRule | null
}

const RULES: Readonly<Record<GapKind['kind'], readonly GapRule[]>> = {
  numbers: ['drop', 'mean'],
  categories: ['drop', 'value'],
  targets: ['drop'],
}

/** Decided or not: a decision stays in sight, to be changed. */
export function gapKinds(columns: readonly ColumnSummary[], roles: readonly Role[], uses: Draft['uses']): GapKind[] {
  const gaps = (kind: GapKind['kind']) =>
    columns.flatMap((column, c): Gaps[] => {
      const { name, missing, type } = column
      const role = roles[c] ?? 'ignore'
      const own = role === 'target' ? 'targets' : type === 'text' ? 'categories' : 'numbers'
      if (missing === 0 || role === 'ignore' || own !== kind) return []
      return [{ name, missing, rule: ruleOf(column, role, uses) }]
    })
  return (['numbers', 'categories', 'targets'] as const)
    .map((kind) => ({ kind, rules: RULES[kind], columns: gaps(kind) }))
    .filter(({ columns: some }) => some.length > 0)
}

/** Chosen columns with missing cells that nothing is said about yet. */
export function undecided(
  columns: readonly ColumnSummary[],
  roles: readonly Role[],
  uses: Draft['uses'],
): readonly ColumnSummary[] {
  return columns.filter((column, c) => {
    const role = roles[c] ?? 'ignore'
    return column.missing > 0 && role !== 'ignore' && ruleOf(column, role, uses) === null
  })
}

/** What was decided about a column's missing cells; null where nothing was. */
function ruleOf(column: ColumnSummary, role: Role, uses: Draft['uses']): GapRule | null {
  const rule = fitting(ownOf(uses, column.name), column, role).missing ?? 'stop'
  return rule === 'stop' ? null : rule
}

/** The columns with the cells among the missing ones that are no values of their type and were said to be missing. */
export function withBadMissing({ columns, problems }: Table, read: ReadOptions): readonly ColumnSummary[] {
  const more = badCells(problems, read, 'missing')
  return more.size === 0
    ? columns
    : columns.map((column) => ({ ...column, missing: column.missing + (more.get(column.name) ?? 0) }))
}

/** How many cells of a column are no values of its type, of those with which this is done. */
function badCells(problems: Table['problems'], read: ReadOptions, action: ReadAction): ReadonlyMap<string, number> {
  const cells = new Map<string, number>()
  for (const problem of problems)
    if (problem.column !== null && actionOf(problem, read) === action)
      cells.set(problem.column, (cells.get(problem.column) ?? 0) + problem.count)
  return cells
}

/** At least and at most so many rows: which columns lack a value in the same row is not known before they are read. */
export interface RowRange {
  readonly least: number
  readonly most: number
}

const rangeOf = (counts: readonly number[], rows: number): RowRange => ({
  least: Math.max(0, ...counts),
  most: Math.min(
    rows,
    counts.reduce((sum, count) => sum + count, 0),
  ),
})

export const gapRange = (gaps: readonly Gaps[], rows: number): RowRange =>
  rangeOf(
    gaps.map(({ missing }) => missing),
    rows,
  )

/** Rows that are left out by what was decided. */
export function droppedRows(
  table: Table,
  roles: readonly Role[],
  { read, uses }: Pick<Draft, 'read' | 'uses'>,
): RowRange {
  const cells = badCells(table.problems, read, 'drop')
  const counts = withBadMissing(table, read).map((column, c) => {
    const role = roles[c] ?? 'ignore'
    if (role === 'ignore') return 0
    return (ruleOf(column, role, uses) === 'drop' ? column.missing : 0) + (cells.get(column.name) ?? 0)
  })
  return rangeOf(counts, table.rows)
}

/** `1 row`, `12 rows`, `3 to 12 rows`. */
export function rowsText({ least, most }: RowRange): string {
  if (least < most) return `${formatCount(least)} to ${formatCount(most)} rows`
  return most === 1 ? '1 row' : `${formatCount(most)} rows`
}

/** How the rows that are left train, validate and test. */
export function keptText(rows: number, dropped: RowRange, split: Draft['split']): string {
  const text = splitText(rows - dropped.least, split)
  if (dropped.most === 0) return text
  const left = `${rowsText(dropped)} ${dropped.most === 1 ? 'is' : 'are'} left out.`
  return dropped.least < dropped.most && split.type !== 'column' ? `At most ${text} ${left}` : `${text} ${left}`
}
