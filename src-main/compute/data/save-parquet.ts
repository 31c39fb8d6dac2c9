/** How does a table become a Parquet file? Numbers stay float64, everything else is text. */

import { rm } from 'node:fs/promises'
import type { DuckDBValue } from '@duckdb/node-api'
import type { TableColumn } from '../../../src-shared/contract/data'
import { copyWhole } from '../../files/atomic'
import { loadDuckDB, sqlName, sqlString, withConnection } from './database'
import { temporaryPath } from './sources/temporary'

/** As many rows as DuckDB takes at a time. */
const CHUNK = 2048

/**
 * Writes columns of one length, whole or not at all. Names that are there already get ` (2)`, in capitals or not.
 *
 * @throws UserError where the file cannot be written
 */
export async function saveParquet(columns: readonly TableColumn[], file: string): Promise<void> {
  const names = uniqueNames(columns.map(({ name }) => name))
  const numbers = columns.map(({ cells }) => numbersOf(cells))
  const { DOUBLE, DuckDBDataChunk, VARCHAR } = loadDuckDB()
  const types = numbers.map((values) => (values === null ? VARCHAR : DOUBLE))
  const rows = columns[0]?.cells.length ?? 0
  const path = temporaryPath('.parquet')
  try {
    await withConnection(async (connection) => {
      const fields = names.map((name, k) => `${sqlName(name)} ${types[k]}`)
      await connection.run(`CREATE TABLE saved (${fields.join(', ')})`)
      const appender = await connection.createAppender('saved')
      for (let from = 0; from < rows; from += CHUNK) {
        const count = Math.min(CHUNK, rows - from)
        const chunk = DuckDBDataChunk.create(types, count)
        for (const [k, { cells }] of columns.entries()) {
          chunk.setColumnValues(k, valuesOf(numbers[k] ?? cells, from, count))
        }
        appender.appendDataChunk(chunk)
      }
      appender.closeSync()
      await connection.run(`COPY saved TO ${sqlString(path)} (FORMAT parquet)`)
    })
    await copyWhole(path, file)
  } finally {
    await rm(path, { force: true })
  }
}

function valuesOf(cells: TableColumn['cells'], from: number, count: number): DuckDBValue[] {
  if (!(cells instanceof Float64Array)) return cells.slice(from, from + count)
  return Array.from(cells.subarray(from, from + count), (value) => (Number.isNaN(value) ? null : value))
}

const NUMBER = /^[+-]?(0|[1-9]\d*|(?=\.\d))(\.\d*)?(e[+-]?\d+)?$/i

/** Cells as numbers, where all that are not empty are plain ones that a float64 can hold: no codes as 007, no long identifiers. */
function numbersOf(cells: TableColumn['cells']): Float64Array | null {
  if (cells instanceof Float64Array) return cells
  const numbers = new Float64Array(cells.length).fill(Number.NaN)
  for (const [row, cell] of cells.entries()) {
    const text = cell?.trim() ?? ''
    if (text === '') continue
    const number = Number(text)
    if (!NUMBER.test(text) || !Number.isFinite(number)) return null
    if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number)) return null
    numbers[row] = number
  }
  return numbers.every(Number.isNaN) ? null : numbers
}

/** DuckDB takes names for the same that differ in capitals only. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${name} (${n})`
    taken.add(unique.toLowerCase())
    return unique
  })
}
