/** The cells of columns as they stand in the file, and what is wrong with one that should be a number. */
import { isTooLong } from './column-type'
import type { CsvTable } from './csv-table'

/** Walks the rows of columns as text; `cell` gives the text of the k-th of `columns`, null where it is empty. */
export async function readTexts(
  table: CsvTable,
  columns: readonly number[],
  take: (row: number, cell: (k: number) => string | null) => void,
): Promise<void> {
  await table.stream(columns, (chunk, from, rows) => {
    const vectors = columns.map((_, k) => chunk.getColumnVector(k))
    for (let row = 0; row < rows; row++) {
      take(from + row, (k) => {
        const text = vectors[k]?.getItem(row)
        return typeof text === 'string' ? text : null
      })
    }
  })
}

/**
 * Why a cell is not a number, to follow its line and column: `'n/a' is not a number`.
 *
 * @param unit what stands at the other numbers of its column
 */
export function cellProblem(text: string | null, unit: string | null = null): string {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return 'the cell is empty'
  const shown = JSON.stringify(trimmed.length > 40 ? `${trimmed.slice(0, 40)}…` : trimmed).slice(1, -1)
  const cell = `'${shown.replaceAll('\\"', '"')}'`
  if (unit !== null && /^[+-]?\d+([.,]\d+)?$/.test(trimmed)) {
    return `${cell} stands without '${unit}', which the other cells of the column have`
  }
  if (isTooLong(trimmed)) return `${cell} has more digits than a number can hold`
  if (/^[+-]?(nan|inf|infinity|\d+\.?\d*e\d+)$/i.test(trimmed)) return `${cell} is not a finite number`
  if (/^[+-]?\d+,\d+$/.test(trimmed)) return `${cell} is not a number (a decimal point is needed, not a comma)`
  return `${cell} is not a number`
}
