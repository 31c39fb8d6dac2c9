/** Cells and lines that are not as they should be: grouped by column, and what is done with each. */
import type { TableProblem, TableSummary } from '../../../src-shared/contract/data'
import type { ReadAction, ReadOptions } from '../../../src-shared/contract/job'
import { formatCount } from '../../ui/format'

/** Problems of one kind in one column, or lines of one kind. */
export interface ProblemGroup {
  readonly kind: TableProblem['kind']
  readonly column: string | null
  readonly count: number
  readonly problems: readonly TableProblem[]
}

export function grouped(problems: readonly TableProblem[]): readonly ProblemGroup[] {
  const groups = new Map<string, TableProblem[]>()
  for (const problem of problems) {
    const key = JSON.stringify([problem.kind, problem.column])
    const group = groups.get(key)
    if (group) group.push(problem)
    else groups.set(key, [problem])
  }
  return [...groups.values()].map((all) => ({
    kind: all[0]?.kind ?? 'not-number',
    column: all[0]?.column ?? null,
    count: all.reduce((sum, { count }) => sum + count, 0),
    problems: all,
  }))
}

/** What is done with a problem by what is chosen now, which the table's report may not know yet. */
export function actionOf(problem: TableProblem, read: ReadOptions): ReadAction {
  if (problem.kind === 'short-line') return read.ragged?.short ?? problem.action
  if (problem.kind === 'long-line') return read.ragged?.long ?? problem.action
  const rule = read.bad?.find(
    ({ column, text }) =>
      (column === undefined || column === problem.column) && (text === undefined || text === problem.text),
  )
  return rule?.action ?? 'stop'
}

/** What is done with a whole group; null where it differs. */
export function groupAction({ problems }: ProblemGroup, read: ReadOptions): ReadAction | null {
  const actions = new Set(problems.map((problem) => actionOf(problem, read)))
  const [only] = actions
  return actions.size === 1 && only !== undefined ? only : null
}

/** The choices after one was made for all problems of a group. */
export function withGroupAction(read: ReadOptions, { kind, column }: ProblemGroup, action: ReadAction): ReadOptions {
  const ragged = read.ragged ?? { short: 'missing', long: 'stop' }
  if (kind === 'short-line') return { ...read, ragged: { ...ragged, short: action } }
  if (kind === 'long-line') return { ...read, ragged: { ...ragged, long: action === 'missing' ? 'stop' : action } }
  if (column === null) return read
  const others = (read.bad ?? []).filter((rule) => rule.column !== column)
  return { ...read, bad: action === 'stop' ? others : [...others, { column, action }] }
}

/** The choices after one was made for all bad cells of the table. */
export function withAllAction(read: ReadOptions, action: ReadAction): ReadOptions {
  return { ...read, bad: action === 'stop' ? [] : [{ action }] }
}

/** The choices after one was made for one text of a column: it goes before what is chosen for the whole column. */
export function withAction(read: ReadOptions, { column, text }: TableProblem, action: ReadAction): ReadOptions {
  if (column === null || text === null) return read
  const others = (read.bad ?? []).filter((rule) => rule.column !== column || rule.text !== text)
  return { ...read, bad: [{ column, text, action }, ...others] }
}

const KINDS: Readonly<Record<TableProblem['kind'], readonly [one: string, many: string]>> = {
  'not-number': ['is not a number', 'are not numbers'],
  'not-boolean': ['is neither yes nor no', 'are neither yes nor no'],
  'not-date': ['is not a date', 'are not dates'],
  'too-long-integer': ['has more digits than a number keeps', 'have more digits than a number keeps'],
  'short-line': ['has too few cells', 'have too few cells'],
  'long-line': ['has too many cells', 'have too many cells'],
}

export function groupTitle({ kind, column, count }: ProblemGroup): string {
  const [one, many] = KINDS[kind]
  const what = kind === 'short-line' || kind === 'long-line' ? 'line' : 'cell'
  const where = column === null ? '' : ` of ${column}`
  return count === 1 ? `1 ${what}${where} ${one}` : `${formatCount(count)} ${what}s${where} ${many}`
}

/** Where a problem is: the first places of it. */
export function placesText({ places, count }: TableProblem, most = 3): string {
  const shown = places.slice(0, most)
  return `${shown.join(', ')}${count > shown.length ? `, and ${formatCount(count - shown.length)} more` : ''}`
}

/** A text that probably stands for a missing value, and where. */
export interface Suspect {
  readonly text: string
  readonly count: number
  readonly columns: readonly string[]
}

/** Without those that are listed as problems of their column: what they are is asked there. */
export function suspectsIn({ columns, problems }: Pick<TableSummary, 'columns' | 'problems'>) {
  const asked = new Set(problems.map(({ column, text }) => JSON.stringify([column, text])))
  return columns.map(({ name, suspects }) => ({
    name,
    suspects: suspects.filter(({ text }) => !asked.has(JSON.stringify([name, text]))),
  }))
}

/** Each text once, the most frequent first. */
export function suspectsOf(table: Pick<TableSummary, 'columns' | 'problems'>): readonly Suspect[] {
  const all = new Map<string, { text: string; count: number; columns: string[] }>()
  for (const { name, suspects } of suspectsIn(table))
    for (const { text, count } of suspects) {
      const suspect = all.get(text) ?? { text, count: 0, columns: [] }
      suspect.count += count
      suspect.columns.push(name)
      all.set(text, suspect)
    }
  return [...all.values()].sort((a, b) => b.count - a.count)
}
