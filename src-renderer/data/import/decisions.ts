/** What a table's missing cells and codes ask a person to decide, and how many rows are left by what was decided. */
import type { ColumnSummary, TableSummary } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { formatCount } from '../../ui/format'
import { type Draft, fitting, splitText } from './draft'
import { actionOf, grouped, groupTitle, type Suspect, suspectsOf } from './problems'
import { canBeTarget, type Role } from './roles'

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
      const rule = fitting(uses[name], column, role).missing ?? 'stop'
      return [{ name, missing, rule: rule === 'stop' ? null : rule }]
    })
  return (['numbers', 'categories', 'targets'] as const)
    .map((kind) => ({ kind, rules: RULES[kind], columns: gaps(kind) }))
    .filter(({ columns: some }) => some.length > 0)
}

/** The columns with the cells among the missing ones that are no values of their type and were said to be missing. */
export function withBadMissing({ columns, problems }: Table, read: ReadOptions): readonly ColumnSummary[] {
  const more = new Map<string, number>()
  for (const problem of problems)
    if (problem.column !== null && actionOf(problem, read) === 'missing')
      more.set(problem.column, (more.get(problem.column) ?? 0) + problem.count)
  return more.size === 0
    ? columns
    : columns.map((column) => ({ ...column, missing: column.missing + (more.get(column.name) ?? 0) }))
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
  const cells = new Map<string, number>()
  for (const problem of table.problems)
    if (problem.column !== null && actionOf(problem, read) === 'drop')
      cells.set(problem.column, (cells.get(problem.column) ?? 0) + problem.count)
  const counts = withBadMissing(table, read).map((column, c) => {
    const role = roles[c] ?? 'ignore'
    if (role === 'ignore') return 0
    const drops = fitting(uses[column.name], column, role).missing === 'drop'
    return (drops ? column.missing : 0) + (cells.get(column.name) ?? 0)
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

/** Texts that look like a code for missing in columns that are used. @param values which are known to be values */
export function codesOf(
  table: Table,
  roles: readonly Role[],
  values: Draft['values'],
): readonly (Suspect & { readonly isValue: boolean })[] {
  const used = table.columns.filter((_, c) => (roles[c] ?? 'ignore') !== 'ignore')
  return suspectsOf({ columns: used, problems: table.problems }).map((suspect) => ({
    ...suspect,
    isValue: values === 'all' || values.has(suspect.text),
  }))
}

/** Chosen columns with missing cells that nothing is said about yet. */
export function undecided(
  columns: readonly ColumnSummary[],
  roles: readonly Role[],
  uses: Draft['uses'],
): readonly ColumnSummary[] {
  return columns.filter((column, c) => {
    const role = roles[c] ?? 'ignore'
    if (column.missing === 0 || role === 'ignore') return false
    return (fitting(uses[column.name], column, role).missing ?? 'stop') === 'stop'
  })
}

/** Why the table cannot be used like this, in one sentence; null where it can. */
export function blockerOf(
  { read, uses, values }: Pick<Draft, 'read' | 'uses' | 'values'>,
  table: Table,
  roles: readonly Role[],
): string | null {
  const { columns, rows } = table
  if (rows === 0) return 'The table has no rows.'
  if (!roles.includes('input')) return 'Choose at least one input.'
  if (!roles.includes('target')) return 'Choose at least one target.'
  const unfit = columns.find((column, c) => roles[c] === 'target' && !canBeTarget(column))
  if (unfit)
    return `The target “${unfit.name}” is ${kindOf(unfit)}: choose a column of numbers, of yes and no, or of two values.`
  const empty = columns.find(({ missing }, c) => roles[c] !== 'ignore' && missing >= rows)
  if (empty) return `“${empty.name}” has no values: ignore it.`
  const chosen = new Set(columns.filter((_, c) => roles[c] !== 'ignore').map(({ name }) => name))
  const [open] = grouped(
    table.problems.filter(
      (problem) => (problem.column === null || chosen.has(problem.column)) && actionOf(problem, read) === 'stop',
    ),
  )
  if (open) return `${groupTitle(open)}: choose what to do with ${open.count === 1 ? 'it' : 'them'}.`
  const code = codesOf(table, roles, values).find(({ isValue }) => !isValue)
  if (code) return `“${code.text}” stands in ${nameList(code.columns)}: say whether it means missing.`
  const [gap, ...more] = undecided(withBadMissing(table, read), roles, uses)
  if (gap)
    return `“${gap.name}” ${more.length > 0 ? `and ${formatCount(more.length)} more have missing values` : `has ${formatCount(gap.missing)} missing of ${formatCount(rows)} values`}: choose what to do with them.`
  return null
}

const nameList = (names: readonly string[]) =>
  names.length === 1 ? `“${names[0]}”` : `${formatCount(names.length)} columns`

const KINDS = { number: 'numbers', text: 'text', boolean: 'yes/no', date: 'a date' } as const
const kindOf = ({ type }: ColumnSummary) => KINDS[type]

/** Columns of which something is not decided yet: bad cells, texts that look like a code for missing. */
export function waiting(
  { columns, problems }: Table,
  { read, values }: Pick<Draft, 'read' | 'values'>,
): ReadonlyMap<string, { readonly bad: boolean; readonly code: string | null }> {
  const open = new Set(problems.filter((problem) => actionOf(problem, read) === 'stop').map(({ column }) => column))
  const asked = new Set(problems.map(({ column, text }) => JSON.stringify([column, text])))
  return new Map(
    columns.flatMap(({ name, suspects }) => {
      const code =
        values === 'all'
          ? undefined
          : suspects.find(({ text }) => !values.has(text) && !asked.has(JSON.stringify([name, text])))
      return open.has(name) || code ? [[name, { bad: open.has(name), code: code?.text ?? null }]] : []
    }),
  )
}
