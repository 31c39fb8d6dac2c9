/** Which rows of a file can a trained network predict, and what are its inputs there? */
import type { ColumnScaling, Specification } from '../../../src-shared/kan/specification'
import { findColumns } from './columns'
import { type CsvLayout, layOut, linesOf } from './csv-layout'
import { type CsvTable, withTable } from './duckdb'
import { badCells, cellProblem, readCells, readNumbers, readTexts } from './read-numbers'
import { scaleRows } from './scaling'

export interface RowsToPredict {
  /** Data rows of the file. */
  readonly rows: number
  /** Scaled inputs, a column each, for every row in the file's order; 0 where a cell is not a number. */
  readonly inputs: readonly Float64Array[]
  /** 1 where a row can be predicted, 0 where not. */
  readonly valid: Uint8Array
  /** One sentence for each row that cannot, in order, naming line and column. */
  readonly problems: readonly string[]
  /** Where rows, counted from 0 and ascending, stand: `x.csv, line 7`. */
  readonly placesOf: (rows: readonly number[]) => Promise<readonly string[]>
  /** Names and cells of the kept columns, as they stand in the file; null where a cell is empty. */
  readonly keptNames: readonly string[]
  readonly kept: readonly (readonly (string | null)[])[]
}

/**
 * Reads the inputs of a network by the names of the columns that it was trained on (else by its inputs' own names), in
 * any order; other columns do not matter.
 *
 * @param file absolute, or relative to the working folder
 * @param keep columns of the file to repeat
 * @throws UserError naming a column that is missing (exit status 2), or why the file cannot be read
 */
export async function readRows(
  file: string,
  specification: Specification,
  keep: 'all' | readonly string[],
  rename: Readonly<Record<string, string>> = {},
): Promise<RowsToPredict> {
  const layout = await layOut(file)
  const wanted = inputColumns(specification)
  const columns = findColumns(
    layout,
    wanted.map(({ column }) => rename[column] ?? column),
    'an input of the model',
  )
  const keptColumns = keep === 'all' ? layout.names.map((_, column) => column) : findColumns(layout, keep)
  return withTable(layout, async (table) => {
    const values = await readNumbers(table, layout, columns)
    const { valid, problems } = await judgeRows(table, layout, values, columns)
    for (const column of values) {
      for (let row = 0; row < layout.rows; row++) if (valid[row] === 0) column[row] = 0
    }
    return {
      rows: layout.rows,
      inputs: values.map((column, k) => scaleRows(column, null, wanted[k] ?? { column: '', center: 0, spread: 1 })),
      valid,
      problems,
      placesOf: async (rows) => {
        const lines = await linesOf(
          layout,
          rows.map((row) => ({ row, column: 0 })),
        )
        return lines.map((line) => `${layout.name}, ${layout.source.place(line)}`)
      },
      keptNames: keptColumns.map((column) => layout.names[column] ?? ''),
      kept: await readKept(table, layout, keptColumns),
    }
  })
}

export function inputColumns({ preprocessing, inputs }: Specification): readonly ColumnScaling[] {
  return preprocessing?.inputs ?? inputs.map(({ name }) => ({ column: name, center: 0, spread: 1 }))
}

async function judgeRows(
  table: CsvTable,
  layout: CsvLayout,
  values: readonly Float64Array[],
  columns: readonly number[],
): Promise<{ valid: Uint8Array; problems: string[] }> {
  const valid = new Uint8Array(layout.rows).fill(1)
  const bad = badCells(values, columns).filter(({ row }) => {
    const first = valid[row] === 1
    valid[row] = 0
    return first
  })
  if (bad.length === 0) return { valid, problems: [] }
  const texts = await readCells(table, bad)
  const lines = await linesOf(layout, bad)
  const problems = bad.map(({ column }, k) => {
    const name = layout.names[column]?.trim()
    return `${layout.name}, column '${name}', ${layout.source.place(lines[k] ?? 0)}: ${cellProblem(texts[k] ?? null)}`
  })
  return { valid, problems }
}

async function readKept(table: CsvTable, layout: CsvLayout, columns: readonly number[]): Promise<(string | null)[][]> {
  const kept = columns.map(() => new Array<string | null>(layout.rows).fill(null))
  if (columns.length === 0) return kept
  await readTexts(table, columns, layout.rows, (row, cell) => {
    for (const [k, cells] of kept.entries()) cells[row] = cell(k)
  })
  return kept
}
