/** Some rows of a table as text: how it begins, or what stands at any place of it. */
import type { TablePreview } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { layOut } from './csv-layout'
import { withTable } from './duckdb'
import { reportOf } from './inspect'
import { readTexts } from './read-numbers'

const HEAD = 100

/**
 * How a table begins and how it would be read.
 *
 * @throws UserError where the file cannot be read, in one sentence
 */
export async function previewTable(file: string, read: ReadOptions): Promise<TablePreview> {
  const layout = await layOut(file, read)
  const head = await tableRows(file, read, 0, HEAD)
  return { read: reportOf(layout), names: layout.names, units: layout.names.map(() => null), head }
}

/** Rows `from` and the `count` − 1 after it, fewer at the table's end; null where a cell is empty. */
export async function tableRows(
  file: string,
  read: ReadOptions,
  from: number,
  count: number,
): Promise<(string | null)[][]> {
  const layout = await layOut(file, read)
  const rows: (string | null)[][] = []
  const columns = layout.names.map((_, column) => column)
  await withTable(layout, (table) =>
    readTexts(table, columns, from + count, (row, cell) => {
      if (row >= from) rows.push(columns.map((_, k) => cell(k)))
    }),
  )
  return rows
}
