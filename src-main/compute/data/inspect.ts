/** What is in a table: how it was read, its columns with their types and figures, its first rows. All from the whole file. */
import type { ColumnSummary, ReadReport, TableSummary } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { summarizeNumbers, summarizeTexts } from './column-summary'
import { type CsvLayout, layOut } from './csv-layout'
import { type CsvTable, withTable } from './duckdb'
import { readNumbers, readTexts } from './read-numbers'

const HEAD = 20
/** Columns that are read at a time, and cells that are held at a time. */
const BLOCK = 4000
const NUMBERS = 1 << 24
const TEXTS = 1 << 21

/**
 * Reads a whole CSV file and keeps nothing of it.
 *
 * A column is of numbers where every cell that is not empty is one, NaN and infinities included; leading zeros and
 * integers that a float64 cannot hold make it text, so that codes and identifiers stay as they are.
 *
 * @throws UserError where the file cannot be read, in one sentence
 */
export async function inspectTable(file: string, read: ReadOptions = {}): Promise<TableSummary> {
  const layout = await layOut(file, read)
  const all = layout.names.map((_, column) => column)
  return withTable(layout, async (table) => {
    const columns: ColumnSummary[] = []
    for (const block of cut(all, NUMBERS / layout.rows)) columns.push(...(await summarize(table, layout, block)))
    const head: (string | null)[][] = []
    for (const block of cut(all, BLOCK)) {
      await readTexts(table, block, HEAD, (row, cell) => {
        head[row] = [...(head[row] ?? []), ...block.map((_, k) => cell(k))]
      })
    }
    return {
      file: layout.source.file,
      rows: layout.rows,
      read: reportOf(layout),
      columns,
      head,
      problems: [],
      notes: [],
    }
  })
}

/** How a table was read. */
export function reportOf({ source, delimiter, header, emptyLines }: CsvLayout): ReadReport {
  return {
    format: source.format,
    delimiter,
    decimal: '.',
    thousands: '',
    encoding: source.encoding,
    header,
    skipLines: emptyLines,
    comment: '',
    units: false,
    missing: [],
    sheet: null,
    sheets: [],
    dates: null,
  }
}

async function summarize(table: CsvTable, layout: CsvLayout, block: readonly number[]): Promise<ColumnSummary[]> {
  const values = await readNumbers(table, layout, block)
  const judged = block.map((column, k) => {
    const numbers = values[k] ?? new Float64Array()
    return { column, numbers, finite: countFinite(numbers), empty: layout.missing[column] ?? 0 }
  })
  const unclear = judged.filter(({ column, finite, empty }) => {
    return finite === 0 || finite + empty < layout.rows || layout.leadingZeros[column]
  })
  const censuses = new Map<number, Census>()
  for (const some of cut(unclear, TEXTS / layout.rows)) {
    const columns = some.map(({ column }) => column)
    for (const [k, census] of (await takeCensus(table, layout, columns)).entries())
      censuses.set(columns[k] ?? 0, census)
  }
  return judged.map(({ column, numbers, finite, empty }) => {
    const name = layout.names[column] ?? ''
    const census = censuses.get(column)
    if (census === undefined) return summarizeNumbers(name, numbers, empty)
    const numeric = finite > 0 && finite + empty + census.nan + census.infinite === layout.rows
    if (numeric && !layout.leadingZeros[column]) return summarizeNumbers(name, numbers, empty + census.nan)
    return summarizeTexts(name, census.distinct, empty)
  })
}

interface Census {
  readonly distinct: Set<string>
  nan: number
  infinite: number
}

/** The different texts of columns, empty cells aside, and how many cells say NaN or infinity. */
async function takeCensus(table: CsvTable, layout: CsvLayout, columns: readonly number[]): Promise<Census[]> {
  const censuses = columns.map((): Census => ({ distinct: new Set(), nan: 0, infinite: 0 }))
  await readTexts(table, columns, layout.rows, (_, cell) => {
    for (const [k, census] of censuses.entries()) {
      const text = cell(k)
      const trimmed = text?.trim() ?? ''
      if (text === null || trimmed === '') continue
      census.distinct.add(text)
      if (/^[+-]?nan$/i.test(trimmed)) census.nan++
      else if (/^[+-]?inf(inity)?$/i.test(trimmed)) census.infinite++
    }
  })
  return censuses
}

function countFinite(values: Float64Array): number {
  let finite = 0
  for (const value of values) if (Number.isFinite(value)) finite++
  return finite
}

function* cut<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  const length = Math.min(BLOCK, Math.max(1, Math.floor(size)))
  for (let first = 0; first < items.length; first += length) yield items.slice(first, first + length)
}
