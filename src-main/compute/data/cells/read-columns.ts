/** Whole columns of a table, understood: their types, and their values as numbers or texts. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TextCount } from '../../../../src-shared/contract/data'
import type { CellType, ReadAction, ReadOptions } from '../../../../src-shared/contract/job'
import type { DateOrder } from '../../../../src-shared/kan/preprocessing'
import { ownOf } from '../../../../src-shared/own'
import { loadDuckDB } from '../database'
import { numbersOf } from '../layout/column-numbers'
import type { CsvLayout } from '../layout/csv-layout'
import { Sign } from '../layout/csv-signs'
import { numberParser } from '../layout/number-format'
import { ruleFor } from './cell-rules'
import { type Judgement, judge, type ProblemKind, type Texts } from './column-type'
import type { CsvTable } from './csv-table'
import { secondsOfDigits } from './dates'

export interface ReadColumn {
  readonly column: number
  readonly name: string
  readonly type: CellType
  readonly unit: string | null
  /** The unit, where it stands in the cells themselves. */
  readonly affix: string | null
  /** Of each row: the number, 1 for yes and 0 for no, or seconds since 1970; NaN where it is missing or bad. Null for text. */
  readonly values: Float64Array<ArrayBuffer> | null
  /** The column's different texts and which of them each row has; null where it was read as numbers at once. */
  readonly texts: CodedTexts | null
  /** Cells without a value. */
  readonly missing: number
  readonly problems: readonly CellProblem[]
  /** Rows, ascending, that are left out because a cell is bad there. */
  readonly dropped: readonly number[]
  readonly suspects: readonly TextCount[]
  readonly dates: DateOrder | null
  readonly notes: readonly string[]
}

interface CodedTexts extends Texts {
  /** For each text whether it means missing. */
  readonly isMissing: Uint8Array
  /** The place of each row's text. */
  readonly codes: Uint32Array
}

/** Cells that are not of their column's type, of one kind and mostly of one text. */
export interface CellProblem {
  readonly kind: ProblemKind
  readonly text: string | null
  readonly count: number
  /** The first of them. */
  readonly rows: readonly number[]
  readonly action: ReadAction
}

/** Columns that are read at a time, and cells that are held at a time. */
const BLOCK = 4000
const NUMBERS = 1 << 24
const TEXTS = 1 << 22
const PLACES = 100
/** So many different bad texts of a column are told one by one. */
const LISTED = 50
/** Digits of the smallest integer that a float64 cannot hold, 2^53 + 1. */
const INEXACT_DIGITS = 16

/**
 * Reads columns, all of them in memory at once.
 *
 * @param likely how columns of dates are likely written, by their places; it counts where they do not tell
 */
export async function readColumns(
  table: CsvTable,
  layout: CsvLayout,
  columns: readonly number[],
  read: ReadOptions = {},
  likely: ReadonlyMap<number, DateOrder> = new Map(),
): Promise<ReadColumn[]> {
  const found = new Map<number, ReadColumn>()
  await eachColumn(table, layout, columns, read, (column) => found.set(column.column, column), likely)
  return columns.flatMap((column) => found.get(column) ?? [])
}

/** Reads columns a few at a time, in any order, for who keeps none of them. Others have a turn after each column. */
export async function eachColumn(
  table: CsvTable,
  layout: CsvLayout,
  columns: readonly number[],
  read: ReadOptions,
  take: (column: ReadColumn) => void,
  likely: ReadonlyMap<number, DateOrder> = new Map(),
): Promise<void> {
  const asked = missingTest(layout, read.missing ?? [])
  const direct: number[] = []
  const others: number[] = []
  for (const column of columns) (mayBeNumbers(layout, column, read) ? direct : others).push(column)
  for (const block of cut(direct, NUMBERS / layout.rows)) {
    const values = await numbersOf(layout, block)
    for (const [k, column] of block.entries()) {
      const plain = plainNumbers(layout, column, values[k] ?? null, asked)
      if (plain === null) others.push(column)
      else take(plain)
      await nextTurn()
    }
  }
  for (const block of cut(others, TEXTS / layout.rows)) {
    for (const [k, texts] of (await readTexts(table, layout, block)).entries()) {
      const column = block[k] ?? 0
      take(understand(layout, column, texts, read, asked, likely.get(column) ?? null))
      await nextTurn()
    }
  }
}

interface MissingTest {
  readonly text: (text: string) => boolean
  readonly values: readonly number[]
}

/** A number that means missing does so however it is written. */
function missingTest({ numbers }: CsvLayout, missing: readonly string[]): MissingTest {
  const parse = numberParser(numbers)
  const texts = new Set(missing.map((text) => text.trim()))
  const values = [...texts].map((text) => Number(text || Number.NaN)).filter(Number.isFinite)
  return { values, text: (text) => texts.has(text) || (values.length > 0 && values.includes(parse(text))) }
}

function mayBeNumbers(layout: CsvLayout, column: number, { types }: ReadOptions): boolean {
  const { signs, names, rows, missing } = layout
  const told = toldType(names[column] ?? '', types)
  const found = signs[column] ?? 0
  return (told === undefined || told === 'number') && (found & Sign.digit) !== 0 && (missing[column] ?? 0) < rows
}

/** By its name, spaces at the ends aside, as in all of a job. */
export function toldType(name: string, types: ReadOptions['types'] = {}): CellType | undefined {
  return ownOf(types, name) ?? Object.entries(types).find(([other]) => other.trim() === name.trim())?.[1]
}

/** A column where every cell that is not empty is a number; null where it must be looked at text by text. */
function plainNumbers(
  layout: CsvLayout,
  column: number,
  numbers: Float64Array<ArrayBuffer> | null,
  asked: MissingTest,
): ReadColumn | null {
  if (numbers === null) return null
  if (layout.leadingZeros[column] && (layout.signs[column] ?? 0) === Sign.digit) return null
  const mayBeInexact = (layout.longest[column] ?? 0) >= INEXACT_DIGITS
  if (mayBeInexact && numbers.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER)) return null
  let values = numbers
  let missing = 0
  for (let row = 0; row < numbers.length; row++) if (Number.isNaN(numbers[row])) missing++
  for (const value of asked.values) {
    for (let row = values.indexOf(value); row >= 0; row = values.indexOf(value, row + 1)) {
      if (values === numbers) values = numbers.slice()
      values[row] = Number.NaN
      missing++
    }
  }
  return {
    column,
    name: layout.names[column] ?? '',
    type: 'number',
    unit: layout.units[column] ?? null,
    affix: null,
    values,
    texts: null,
    missing,
    problems: [],
    dropped: [],
    suspects: [],
    dates: null,
    notes: looksLikeDays(layout, column, values) ? [daysNote(layout.names[column] ?? '', values)] : [],
  }
}

/** Whether all numbers are days that are written as digits only: 20240301. */
function looksLikeDays({ longest, signs }: CsvLayout, column: number, values: Float64Array): boolean {
  if (longest[column] !== 8 || signs[column] !== Sign.digit) return false
  return values.every((value) => Number.isNaN(value) || secondsOfDigits(String(value)) !== null)
}

function daysNote(name: string, values: Float64Array): string {
  const example = values.find((value) => !Number.isNaN(value))
  return `Numbers in '${name.trim()}' look like days (${example}): they are days where the column is read as a date.`
}

interface Codes extends Texts {
  readonly codes: Uint32Array
}

function understand(
  layout: CsvLayout,
  column: number,
  texts: Codes,
  read: ReadOptions,
  asked: MissingTest,
  likelyDates: DateOrder | null,
): ReadColumn {
  const name = layout.names[column] ?? ''
  const judged = judge(texts, {
    name: name.trim(),
    numbers: layout.numbers,
    textNumbers: layout.textNumbers,
    dates: read.dates ?? null,
    likelyDates,
    told: toldType(name, read.types) ?? null,
    isMissing: asked.text,
  })
  const { codes, counts } = texts
  const values = judged.values === null ? null : new Float64Array(layout.rows)
  if (values !== null && judged.values !== null) {
    for (let row = 0; row < codes.length; row++) values[row] = judged.values[codes[row] as number] as number
  }
  return {
    column,
    name,
    type: judged.type,
    unit: judged.unit ?? layout.units[column] ?? null,
    affix: judged.unit,
    values,
    texts: { texts: texts.texts, counts, codes, isMissing: judged.missing },
    missing: counts.reduce((sum, count, k) => sum + (judged.missing[k] === 1 ? count : 0), 0),
    ...collectProblems(name, texts, judged, read),
    suspects: judged.suspects,
    dates: judged.dates,
    notes: judged.notes,
  }
}

function collectProblems(
  name: string,
  { texts, counts, codes }: Codes,
  { bad }: Judgement,
  { bad: rules = [] }: ReadOptions,
) {
  if (bad.size === 0) return { problems: [], dropped: [] }
  const groups = new Map<
    string,
    { kind: ProblemKind; text: string | null; count: number; rows: number[]; action: ReadAction }
  >()
  const groupOf = new Map<number, { count: number; rows: number[]; action: ReadAction }>()
  for (const [k, kind] of bad) {
    const text = texts[k] ?? ''
    const action = ruleFor(rules, name, text)?.action ?? 'stop'
    const shown = groups.size < LISTED ? text : null
    const key = JSON.stringify([kind, shown, action])
    const group = groups.get(key) ?? { kind, text: shown, count: 0, rows: [], action }
    groups.set(key, group)
    group.count += counts[k] ?? 0
    groupOf.set(k, group)
  }
  const dropped: number[] = []
  for (let row = 0; row < codes.length; row++) {
    const group = groupOf.get(codes[row] as number)
    if (group === undefined) continue
    if (group.rows.length < PLACES) group.rows.push(row)
    if (group.action === 'drop') dropped.push(row)
  }
  return { problems: [...groups.values()], dropped }
}

async function readTexts(table: CsvTable, layout: CsvLayout, columns: readonly number[]): Promise<Codes[]> {
  const { DuckDBVarCharVector } = loadDuckDB()
  const found = columns.map(() => ({
    texts: [''],
    counts: [0],
    codes: new Uint32Array(layout.rows),
    places: new Map<string, number>([['', 0]]),
  }))
  await table.stream(columns, (chunk, from, rows) => {
    for (let k = 0; k < columns.length; k++) {
      const vector = chunk.getColumnVector(k)
      const column = found[k]
      if (!(vector instanceof DuckDBVarCharVector) || column === undefined) throw new TypeError('DuckDB gave no texts')
      const { texts, counts, codes, places } = column
      for (let row = 0; row < rows; row++) {
        const text = vector.getItem(row)?.trim() ?? ''
        let place = places.get(text)
        if (place === undefined) {
          place = texts.push(text) - 1
          counts.push(0)
          places.set(text, place)
        }
        counts[place] = (counts[place] as number) + 1
        codes[from + row] = place
      }
    }
  })
  return found
}

function* cut(columns: readonly number[], size: number): Generator<readonly number[]> {
  const length = Math.min(BLOCK, Math.max(1, Math.floor(size)))
  for (let first = 0; first < columns.length; first += length) yield columns.slice(first, first + length)
}
