/** Where do cells and rows of a table stand in its file? */
import type { DataChoice } from '../../../src-shared/contract/job'
import { isUserError } from '../../../src-shared/user-error'
import type { CsvLayout } from './layout/csv-layout'
import { layOut, linesOf } from './layout/survey'

/**
 * As a person finds them: `x.csv, column 'y', line 7`.
 *
 * @param cells by row, then by column, both counted from 0; no column where the whole row is meant
 */
export async function cellPlaces(
  layout: CsvLayout,
  cells: readonly { readonly row: number; readonly column: number | null }[],
): Promise<string[]> {
  if (cells.length === 0) return []
  const lines = await linesOf(
    layout,
    cells.map(({ row, column }) => ({ row, column: column ?? 0 })),
  )
  return cells.map(({ column }, k) => {
    const inColumn = column === null ? '' : `column '${layout.names[column]?.trim()}', `
    return `${layout.name}, ${inColumn}${layout.source.place(lines[k] ?? 0)}`
  })
}

/**
 * Lines of rows, "line 7". Empty where the rows are made, not read, or the file cannot be read any more.
 *
 * @param rows of the table, counted from 0, in any order
 */
export async function placesOf(choice: DataChoice, rows: Iterable<number>): Promise<ReadonlyMap<number, string>> {
  const wanted = [...new Set(rows)].sort((a, b) => a - b)
  if (!('file' in choice) || wanted.length === 0) return new Map()
  try {
    const layout = await layOut(choice.file, choice.read)
    const lines = await linesOf(
      layout,
      wanted.map((row) => ({ row, column: 0 })),
    )
    return new Map(wanted.map((row, k) => [row, layout.source.place(lines[k] ?? 0)]))
  } catch (error) {
    if (!isUserError(error)) throw error
    return new Map()
  }
}
