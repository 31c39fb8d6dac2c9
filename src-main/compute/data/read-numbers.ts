/** The numbers of some columns of a CSV file, in float64, and which of their cells are none. */
import type { ReadOptions } from '../../../src-shared/contract/job'
import type { CsvLayout } from './csv-layout'
import type { CellIndex } from './csv-scanner'
import { type CsvTable, sqlColumn } from './duckdb'
import { readColumns } from './read-columns'

/**
 * Reads whole columns; NaN stands where a cell is not a number, or is an integer that a float64 cannot hold exactly.
 * Infinities are kept.
 *
 * @returns an array of `layout.rows` numbers for each of `columns`
 */
export async function readNumbers(
  table: CsvTable,
  layout: CsvLayout,
  columns: readonly number[],
  read: ReadOptions = {},
): Promise<Float64Array<ArrayBuffer>[]> {
  const types = Object.fromEntries(columns.map((column) => [layout.names[column] ?? '', 'number' as const]))
  const found = await readColumns(table, layout, columns, { ...read, types })
  return found.map(({ values }) => values ?? new Float64Array())
}

/** Cells that are not finite numbers: by row, then by column. `columns` are those of `values`. */
export function badCells(values: readonly Float64Array[], columns: readonly number[]): CellIndex[] {
  const bad: CellIndex[] = []
  values.forEach((numbers, k) => {
    const column = columns[k]
    if (column === undefined) return
    for (let row = 0; row < numbers.length; row++) {
      if (!Number.isFinite(numbers[row])) bad.push({ row, column })
    }
  })
  return bad.sort((a, b) => a.row - b.row || a.column - b.column)
}

/** What stands in cells, which go by row and column; null where a cell is empty. */
export async function readCells(table: CsvTable, cells: readonly CellIndex[]): Promise<(string | null)[]> {
  const columns = [...new Set(cells.map((cell) => cell.column))]
  const places = new Map(columns.map((column, place) => [column, place]))
  const texts: (string | null)[] = []
  const last = cells.at(-1)?.row ?? -1
  await readTexts(table, columns, last + 1, (row, cell) => {
    for (let next = cells[texts.length]; next?.row === row; next = cells[texts.length]) {
      texts.push(cell(places.get(next.column) ?? 0))
    }
  })
  return texts
}

/** Walks the first `limit` rows of columns as text; `cell` gives the text of the k-th of `columns`, null where it is empty. */
export async function readTexts(
  table: CsvTable,
  columns: readonly number[],
  limit: number,
  take: (row: number, cell: (k: number) => string | null) => void,
): Promise<void> {
  await table.stream(
    columns.map(sqlColumn),
    (chunk, from, rows) => {
      const vectors = columns.map((_, k) => chunk.getColumnVector(k))
      for (let row = 0; row < rows; row++) {
        take(from + row, (k) => {
          const text = vectors[k]?.getItem(row)
          return typeof text === 'string' ? text : null
        })
      }
    },
    limit,
  )
}

/** Why a cell is not a number, to follow its line and column: `'n/a' is not a number`. */
export function cellProblem(text: string | null): string {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return 'the cell is empty'
  const shown = JSON.stringify(trimmed.length > 40 ? `${trimmed.slice(0, 40)}…` : trimmed).slice(1, -1)
  const cell = `'${shown.replaceAll('\\"', '"')}'`
  if (/^[+-]?\d+$/.test(trimmed)) return `${cell} has more digits than a number can hold`
  if (/^[+-]?(nan|inf|infinity|\d+\.?\d*e\d+)$/i.test(trimmed)) return `${cell} is not a finite number`
  if (/^[+-]?\d+,\d+$/.test(trimmed)) return `${cell} is not a number (a decimal point is needed, not a comma)`
  return `${cell} is not a number`
}
