/** What is in a table: how it was read, its columns with their types and figures, what is wrong in it. All from the whole file. */
import type { ColumnSummary, TableProblem, TableSummary } from '../../../../src-shared/contract/data'
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { DateOrder } from '../../../../src-shared/kan/preprocessing'
import type { CsvLayout } from '../layout/csv-layout'
import { reportOf } from '../layout/read-report'
import { linesOf, survey } from '../layout/survey'
import { rowsOf } from '../layout/table-rows'
import { summarizeColumn } from './column-summary'
import { withTable } from './csv-table'
import { type CellProblem, eachColumn } from './read-columns'

const HEAD = 20

/**
 * Reads a whole table and keeps no cell of it.
 *
 * @throws UserError where the file cannot be read, in one sentence
 */
export async function inspectTable(file: string, read: ReadOptions = {}): Promise<TableSummary> {
  const layout = await survey(file, read)
  const all = layout.names.map((_, column) => column)
  const columns: ColumnSummary[] = []
  const cells: { column: number; problem: CellProblem }[] = []
  const notes = new Map<number, readonly string[]>()
  let dates: DateOrder | null = null
  const dropped = new Set<number>()
  await withTable(layout, (table) =>
    eachColumn(table, layout, all, read, (found) => {
      columns[found.column] = summarizeColumn(found)
      notes.set(found.column, found.notes)
      if (found.dates !== null && (dates === null || found.dates !== 'year-first')) dates = found.dates
      for (const problem of found.problems) cells.push({ column: found.column, problem })
      for (const row of found.dropped) dropped.add(row)
    }),
  )
  const left = dropped.size === 1 ? 'One row is' : `${dropped.size} rows are`
  return {
    file: layout.source.file,
    rows: layout.rows,
    read: reportOf(layout, read, dates),
    columns,
    head: await rowsOf(layout, 0, HEAD),
    problems: [...lineProblems(layout, read), ...(await placed(layout, cells))],
    notes: [
      ...layout.notes,
      ...all.flatMap((column) => notes.get(column) ?? []),
      ...(dropped.size > 0 ? [`${left} left out for cells that are not of their column's type.`] : []),
    ],
  }
}

function lineProblems({ short, long, source }: CsvLayout, { ragged }: ReadOptions): TableProblem[] {
  const kinds = [
    { kind: 'short-line', faults: short, action: ragged?.short ?? 'missing' },
    { kind: 'long-line', faults: long, action: ragged?.long ?? 'stop' },
  ] as const
  return kinds
    .filter(({ faults }) => faults.count > 0)
    .map(({ kind, faults: { count, lines }, action }) => {
      return { kind, column: null, text: null, count, places: lines.map((line) => source.place(line)), action }
    })
}

/** Places of bad cells that were found before: what is to be done about them is chosen one by one, and the file is the same. */
const known = new WeakMap<CsvLayout, Map<string, string>>()

async function placed(
  layout: CsvLayout,
  found: readonly { readonly column: number; readonly problem: CellProblem }[],
): Promise<TableProblem[]> {
  const cells = found.flatMap(({ column, problem }) => problem.rows.map((row) => ({ row, column })))
  cells.sort((a, b) => a.row - b.row || a.column - b.column)
  const places = known.get(layout) ?? new Map<string, string>()
  if (cells.some(({ row, column }) => !places.has(`${row} ${column}`))) {
    const lines = await linesOf(layout, cells)
    for (const [k, { row, column }] of cells.entries()) {
      places.set(`${row} ${column}`, layout.source.place(lines[k] ?? 0))
    }
    known.set(layout, places)
  }
  return found
    .toSorted((a, b) => a.column - b.column)
    .map(({ column, problem: { kind, text, count, rows, action } }) => ({
      kind,
      column: layout.names[column] ?? '',
      text,
      count,
      places: rows.map((row) => places.get(`${row} ${column}`) ?? ''),
      action,
    }))
}
