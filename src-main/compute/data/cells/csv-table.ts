/** How does DuckDB read a CSV file that is laid out already? Its errors are never raw. */
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import { isUserError, UserError } from '../../../../src-shared/user-error'
import { type Database, openDatabase, sqlPath, sqlString } from '../database'
import { type CsvLayout, placeOf } from '../layout/csv-layout'
import { changed } from '../layout/scan-file'

export interface CsvTable {
  /** Columns as text, with the rows in the order of the file, chunk by chunk; rows beyond the layout's are left out. */
  stream(columns: readonly number[], take: (chunk: DuckDBDataChunk, from: number, rows: number) => void): Promise<void>
}

/** The name of a column in SQL, by its place: names of a file may be anything. */
const sqlColumn = (column: number): string => `c${column}`

/** A table for as long as `use` runs. Its database is opened when cells are first asked for: numbers may be known without. */
export async function withTable<T>(layout: CsvLayout, use: (table: CsvTable) => Promise<T>): Promise<T> {
  let database: Promise<Database> | null = null
  const connect = async () => {
    database ??= openDatabase()
    return (await database).connection
  }
  try {
    return await use(openTable(connect, layout))
  } finally {
    await (database as Promise<Database> | null)?.then(({ close }) => close())
  }
}

function openTable(connect: () => Promise<DuckDBConnection>, layout: CsvLayout): CsvTable {
  const { columnar } = layout.source
  const stream: CsvTable['stream'] = async (columns, take) => {
    const expected = layout.rows
    const texts = columns.map((column) => columnar?.texts[placeOf(layout, column)] ?? sqlColumn(column))
    let from = 0
    const connection = await connect()
    try {
      const result = await connection.stream(`SELECT ${texts.join(', ')} FROM ${columnar?.table ?? readCsv(layout)}`)
      while (from < expected) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) break
        const rows = Math.min(chunk.rowCount, expected - from)
        take(chunk, from, rows)
        from += rows
      }
    } catch (cause) {
      throw await explained(layout, cause)
    }
    if (from < expected) throw await explained(layout, new Error(`${from} rows were read instead of ${expected}`))
  }
  return { stream }
}

/**
 * The layout is known to be well-formed, so nothing is left to detection. `strict_mode=false` is what lets line breaks
 * of several kinds stand in one file.
 */
function readCsv({ text }: CsvLayout): string {
  const columns = text.columns
    .map((place, k) => `'${place >= 0 ? sqlColumn(place) : `left${k}`}': 'VARCHAR'`)
    .join(', ')
  const options = [
    'auto_detect=false',
    `columns={${columns}}`,
    `delim=${sqlString(text.delimiter)}`,
    `quote='"'`,
    `escape='"'`,
    `header=${text.header}`,
    'strict_mode=false',
    `parallel=${!text.breaksInQuotes}`,
    `max_line_size=${Math.max(2_097_152, 2 * text.longestRecord)}`,
    `compression='none'`,
    'hive_partitioning=false',
  ]
  return `read_csv(${sqlPath(text.path)}, ${options.join(', ')})`
}

/** The file was well-formed when it was laid out: it has changed since, memory is short, or the fault is ours. */
async function explained({ name, source, text }: CsvLayout, cause: unknown): Promise<Error> {
  if (isUserError(cause)) return cause
  const now = await stat(source.file).catch(() => null)
  if (now === null || now.size !== source.size || now.mtimeMs !== source.modified || !existsSync(text.path)) {
    return changed(source, cause)
  }
  if (cause instanceof Error && cause.message.startsWith('Out of Memory')) {
    return new UserError(`${name} does not fit into memory: choose fewer columns`, { cause })
  }
  return new Error(`${name} could not be read as it was laid out`, { cause })
}
