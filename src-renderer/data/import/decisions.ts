/** What of a table is not decided yet: why it cannot be used, and at which columns that shows. */
import type { ColumnSummary, TableSummary } from '../../../src-shared/contract/data'
import { ownOf } from '../../../src-shared/own'
import { formatCount } from '../../ui/format'
import type { Draft } from './draft'
import { undecided, withBadMissing } from './gaps'
import { actionOf, grouped, groupTitle, type Suspect, suspectsIn, suspectsOf } from './problems'
import { canBeTarget, type Role } from './roles'
import { withOneSpelling } from './spellings'

type Table = Pick<TableSummary, 'rows' | 'columns' | 'problems'>

/** A text that looks like a code for missing, and whether it was said to be a value. */
export interface Code extends Suspect {
  readonly isValue: boolean
}

/** Texts that look like a code for missing in columns that are used. @param values which are known to be values */
export function codesOf(table: Table, roles: readonly Role[], values: Draft['values']): readonly Code[] {
  const used = table.columns.filter((_, c) => (roles[c] ?? 'ignore') !== 'ignore')
  return suspectsOf({ columns: used, problems: table.problems }).map((suspect) => ({
    ...suspect,
    isValue: isValue(suspect.text, values),
  }))
}

const isValue = (text: string, values: Draft['values']) => values === 'all' || values.has(text)

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
  const unfit = columns.find(
    (column, c) => roles[c] === 'target' && !canBeTarget(withOneSpelling(column, ownOf(uses, column.name))),
  )
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

/** What of a column is not decided yet: bad cells, a text that looks like a code for missing. */
export interface Waiting {
  readonly bad: boolean
  readonly code: string | null
}

/** The columns of which something is not decided yet. */
export function waiting(table: Table, { read, values }: Pick<Draft, 'read' | 'values'>): ReadonlyMap<string, Waiting> {
  const stopped = table.problems.filter((problem) => actionOf(problem, read) === 'stop')
  const open = new Set(stopped.map(({ column }) => column))
  return new Map(
    suspectsIn(table).flatMap(({ name, suspects }) => {
      const bad = open.has(name)
      const code = suspects.find(({ text }) => !isValue(text, values))?.text ?? null
      return bad || code !== null ? [[name, { bad, code }]] : []
    }),
  )
}
