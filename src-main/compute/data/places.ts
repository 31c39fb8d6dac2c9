/** Where does a row of loaded data stand in its file? */
import type { DataChoice } from '../../../src-shared/contract/job'
import { isUserError } from '../../../src-shared/user-error'
import { layOut, linesOf } from './layout/csv-layout'

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
