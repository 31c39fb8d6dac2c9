/** What do the cells of columns say: numbers, yes or no, dates, or categories? And which of them say nothing of that kind? */
import { parseBoolean, parseDate } from './cell-texts'
import type { CsvLayout } from './csv-layout'
import type { CellIndex } from './csv-scanner'
import type { CsvTable } from './duckdb'
import { NO_CODE, type RawColumn, type RawNumbers, type RawTexts } from './raw-data'
import { badCells, cellProblem, readCells, readNumbers, readTexts } from './read-numbers'

/** A column of the file, and what it is to be read as; null leaves that to its cells. */
export interface Wanted {
  readonly column: number
  readonly as: RawColumn['type'] | null
}

/** A cell that holds something which its column does not: what, and why that is wrong, to follow its line and column. */
export interface BadCell {
  readonly cell: CellIndex
  readonly text: string
  readonly why: string
}

export interface Cells {
  readonly columns: readonly RawColumn[]
  /** By row, then by column. Their values are missing. */
  readonly bad: readonly BadCell[]
}

/**
 * Reads whole columns. A cell that is not of its column's type is missing, and listed.
 *
 * @param codes texts that mean missing, as does the empty cell; where they are numbers, so do cells with these numbers
 */
export async function readColumns(
  table: CsvTable,
  layout: CsvLayout,
  wanted: readonly Wanted[],
  codes: readonly string[] = [],
): Promise<Cells> {
  const missing = new Set(codes.map((code) => code.trim()))
  const numeric = wanted.flatMap(({ column, as }) => (as === null || as === 'number' ? [column] : []))
  const numbers = new Map<number, Float64Array>()
  for (const [k, values] of (await readNumbers(table, layout, numeric)).entries()) numbers.set(numeric[k] ?? -1, values)
  const missingNumbers = [...missing].filter((code) => code !== '').map(Number)
  const coded = missingNumbers.filter(Number.isFinite)
  const columns: RawColumn[] = []
  const bad: BadCell[] = []
  const isNumber: number[] = []
  for (const { column, as } of wanted) {
    const values = numbers.get(column)
    const sure = values !== undefined && (as === 'number' || isPlain(values, layout.missing[column] ?? 0))
    if (sure) {
      isNumber.push(column)
      columns.push({ type: 'number', name: layout.names[column] ?? '', values })
      continue
    }
    const texts = await readDictionary(table, layout, column, missing)
    const type = as ?? (values !== undefined && isMostlyNumbers(values, texts) ? 'number' : typeOfTexts(texts.texts))
    if (type === 'number' && values !== undefined) {
      isNumber.push(column)
      columns.push({ type: 'number', name: texts.name, values })
    } else if (type === 'category' || type === 'number') columns.push(texts)
    else columns.push(parsed(texts, type, column, bad))
  }
  const values = isNumber.map((column) => numbers.get(column) ?? new Float64Array())
  bad.push(...(await badNumbers(table, layout, values, isNumber)).filter(({ text }) => !missing.has(text.trim())))
  if (coded.length > 0) for (const numbersOf of values) blank(numbersOf, coded)
  return { columns, bad: bad.sort((a, b) => a.cell.row - b.cell.row || a.cell.column - b.cell.column) }
}

/** Numbers that mean missing become missing. */
function blank(values: Float64Array, codes: readonly number[]): void {
  for (let row = 0; row < values.length; row++) if (codes.includes(values[row] as number)) values[row] = Number.NaN
}

/** Whether every cell that is not empty is a finite number, and there is one. */
function isPlain(values: Float64Array, empty: number): boolean {
  let finite = 0
  for (const value of values) if (Number.isFinite(value)) finite++
  return finite > 0 && finite + empty === values.length
}

/** Nine in ten cells, or half of them where the others are a few texts that return, as codes for missing values do. */
function isMostlyNumbers(values: Float64Array, { texts, codes }: RawTexts): boolean {
  let finite = 0
  let filled = 0
  const others = new Set<number>()
  values.forEach((value, row) => {
    const code = codes[row] as number
    if (code === NO_CODE) return
    filled++
    if (Number.isFinite(value)) finite++
    else if (others.size <= FEW) others.add(code)
  })
  return texts.length > 0 && finite > 0 && (finite >= 0.9 * filled || (finite >= 0.5 * filled && others.size <= FEW))
}

const FEW = 5

function typeOfTexts(texts: readonly string[]): RawColumn['type'] {
  if (texts.length > 0 && texts.every((text) => parseBoolean(text) !== null)) return 'boolean'
  if (texts.length > 0 && texts.every((text) => parseDate(text) !== null)) return 'date'
  return 'category'
}

async function readDictionary(
  table: CsvTable,
  layout: CsvLayout,
  column: number,
  missing: ReadonlySet<string>,
): Promise<RawTexts> {
  const places = new Map<string, number>()
  const codes = new Uint32Array(layout.rows)
  await readTexts(table, [column], layout.rows, (row, cell) => {
    const text = cell(0)?.trim() ?? ''
    const code = text === '' || missing.has(text) ? NO_CODE : (places.get(text) ?? places.size)
    if (code === places.size) places.set(text, code)
    codes[row] = code
  })
  return { type: 'category', name: layout.names[column] ?? '', texts: [...places.keys()], codes }
}

const PARSERS = { boolean: parseBoolean, date: parseDate } as const
const KINDS = { boolean: 'yes or no', date: 'a date' } as const

function parsed(
  { name, texts, codes }: RawTexts,
  type: 'boolean' | 'date',
  column: number,
  bad: BadCell[],
): RawNumbers {
  const values = texts.map(PARSERS[type])
  const numbers = Float64Array.from(codes, (code) => (code === NO_CODE ? Number.NaN : (values[code] ?? Number.NaN)))
  codes.forEach((code, row) => {
    if (code === NO_CODE || values[code] !== null) return
    const text = texts[code] ?? ''
    bad.push({ cell: { row, column }, text, why: `'${text}' is not ${KINDS[type]}` })
  })
  return { type, name, values: numbers }
}

/** Empty cells are no fault; infinite ones are, and missing from here on. */
async function badNumbers(
  table: CsvTable,
  layout: CsvLayout,
  values: readonly Float64Array[],
  columns: readonly number[],
): Promise<BadCell[]> {
  const faulty = columns.flatMap((column, k) => {
    const numbers = values[k] ?? new Float64Array()
    return isPlain(numbers, layout.missing[column] ?? 0) ? [] : [{ column, numbers }]
  })
  const cells = badCells(
    faulty.map(({ numbers }) => numbers),
    faulty.map(({ column }) => column),
  )
  if (cells.length === 0) return []
  const texts = await readCells(table, cells)
  for (const { numbers } of faulty) {
    for (let row = 0; row < numbers.length; row++) if (!Number.isFinite(numbers[row])) numbers[row] = Number.NaN
  }
  return cells.flatMap((cell, k) => {
    const text = texts[k] ?? null
    return text === null || text.trim() === '' ? [] : [{ cell, text, why: cellProblem(text) }]
  })
}
