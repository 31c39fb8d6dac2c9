/** Which rows of a file can a trained network predict, and what are its inputs there? */
import type { ColumnCount } from '../../../src-shared/contract/compute'
import type { TextDialect } from '../../../src-shared/contract/data'
import { type ColumnCoding, codingsByColumn, type Preprocessing } from '../../../src-shared/kan/preprocessing'
import type { Specification } from '../../../src-shared/kan/specification'
import { ownOf } from '../../../src-shared/own'
import { ruleFor } from './cells/cell-rules'
import { type BadCell, readColumns } from './cells/cells'
import { type CsvTable, withTable } from './cells/csv-table'
import { codeColumn, codingProblem, countFilled, countOutside, countUnseen, uncodable } from './coding/coding'
import type { RawColumn } from './coding/raw-data'
import { inUnitOf } from './coding/units'
import { findColumns } from './columns'
import { seemsMissing } from './layout/cell-shapes'
import type { CsvLayout } from './layout/csv-layout'
import { layOut, survey } from './layout/survey'
import { cellPlaces } from './places'
import { readTrueClasses, type TrueClasses } from './true-classes'
import { readTruths, type Truth } from './truth'

export interface RowsToPredict {
  /** Data rows of the file. */
  readonly rows: number
  /** Coded inputs of the network, a column each, for every row in the file's order; 0 where a row cannot be predicted. */
  readonly inputs: readonly Float64Array[]
  /** 1 where a row can be predicted, 0 where not. */
  readonly valid: Uint8Array
  /** One sentence for each row that cannot, in order, naming line and column. */
  readonly problems: readonly string[]
  /** Rows beyond what training saw, by column: outside its range, or with a value that it did not have. */
  readonly outside: readonly ColumnCount[]
  readonly unseen: readonly ColumnCount[]
  /** Predicted rows in which a missing value was filled, by column. */
  readonly filled: readonly ColumnCount[]
  /** True values, of the outputs whose column the file has. */
  readonly truths: readonly Truth[]
  /** True classes, of a classification whose file has them. */
  readonly classes: TrueClasses | null
  /** How the table was understood, one sentence each. */
  readonly notes: readonly string[]
  /** For what is to be written as the table is. */
  readonly dialect: TextDialect
  /** Where rows, counted from 0 and ascending, stand: `x.csv, line 7`. */
  readonly placesOf: (rows: readonly number[]) => Promise<readonly string[]>
  /** Names and cells of the kept columns, as they stand in the file; null where a cell is empty. */
  readonly keptNames: readonly string[]
  readonly kept: readonly (readonly (string | null)[])[]
}

interface RowsChoice {
  readonly rename?: Readonly<Record<string, string>> | undefined
  readonly sheet?: string | undefined
}

/**
 * Reads the columns that a network was trained on by their names (else its inputs' own names), in any order; other columns
 * do not matter. They are coded, filled and scaled as the model remembers.
 *
 * @param file absolute, or relative to the working folder
 * @param keep columns of the file to repeat
 * @param choice.rename what the file calls a column of the model, where that is something else
 * @param choice.sheet of a workbook, where it is not the largest
 * @throws UserError naming a column that is missing (exit status 2), or why the file cannot be read
 */
export async function readRows(
  file: string,
  specification: Specification,
  keep: 'all' | readonly string[],
  { rename = {}, sheet }: RowsChoice = {},
): Promise<RowsToPredict> {
  const { preprocessing } = specification
  const layout = await surveyed(file, sheet, preprocessing)
  const columns = codingsByColumn(codingsOf(specification))
  const names = columns.map(([coding]) => coding?.column ?? '')
  const places = findColumns(
    layout,
    names.map((name) => ownOf(rename, name) ?? name),
    'an input of the model',
  )
  const keptColumns = keep === 'all' ? layout.names.map((_, column) => column) : findColumns(layout, keep)
  return withTable(layout, async (table) => {
    const wanted = places.map((column, k) => {
      const coding = columns[k]?.[0]
      return {
        column,
        as: coding?.type ?? ('number' as const),
        order: coding?.type === 'date' ? coding.order : undefined,
      }
    })
    const cells = await readColumns(table, layout, wanted, { missing: preprocessing?.missing })
    const { truths, notes } = await readTruths(table, layout, specification)
    const inUnits = columns.map(([coding], k) => {
      const column = cells.columns[k] as RawColumn
      return coding === undefined ? { column, note: null } : inUnitOf(coding, column)
    })
    const byEntry = columns.flatMap((own, k) =>
      own.map((coding) => ({ coding, column: inUnits[k]?.column as RawColumn, place: places[k] ?? 0 })),
    )
    const codingAt = new Map(places.map((place, k) => [place, columns[k]?.[0]]))
    const cellsAtFault = cells.bad.filter((one) => !isGap(one, codingAt.get(one.cell.column), preprocessing))
    const bad = firstOfRows([...tooLong(layout), ...cellsAtFault, ...byEntry.flatMap(cannotBeCoded)])
    const valid = new Uint8Array(layout.rows).fill(1)
    for (const { cell } of bad) valid[cell.row] = 0
    const inputs = byEntry.flatMap(({ coding, column }) => codeColumn(coding, column, null))
    for (const input of inputs) for (const { cell } of bad) input[cell.row] = 0
    const counted = (count: typeof countOutside) => countByColumn(byEntry, valid, count)
    return {
      rows: layout.rows,
      inputs,
      valid,
      problems: await sentencesOf(layout, bad),
      outside: counted(countOutside),
      unseen: counted(countUnseen),
      filled: counted(countFilled),
      truths,
      classes: await readTrueClasses(table, layout, specification),
      notes: [...layout.notes, ...cells.notes, ...inUnits.flatMap(({ note }) => note ?? []), ...notes],
      dialect: dialectOf(layout, preprocessing),
      placesOf: (rows) =>
        cellPlaces(
          layout,
          rows.map((row) => ({ row, column: null })),
        ),
      keptNames: keptColumns.map((column) => layout.names[column] ?? ''),
      kept: await readKept(table, layout, keptColumns),
    }
  })
}

/** Lines with too many cells are rows without a prediction, unless there are more of them than can be named. */
async function surveyed(
  file: string,
  sheet: string | undefined,
  preprocessing: Preprocessing | undefined,
): Promise<CsvLayout> {
  const likely = preprocessing?.numbers ?? null
  const { long } = await survey(file, { sheet }, likely)
  return long.count > long.rows.length ? layOut(file, { sheet }, likely) : survey(file, { sheet }, likely)
}

/** Of no column: the whole line is to blame. */
const LINE = -1

function tooLong({ long, names }: CsvLayout): BadCell[] {
  const why = `the line has more cells than the table has columns (${names.length})`
  return long.rows.map((row) => ({ cell: { row, column: LINE }, text: '', why }))
}

/** Whether a cell that is not of its column's type is a missing value: as in training, or by a word for one where gaps are filled. */
function isGap({ text }: BadCell, coding: ColumnCoding | undefined, preprocessing: Preprocessing | undefined): boolean {
  if (coding === undefined) return false
  if (coding.type !== 'category' && coding.fill !== undefined && seemsMissing(text)) return true
  return ruleFor(preprocessing?.bad ?? [], coding.column, text) !== undefined
}

/** A table without a decimal sign has that of the training, where its delimiter is another. */
function dialectOf(layout: CsvLayout, preprocessing: Preprocessing | undefined): TextDialect {
  const { source, numbers, tellsNumbers } = layout
  if (source.format !== 'text') return { delimiter: ',', decimal: '.', mark: false }
  // A column alone has no delimiter, and runs of spaces cannot hold an empty cell.
  const delimiter = layout.delimiter === ' ' || layout.columns === 1 ? ',' : layout.delimiter
  const likely = delimiter === ',' ? '.' : (preprocessing?.numbers?.decimal ?? '.')
  return { delimiter, decimal: tellsNumbers ? numbers.decimal : likely, mark: source.mark }
}

/** How columns become the inputs of a network; one that was trained without a table takes numbers as they are. */
export function codingsOf({ preprocessing, inputs }: Specification): readonly ColumnCoding[] {
  return preprocessing?.inputs ?? inputs.map(({ name }) => ({ column: name, center: 0, spread: 1 }))
}

interface Entry {
  readonly coding: ColumnCoding
  readonly column: RawColumn
  /** Of the column in the file. */
  readonly place: number
}

function cannotBeCoded({ coding, column, place }: Entry): BadCell[] {
  return uncodable(coding, column).map((row) => ({
    cell: { row, column: place },
    text: '',
    why: codingProblem(coding, column, row),
  }))
}

/** What is said of a row is said once: the cell itself is to blame before what could be made of it. */
function firstOfRows(bad: readonly BadCell[]): BadCell[] {
  const first = new Map<number, BadCell>()
  for (const one of bad) {
    const before = first.get(one.cell.row)
    if (before === undefined || one.cell.column < before.cell.column) first.set(one.cell.row, one)
  }
  return [...first.values()].sort((a, b) => a.cell.row - b.cell.row)
}

async function sentencesOf(layout: CsvLayout, bad: readonly BadCell[]): Promise<string[]> {
  const places = await cellPlaces(
    layout,
    bad.map(({ cell: { row, column } }) => ({ row, column: column === LINE ? null : column })),
  )
  return bad.map(({ why }, k) => `${places[k]}: ${why}`)
}

/** The most of a column's codings: the parts of a date are one column. */
function countByColumn(entries: readonly Entry[], valid: Uint8Array, count: typeof countOutside): ColumnCount[] {
  const counts = new Map<string, number>()
  for (const { coding, column } of entries) {
    const rows = count(coding, column, valid)
    if (rows > 0) counts.set(coding.column.trim(), Math.max(rows, counts.get(coding.column.trim()) ?? 0))
  }
  return [...counts].map(([column, rows]) => ({ column, count: rows }))
}

/** Cells as they stand in the file. */
async function readKept(table: CsvTable, layout: CsvLayout, columns: readonly number[]): Promise<(string | null)[][]> {
  const kept = columns.map(() => new Array<string | null>(layout.rows).fill(null))
  if (columns.length === 0) return kept
  await table.stream(columns, (chunk, from, rows) => {
    for (const [k, cells] of kept.entries()) {
      const vector = chunk.getColumnVector(k)
      for (let row = 0; row < rows; row++) {
        const text = vector.getItem(row)
        if (typeof text === 'string') cells[from + row] = text
      }
    }
  })
  return kept
}
