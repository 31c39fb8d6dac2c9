/** How do Parquet and JSON become text? DuckDB writes every value so that it can be read back exactly. */
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { DuckDBConnection } from '@duckdb/node-api'
import { isUserError, UserError } from '../../../../src-shared/user-error'
import { csvLine } from '../../../files/csv'
import { loadDuckDB, sqlName, sqlPath, sqlString, withConnection } from '../database'
import { refuseDeepJson } from './json-depth'
import { continuedLines } from './records'
import { temporaryPath } from './temporary'

/** What can be asked of a file itself, in SQL: its table, each column as text, and as a double where it holds numbers. */
export interface ColumnarTable {
  readonly table: string
  readonly texts: readonly string[]
  readonly numbers: readonly (string | null)[]
}

export interface TextOfRecords {
  /** Path of a text with commas, its first line the names. */
  readonly text: string
  /** Lines that go on with the record of the line before. */
  readonly continued: readonly number[]
  /** Null where the text says all. Else a column of numbers has a 0 wherever the file has one. */
  readonly columnar: ColumnarTable | null
}

/** Bytes that DuckDB may read of JSON for a few rows. */
const READ_AHEAD = 128 << 20

/**
 * Writes a Parquet file as text.
 *
 * @param limit how many rows are enough; null: all
 * @throws UserError where it is damaged, cut off or encrypted
 */
export function parquetText(file: string, name: string, limit: number | null): Promise<TextOfRecords> {
  const table = `read_parquet(${sqlPath(file)}, hive_partitioning=false)`
  const names = (connection: DuckDBConnection) => parquetNames(connection, file)
  return writeText({ table, name, limit, names, isColumnar: limit === null }, async (message) => {
    if (/encrypt/i.test(message)) return `${name} is encrypted: save it without a password`
    if (/not implemented|unsupported/i.test(message)) {
      return `${name} is packed in a way that cannot be read here: save it with Snappy, Zstandard or without compression`
    }
    return `${name} is damaged or cut off: it begins as a Parquet file, but cannot be read to its end`
  })
}

/**
 * Writes JSON as text: objects, one a line, one after the other or in an array. Their keys are the columns, whichever
 * objects have them.
 *
 * @param text its path, in UTF-8
 * @param limit how many rows are enough; null: all
 * @throws UserError where it is no JSON, damaged or something else than objects
 */
export async function jsonText(text: string, name: string, limit: number | null): Promise<TextOfRecords> {
  await refuseDeepJson(text, name, limit === null ? null : READ_AHEAD)
  // One level deep, DuckDB keeps every value as it stands and guesses no types.
  const options = `records='true', maximum_depth=1, sample_size=${limit ?? -1}, hive_partitioning=false, compression='uncompressed'`
  return writeText({ table: `read_json(${sqlPath(text)}, ${options})`, name, limit }, async (message) => {
    const key = /duplicate key "(.*)"/.exec(message)?.[1]
    if (key !== undefined) return `${name} has an object with two keys '${key}': a row has one value for a column`
    if (message.includes('maximum_object_size')) return `${name} has an object of more than 16 MB, too long for a row`
    if (!message.includes('non-record')) return brokenJson(text, name)
    return `${name} holds no table: objects are wanted, one a line or in an array, with a key for each column`
  })
}

interface Records {
  /** In SQL. */
  readonly table: string
  /** Of the file, for messages. */
  readonly name: string
  readonly limit: number | null
  /** Whether its columns can be read without the others. */
  readonly isColumnar?: boolean
  /** Names of the columns, where DuckDB changes them: it takes those for the same that differ in capitals only. */
  readonly names?: (connection: DuckDBConnection) => Promise<readonly string[]>
}

async function writeText(
  { table, name, limit, names, isColumnar = false }: Records,
  explain: (message: string) => Promise<string>,
): Promise<TextOfRecords> {
  const text = temporaryPath('.csv')
  try {
    const columnar = await withConnection(async (connection) => {
      const columns = await columnsOf(connection, table)
      const alone = columns.length === 1
      const texts = columns.map(sqlText)
      const numbers = columns.map((column) => (isColumnar ? sqlDouble(column) : null))
      // A line of one empty cell would be an empty line, which readers skip.
      const expressions = texts.map((written, k) => {
        const cell = numbers[k] == null ? written : `if(${sqlName(columns[k]?.name ?? '')} IS NULL, NULL, '0')`
        return alone ? `coalesce(${cell}, '')` : cell
      })
      const header = sqlString(csvLine((await names?.(connection)) ?? columns.map((column) => column.name)))
      const options = `FORMAT csv, HEADER false, PREFIX ${header}, SUFFIX '\n', DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR ''`
      const rows = limit === null ? table : `${table} LIMIT ${limit}`
      await connection.run(`COPY (SELECT ${expressions.join(', ')} FROM ${rows}) TO ${sqlString(text)} (${options})`)
      return isColumnar ? { table, texts, numbers } : null
    })
    return { text, continued: await continuedLines(text), columnar }
  } catch (cause) {
    await rm(text, { force: true })
    if (isUserError(cause) || !(cause instanceof Error)) throw cause
    if (/no space left|out of memory/i.test(cause.message)) {
      const what = /no space left/i.test(cause.message) ? 'the disk for temporary files is full' : 'memory is too short'
      throw new UserError(`${name} cannot be unpacked: ${what}`, { cause })
    }
    // The second line repeats the query.
    throw new UserError(await explain(cause.message.split('\n')[0] ?? ''), { cause })
  }
}

interface Column {
  readonly name: string
  /** As DuckDB names it: `DOUBLE`, `INTEGER[]`. */
  readonly type: string
}

async function columnsOf(connection: DuckDBConnection, table: string): Promise<Column[]> {
  const found = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`)
  return found.getRowObjects().map((row) => ({ name: String(row.column_name), type: String(row.column_type) }))
}

/** The schema lists fields with those that they consist of behind them. */
async function parquetNames(connection: DuckDBConnection, file: string): Promise<string[]> {
  const schema = await connection.runAndReadAll(`SELECT name, num_children FROM parquet_schema(${sqlPath(file)})`)
  const [root, ...fields] = schema
    .getRows()
    .map(([name, children]) => ({ name: String(name), children: Number(children) }))
  const names: string[] = []
  let inside = 0
  for (const { name, children } of fields) {
    if (inside === 0) names.push(name)
    else inside--
    inside += children
  }
  if (names.length !== root?.children) throw new Error('the schema has another number of fields than it says')
  return names
}

/** A value as text that reads back to the same value: numbers to the last digit, times as ISO 8601, what is nested as JSON. */
function sqlText({ name, type }: Column): string {
  const value = sqlName(name)
  if (type === 'FLOAT') return `CAST(CAST(${value} AS DOUBLE) AS VARCHAR)`
  if (type === 'JSON') return `${value}->>'$'`
  if (type === 'TIMESTAMP WITH TIME ZONE') {
    return `regexp_replace(replace(CAST(${value} AS VARCHAR), ' ', 'T'), '[+]00$', 'Z')`
  }
  if (type.startsWith('TIMESTAMP')) return `replace(CAST(${value} AS VARCHAR), ' ', 'T')`
  if (/^(STRUCT|MAP|UNION)\b|\]$/.test(type)) return `CAST(to_json(${value}) AS VARCHAR)`
  return `CAST(${value} AS VARCHAR)`
}

/** Types whose text is a number that reads back to the same double, but for integers that none can hold. */
const NUMBERS = /^(DOUBLE|FLOAT|U?(TINY|SMALL|BIG)INT|U?INTEGER)$/

/** A value as a double; null where the column is of something else than numbers. */
function sqlDouble({ name, type }: Column): string | null {
  if (!NUMBERS.test(type)) return null
  const value = `CAST(${sqlName(name)} AS DOUBLE)`
  // Above 2^53 an integer that has no double of its own becomes one that is no number at all.
  return `coalesce(${type.endsWith('INT') ? `if(abs(${value}) > ${Number.MAX_SAFE_INTEGER}, 'Infinity', ${value})` : value}, 'NaN')`
}

/**
 * The numbers of a table, NaN where a value is missing; null of columns with an infinite one or none at all.
 *
 * @param wanted doubles, in SQL
 * @throws Error where there are not as many rows
 */
export function readDoubles(
  table: string,
  wanted: readonly string[],
  rows: number,
): Promise<(Float64Array<ArrayBuffer> | null)[]> {
  return withConnection(async (connection) => {
    const { DuckDBDoubleVector } = loadDuckDB()
    const all = wanted.map(() => new Float64Array(rows))
    const result = await connection.stream(`SELECT ${wanted.join(', ')} FROM ${table}`)
    let from = 0
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) break
      if (from + chunk.rowCount > rows) throw new Error(`there are more than ${rows} rows`)
      for (const [k, values] of all.entries()) {
        const vector = chunk.getColumnVector(k)
        if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError('DuckDB gave no doubles')
        // biome-ignore lint/complexity/useLiteralKeys: the view is private by its type, and cell by cell takes three times as long
        values.set(vector['items'].subarray(0, chunk.rowCount), from)
      }
      from += chunk.rowCount
    }
    if (from < rows) throw new Error(`${from} rows were read instead of ${rows}`)
    return all.map((values) => (isNumeric(values) ? values : null))
  })
}

/** Some rows of a table, as texts. */
export function readTexts(
  table: string,
  wanted: readonly string[],
  from: number,
  count: number,
): Promise<(string | null)[][]> {
  return withConnection(async (connection) => {
    const found = await connection.runAndReadAll(
      `SELECT ${wanted.join(', ')} FROM ${table} LIMIT ${count} OFFSET ${from}`,
    )
    return found.getRows().map((row) => row.map((cell) => (cell === null ? null : String(cell))))
  })
}

function isNumeric(values: Float64Array): boolean {
  let hasNumber = false
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (Number.isFinite(value)) hasNumber = true
    else if (!Number.isNaN(value)) return false
  }
  return hasNumber
}

/** Where objects stand one a line, the line of the first that is broken. */
async function brokenJson(text: string, name: string): Promise<string> {
  let number = 0
  const input = createReadStream(text)
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    const object = number === 1 ? line.replace(/^\ufeff/, '') : line
    if (object.trim() === '' || isJson(object)) continue
    input.destroy()
    if (number === 1) break
    return `${name}, line ${number} is not valid JSON: it may be cut off`
  }
  return `${name} is not valid JSON: it may be cut off`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
