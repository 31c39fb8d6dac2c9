/** Is a file read without loss or refused in one sentence? For files of any kind, however damaged. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { TableSummary } from '../../src-shared/contract/data'
import { decodeModel, encodeModel } from '../../src-shared/kan/file/file'
import { parameterCount } from '../../src-shared/kan/parameters'
import { isUserError } from '../../src-shared/user-error'
import { inspectTable } from '../compute/data/cells/inspect'
import type { CsvLayout } from '../compute/data/layout/csv-layout'
import { afterLines, parseRecords } from '../compute/data/layout/csv-records'
import { survey } from '../compute/data/layout/survey'
import { previewTable, tableRows } from '../compute/data/layout/table-rows'
import { codingsOf, readRows } from '../compute/data/read-rows'
import { readTable } from '../compute/data/read-table'
import { decoderOf } from '../compute/data/sources/text'
import { predict } from '../compute/predict'
import { csvLine } from '../files/csv'

export interface Outcome {
  readonly kind: 'read' | 'refused' | 'failed'
  /** What is refused or wrong; of what was read, how much. */
  readonly sentence: string
}

/** A loss, or answers that contradict each other. */
class Loss extends Error {}

/** Reads a file with everything that may read it. */
export async function tryFile(path: string): Promise<Outcome> {
  try {
    const sentence = extname(path) === '.kan' ? await tryModel(path) : await tryTable(path)
    return { kind: 'read', sentence }
  } catch (error) {
    if (error instanceof Loss) return { kind: 'failed', sentence: error.message }
    if (!isUserError(error)) return { kind: 'failed', sentence: withCauses(error) }
    const fault = faultOf(error.message, basename(path))
    return fault === null
      ? { kind: 'refused', sentence: error.message }
      : { kind: 'failed', sentence: `${fault}: ${JSON.stringify(error.message)}` }
  }
}

/** What is wrong with a sentence that refuses a file; null where nothing is. */
export function faultOf(sentence: string, name: string | null): string | null {
  if (name !== null && !sentence.includes(name)) return 'a refusal that does not name the file'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f\u2028\u2029]/.test(sentence)) return 'a refusal with control characters'
  if (/ {4}at |\[object |\bundefined\b|Error:|should not have happened/.test(sentence))
    return 'a refusal that shows the inside of the program'
  return sentence.length > 1500 ? 'a refusal that is too long to read' : null
}

function withCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.stack}${error.cause === undefined ? '' : `\nbecause of ${withCauses(error.cause)}`}`
}

/** A model that opens is saved as it was, and predicts or says why not. */
async function tryModel(path: string): Promise<string> {
  const name = basename(path)
  const model = decodeModel(await readFile(path), path)
  const bytes = encodeModel(model)
  const again = encodeModel(decodeModel(bytes, path))
  if (Buffer.compare(bytes, again) !== 0) throw new Loss('the model changes when it is saved and opened again')
  const count = parameterCount(model.specification)
  if (count > 100_000) return `a network of more than 100000 parameters`
  const columns = [...new Set(codingsOf(model.specification).map(({ column }) => column))]
  const data = `${path}.csv`
  await writeFile(
    data,
    [columns, ...[0.5, 1, -3].map((value) => columns.map(() => value))].map((cells) => csvLine(cells)).join(''),
  )
  try {
    const { outputs, problems } = await predict({ model, file: data, engine: 'wasm', keep: [] })
    const lost = outputs[0]?.filter(Number.isNaN).length
    if (outputs[0]?.length !== 3 || lost !== problems.length) throw new Loss('rows are missing from the predictions')
  } catch (error) {
    const fault = isUserError(error) ? faultOf(error.message, null) : 'an error that is not meant for a person'
    if (fault !== null) throw error instanceof Loss ? error : new Loss(`${fault}: ${withCauses(error)}`)
  }
  return `a network in ${name}`
}

/** Every record is a row, counted by two readers that know nothing of each other; every answer tells of the same rows. */
async function tryTable(path: string): Promise<string> {
  const name = basename(path)
  const preview = await named(name, () => previewTable(path, {}))
  const summary = await named(name, () => inspectTable(path, {}))
  const layout = await survey(path, {})
  const { rows } = summary
  const records = await recordsIn(path, summary, layout)
  if (records !== null && records !== rows) throw new Loss(`${rows} rows are read of ${records} records`)
  const cells = await tableRows(path, {}, 0, rows)
  if (cells.length !== rows) throw new Loss(`${cells.length} of ${rows} rows can be looked at`)
  const [last] = await tableRows(path, {}, rows - 1, 1)
  if (JSON.stringify(last) !== JSON.stringify(cells[rows - 1]))
    throw new Loss('the last row is another one when it is asked for alone')
  if (preview.head.length > rows) throw new Loss(`the preview has more than the ${rows} rows of the table`)
  for (const [k, column] of summary.columns.entries()) {
    const own = cells.map((row) => row[k] ?? '')
    checkColumn(column, own, summary)
  }
  await tryColumns(path, name, summary)
  return `${rows} rows`
}

/** Names the step that threw what is not meant for a person. */
async function named<T>(name: string, step: () => Promise<T>): Promise<T> {
  return step().catch((error: unknown) => {
    const fault = isUserError(error) ? faultOf(error.message, name) : null
    throw fault === null ? error : new Loss(`${fault}: ${JSON.stringify((error as Error).message)}`)
  })
}

/** Records of the file without names, units and lines that are said to be left out; null where that cannot be told simply. */
async function recordsIn(path: string, { read }: TableSummary, { scanning }: CsvLayout): Promise<number | null> {
  const bytes = await readFile(path)
  if (read.format === 'json') return jsonRecords(bytes)
  if (read.format !== 'text' || read.delimiter === null || read.delimiter === ' ') return null
  const text = decoderOf(read.encoding ?? 'utf-8').decode(bytes)
  const { delimiter, comment, skipLines } = read
  const body = text.slice(afterLines(text, skipLines))
  if (scanning.columns === 1) return null
  if (body.includes(scanning.quote)) {
    const { quote, escaped, leads } = scanning
    return parseRecords(body, { delimiter, comment, quote, escaped, complete: true, limit: Infinity }).length - leads
  }
  const lines = body.split(/\r\n|\r|\n/).filter((line) => line.includes(delimiter) || /[^\0- ]/.test(line))
  return lines.filter((line) => comment === '' || !line.startsWith(comment)).length - scanning.leads
}

function jsonRecords(bytes: Buffer): number | null {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
  try {
    const whole: unknown = JSON.parse(text)
    return Array.isArray(whole) ? whole.length : 1
  } catch {
    try {
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line)).length
    } catch {
      return null
    }
  }
}

/** Empty cells are missing; plain numbers add up. */
function checkColumn(
  { name, type, missing, sum, bad, suspects }: TableSummary['columns'][number],
  cells: readonly string[],
  { read }: TableSummary,
): void {
  const empty = cells.filter((cell) => cell.trim() === '').length
  if (missing < empty) throw new Loss(`${missing} cells of '${name}' are missing where ${empty} are empty`)
  const values = cells.filter((cell) => cell.trim() !== '')
  if (type !== 'number' || bad > 0 || suspects.length > 0 || read.thousands || read.decimal !== '.') return
  if (sum === null || missing > empty || !values.every((cell) => /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(cell)))
    return
  const numbers = values.map(Number)
  const expected = numbers.reduce((total, value) => total + value, 0)
  const size = numbers.reduce((total, value) => total + Math.abs(value), 0)
  if (Number.isFinite(size) && Math.abs(sum - expected) > 1e-12 * size * (1 + Math.log2(1 + numbers.length)))
    throw new Loss(`'${name}' sums to ${sum} where its cells sum to ${expected}`)
}

/** Reads numbers and texts for a training and for a prediction: what is left out is left out by its rules and counted. */
async function tryColumns(path: string, name: string, { rows, columns }: TableSummary): Promise<void> {
  const names = columns.map((column) => column.name)
  const targets = columns
    .filter(({ type }) => type === 'number')
    .map((column) => column.name)
    .slice(-1)
  const inputs = names.filter((column) => !targets.includes(column)).slice(0, 20)
  if (targets.length > 0 && inputs.length > 0) {
    const read = { bad: [{ action: 'missing' }], ragged: { short: 'missing', long: 'drop' } } as const
    const uses = Object.fromEntries([...inputs, ...targets].map((column) => [column, { missing: 'drop' } as const]))
    const data = await orRefused(name, () =>
      readTable(
        { file: path, inputs, targets, columns: uses, scaling: 'none', read: { ...read, bad: [...read.bad] } },
        null,
      ),
    )
    const lengths = data?.inputs.map((column) =>
      column.type === 'category' ? column.codes.length : column.values.length,
    )
    if (data !== null && lengths?.some((length) => length !== data.rows))
      throw new Loss('columns of a training differ in length')
    if (data !== null && data.rows < rows && data.notes.length === 0)
      throw new Loss(`only ${data.rows} of ${rows} rows train, and nobody is told`)
  }
  const design = {
    format: 1,
    name: 'any',
    seed: 0,
    task: 'regression',
    initialization: 'scaled',
    outputs: [{ name: 'y' }],
    layers: [],
  } as const
  const asked = {
    ...design,
    outputs: [...design.outputs],
    layers: [],
    inputs: names.slice(0, 20).map((column) => ({ name: column, group: 0 })),
  }
  const predicted = await orRefused(name, () => readRows(path, asked, 'all'))
  if (predicted === null) return
  if (predicted.rows !== rows || predicted.kept.some((column) => column.length !== rows))
    throw new Loss('a prediction has other rows than the table')
  const lost = predicted.valid.filter((valid) => valid === 0).length
  if (lost !== predicted.problems.length)
    throw new Loss(`${lost} rows have no prediction, and ${predicted.problems.length} are told`)
}

async function orRefused<T>(name: string, step: () => Promise<T>): Promise<T | null> {
  try {
    return await named(name, step)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
