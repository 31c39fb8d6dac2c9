/** Columns as they train and predict: numbers, or codes of texts, and the cells that are not what their column is. */
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { DateOrder } from '../../../../src-shared/kan/preprocessing'
import { NO_CODE, type RawColumn, type RawTexts } from '../coding/raw-data'
import { releaseNumbers } from '../layout/column-numbers'
import type { CsvLayout } from '../layout/csv-layout'
import type { CellIndex } from '../layout/csv-rows'
import { isTooLong } from './column-type'
import type { CsvTable } from './csv-table'
import { type ReadColumn, readColumns as understand } from './read-columns'
import { shown } from './shown'

/** A column of the file, and what it is to be read as; null leaves that to its cells. */
export interface Wanted {
  readonly column: number
  readonly as: RawColumn['type'] | null
  /** How its dates are likely written, where they do not tell. */
  readonly order?: DateOrder | undefined
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
  /** How they were understood, where a person should know. */
  readonly notes: readonly string[]
}

/** Reads whole columns, whose numbers are the caller's from then on. A cell that is not of its column's type is missing, and listed. */
export async function readColumns(
  table: CsvTable,
  layout: CsvLayout,
  wanted: readonly Wanted[],
  read: ReadOptions = {},
): Promise<Cells> {
  const told = wanted.flatMap(({ column, as }) =>
    as === null ? [] : [[layout.names[column] ?? '', as === 'category' ? 'text' : as] as const],
  )
  const types = { ...read.types, ...Object.fromEntries(told) }
  const places = wanted.map(({ column }) => column)
  const orders = new Map(wanted.flatMap(({ column, order }) => (order === undefined ? [] : [[column, order]])))
  const found = await understand(table, layout, places, { ...read, types }, orders)
  releaseNumbers()
  const bad = found.flatMap(badCells).sort(inOrder)
  return { columns: found.map(rawColumn), bad, notes: found.flatMap(({ notes }) => notes) }
}

/** By row, then by column. */
export function inOrder(a: BadCell, b: BadCell): number {
  return a.cell.row - b.cell.row || a.cell.column - b.cell.column
}

function rawColumn({ name, type, values, texts, dates, unit, affix }: ReadColumn): RawColumn {
  if (type !== 'text' && values !== null) {
    const headUnit = type === 'number' && affix === null ? unit : null
    return {
      type,
      name,
      values,
      order: dates,
      unit: affix,
      headUnit,
      ...(type === 'boolean' && wordsOf(values, texts)),
    }
  }
  return rawTexts(name, texts)
}

/** The first spellings of no and of yes. */
function wordsOf(values: Float64Array, texts: ReadColumn['texts']): { words?: readonly [string, string] } {
  const spelling = (value: number) => {
    const row = values.indexOf(value)
    return row < 0 ? undefined : texts?.texts[texts.codes[row] ?? 0]
  }
  const [no, yes] = [spelling(0), spelling(1)]
  return no === undefined || yes === undefined ? {} : { words: [no, yes] }
}

/** The texts that mean something, in the order of their appearance. */
function rawTexts(name: string, texts: ReadColumn['texts']): RawTexts {
  if (texts === null) return { type: 'category', name, texts: [], codes: new Uint32Array() }
  const places = new Uint32Array(texts.texts.length).fill(NO_CODE)
  const kept = texts.texts.filter((_, k) => texts.isMissing[k] !== 1 && (texts.counts[k] ?? 0) > 0)
  let next = 0
  for (let k = 0; k < places.length; k++) {
    if (texts.isMissing[k] !== 1 && (texts.counts[k] ?? 0) > 0) places[k] = next++
  }
  return { type: 'category', name, texts: kept, codes: texts.codes.map((code) => places[code] as number) }
}

function badCells({ column, type, values, texts, affix }: ReadColumn): BadCell[] {
  if (values === null || texts === null || type === 'text') return []
  const bad: BadCell[] = []
  texts.codes.forEach((code, row) => {
    if (Number.isFinite(values[row]) || texts.isMissing[code] === 1) return
    const text = texts.texts[code] ?? ''
    bad.push({
      cell: { row, column },
      text,
      why: type === 'number' ? cellProblem(text, affix) : `'${text}' is not ${KINDS[type]}`,
    })
    values[row] = Number.NaN
  })
  return bad
}

const KINDS = { boolean: 'yes or no', date: 'a date' } as const

/**
 * Why a cell is not a number, to follow its line and column: `'n/a' is not a number`.
 *
 * @param unit what stands at the other numbers of its column
 */
function cellProblem(text: string, unit: string | null): string {
  const cell = `'${JSON.stringify(shown(text)).slice(1, -1).replaceAll('\\"', '"')}'`
  if (unit !== null && /^[+-]?\d+([.,]\d+)?$/.test(text)) {
    return `${cell} stands without '${unit}', which the other cells of the column have`
  }
  if (isTooLong(text)) return `${cell} has more digits than a number can hold`
  if (/^[+-]?(nan|inf|infinity|\d+(\.\d*)?e\d+)$/i.test(text)) return `${cell} is not a finite number`
  if (/^[+-]?\d+,\d+$/.test(text)) return `${cell} is not a number (a decimal point is needed, not a comma)`
  return `${cell} is not a number`
}
