/** Which rows and columns of a table does a job take? Read once, kept as they are. */
import type { ColumnUse, DataChoice } from '../../../src-shared/contract/job'
import { type ColumnCoding, codingsByColumn, type Preprocessing } from '../../../src-shared/kan/preprocessing'
import type { Fingerprint } from '../../../src-shared/kan/specification'
import { spellingsOf } from '../../../src-shared/kan/spelling'
import { UserError } from '../../../src-shared/user-error'
import { ruleFor } from './cells/cell-rules'
import { type BadCell, type Cells, inOrder, readColumns, type Wanted } from './cells/cells'
import { withTable } from './cells/csv-table'
import { toldType } from './cells/read-columns'
import { asClasses, asTwoValues, type Classes } from './coding/labels'
import {
  countMissing,
  hasGaps,
  isMissing,
  NO_CODE,
  type RawColumn,
  type RawData,
  type RawNumbers,
} from './coding/raw-data'
import { findColumns } from './columns'
import { fingerprintOf } from './fingerprint'
import type { CsvLayout } from './layout/csv-layout'
import { layOut } from './layout/survey'
import { cellPlaces } from './places'

export type TableChoice = Extract<DataChoice, { file: string }>

/**
 * Reads the columns of a choice. Rows without a value are left out where the choice says so.
 *
 * @param preprocessing of a model that was trained already: it says what a column is where the choice does not
 * @param classes of a classification: a target that holds their names becomes a column for each
 * @throws UserError naming file, line and column of a cell that is missing or not of its column's type
 */
export async function readTable(
  choice: TableChoice,
  preprocessing: Preprocessing | null,
  classes: Classes = null,
): Promise<RawData> {
  const { bad: rules = [], types } = choice.read ?? {}
  const known = codingsFor(choice.inputs, preprocessing)
  const layout = await layOut(choice.file, choice.read, known.size > 0 ? (preprocessing?.numbers ?? null) : null)
  const inputs = findColumns(layout, choice.inputs)
  const targets = findColumns(layout, choice.targets)
  const uses = usesByPlace(layout, choice.columns ?? {})
  refuseRepeated(layout, [...inputs, ...targets])
  const [splitColumn] = choice.split?.column === undefined ? [] : findColumns(layout, [choice.split.column])
  const wanted = new Map<number, Wanted['as']>()
  for (const [k, column] of inputs.entries()) {
    const told = toldAs(column)
    const coding = known.get((choice.inputs[k] ?? '').trim())
    wanted.set(column, uses.get(column)?.as ?? told ?? (coding === undefined ? null : (coding.type ?? 'number')))
  }
  const isLabel = classes !== null && classes.length > 1 && targets.length === 1
  for (const column of targets)
    wanted.set(column, isLabel ? 'category' : (uses.get(column)?.as ?? toldAs(column) ?? null))
  if (splitColumn !== undefined && !wanted.has(splitColumn)) {
    wanted.set(splitColumn, choice.split?.type === 'column' ? 'category' : null)
  }
  const places = [...wanted.keys()]
  const [fingerprint, { columns, bad, notes, labels }] = await Promise.all([
    fingerprintOf(layout),
    withTable(layout, async (table) => {
      const ask = (asked: readonly number[], as: (column: number) => Wanted['as']) =>
        readColumns(
          table,
          layout,
          asked.map((column) => ({ column, as: as(column) })),
          choice.read,
        )
      const first = await ask(places, (column) => wanted.get(column) ?? null)
      return isLabel
        ? { ...first, labels: [] }
        : targetsAsNumbers(first, places, targets, uses, (column) => ask(column, () => 'number'))
    }),
  ])
  const judged = bad.map((one) => {
    const rule = ruleFor(rules, layout.names[one.cell.column] ?? '', one.text)
    return { one, action: rule?.action ?? 'stop' }
  })
  await refuseBad(
    layout,
    judged.flatMap(({ one, action }) => (action === 'stop' ? [one] : [])),
  )
  const dropped = new Set(judged.flatMap(({ one, action }) => (action === 'drop' ? [one.cell.row] : [])))
  const byPlace = new Map(places.map((column, k) => [column, columns[k] as RawColumn]))
  const columnAt = (column: number): RawColumn => byPlace.get(column) as RawColumn
  const placesByName = new Map(layout.names.map((name, column) => [name, column]))
  const toRead: Reading = {
    layout,
    dropped,
    fingerprint,
    notes: [...layout.notes, ...notes, ...labels],
    classes: isLabel ? classes : null,
    inputs: inputs.map(columnAt),
    targets: targets.map(columnAt),
    splitBy: splitColumn === undefined ? null : columnAt(splitColumn),
  }
  return withoutGaps(toRead, (column) => uses.get(placesByName.get(column.name) ?? -1) ?? {})

  function toldAs(column: number): Wanted['as'] | undefined {
    const type = toldType(layout.names[column] ?? '', types)
    return type === 'text' ? 'category' : type
  }
}

/**
 * A target has to be numbers: yes and no and two values become 0 and 1. What is neither is read as numbers, so that its first
 * cell that is none is named.
 */
async function targetsAsNumbers(
  cells: Cells,
  places: readonly number[],
  targets: readonly number[],
  uses: ReadonlyMap<number, ColumnUse>,
  readNumbers: (columns: readonly number[]) => Promise<Cells>,
): Promise<Cells & { readonly labels: readonly string[] }> {
  const labels: string[] = []
  const others: number[] = []
  const columns = cells.columns.map((column, k) => {
    const place = places[k] ?? 0
    if (!targets.includes(place) || column.type === 'number') return column
    const two = asTwoValues(column, uses.get(place)?.fold)
    if (two === null) others.push(place)
    else labels.push(two.note)
    return two?.target ?? column
  })
  if (others.length === 0) return { ...cells, columns, labels }
  const again = await readNumbers(others)
  const bad = [
    ...cells.bad.filter(({ cell }) => !others.includes(cell.column)),
    ...again.bad.map((one) => ({ ...one, why: `${one.why}; ${TARGET}` })),
  ]
  return {
    columns: columns.map((column, k) => again.columns[others.indexOf(places[k] ?? 0)] ?? column),
    bad: bad.sort(inOrder),
    notes: cells.notes,
    labels,
  }
}

const TARGET =
  'a target must be numbers, yes and no or two values (a column of more classes is for a network whose "task" is "classification")'

interface Reading {
  readonly layout: CsvLayout
  /** Rows with a cell that is to be left out with its row. */
  readonly dropped: ReadonlySet<number>
  readonly fingerprint: Fingerprint
  readonly notes: readonly string[]
  readonly inputs: readonly RawColumn[]
  readonly targets: readonly RawColumn[]
  /** Of a target that holds labels. */
  readonly classes: Classes
  readonly splitBy: RawColumn | null
}

function usesByPlace(layout: CsvLayout, uses: Readonly<Record<string, ColumnUse>>): ReadonlyMap<number, ColumnUse> {
  const names = Object.keys(uses)
  const places = findColumns(layout, names, 'named in "columns"')
  return new Map(places.map((place, k) => [place, uses[names[k] ?? ''] ?? {}]))
}

/** How a model codes its columns, by their names, trimmed; nothing where its columns are others than these. */
function codingsFor(inputs: readonly string[], preprocessing: Preprocessing | null): ReadonlyMap<string, ColumnCoding> {
  const codings = codingsByColumn(preprocessing?.inputs ?? []).flatMap(([coding]) =>
    coding === undefined ? [] : [[coding.column.trim(), coding] as const],
  )
  const known = new Map(codings)
  return inputs.length === codings.length && inputs.every((name) => known.has(name.trim())) ? known : new Map()
}

/** By place and not by name: ' x' and 'x' may mean one column. */
function refuseRepeated({ name, names }: CsvLayout, columns: readonly number[]): void {
  if (new Set(columns).size === columns.length) return
  const repeated = columns.find((column, k) => columns.indexOf(column) !== k) ?? 0
  throw new UserError(
    `the column '${names[repeated]?.trim()}' of ${name} is chosen twice: a column is one input or one target`,
    { exitCode: 2 },
  )
}

async function placeOf(layout: CsvLayout, row: number, column: number | null): Promise<string> {
  const [place = ''] = await cellPlaces(layout, [{ row, column }])
  return place
}

async function refuseBad(layout: CsvLayout, [first, ...others]: readonly BadCell[]): Promise<void> {
  if (first === undefined) return
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new UserError(`${await placeOf(layout, first.cell.row, first.cell.column)}: ${first.why}${more}`)
}

/** Refuses missing values where nothing is said about them, and leaves rows out where that is said. */
async function withoutGaps(reading: Reading, useOf: (column: RawColumn) => ColumnUse): Promise<RawData> {
  const { layout, inputs, targets, splitBy } = reading
  const chosen = [...inputs, ...targets]
  for (const column of chosen) {
    if ((useOf(column).missing ?? 'stop') === 'stop') await refuseMissing(reading, column, targets.includes(column))
  }
  const toDrop = [...new Set([...chosen, ...(splitBy === null ? [] : [splitBy])])].filter(
    (column) => useOf(column).missing === 'drop',
  )
  const { rows: kept, notes } = rowsWithout(toDrop, reading)
  const take = kept === null ? <Column extends RawColumn>(column: Column) => column : taker(kept)
  return {
    name: layout.name,
    fingerprint: reading.fingerprint,
    rows: kept?.length ?? layout.rows,
    inputs: inputs.map(take),
    targets: targets.map(take).flatMap((column) => numbersIn(column, reading.classes, useOf(column).fold)),
    labels: reading.classes === null ? null : (targets[0]?.name ?? null),
    splitBy: splitBy === null ? null : take(splitBy),
    numbers: layout.tellsNumbers ? layout.numbers : null,
    notes: [
      ...reading.notes,
      ...unevenNotes(layout),
      ...notes,
      ...filledNotes(inputs.map(take), useOf),
      ...spellingNotes(chosen, useOf),
    ],
    tableRows: kept,
    place: placesIn(layout, kept),
  }
}

/** In a scope of its own, so that with it nothing is kept but the layout. */
function placesIn(layout: CsvLayout, kept: Uint32Array | null): RawData['place'] {
  return (row, column) => {
    const place = column === undefined ? -1 : layout.names.indexOf(column)
    return placeOf(layout, kept?.[row] ?? row, place < 0 ? null : place)
  }
}

function numbersIn(column: RawColumn, classes: Classes, fold?: boolean): readonly RawNumbers[] {
  if (column.type !== 'category') return [column]
  return classes === null ? [] : asClasses(column, classes, fold)
}

async function refuseMissing(reading: Reading, column: RawColumn, isTarget: boolean): Promise<void> {
  const { rows } = reading.layout
  const first = firstMissing(column, reading.dropped)
  if (first === null) return
  const count = countMissing(column)
  const place = await placeOf(reading.layout, first, reading.layout.names.indexOf(column.name))
  const name = JSON.stringify(column.name.trim())
  const filled = isTarget
    ? ''
    : column.type === 'category'
      ? ', or make them a value ("value")'
      : ', or fill them ("mean")'
  throw new UserError(
    `${place}: the cell is empty, as ${count} of ${rows} are in this column; leave such rows out ` +
      `("columns": {${name}: {"missing": "drop"}})${filled}`,
  )
}

function firstMissing(column: RawColumn, except: ReadonlySet<number> = new Set()): number | null {
  if (except.size > 0) {
    const { length } = column.type === 'category' ? column.codes : column.values
    for (let row = 0; row < length; row++) if (!except.has(row) && isMissing(column, row)) return row
    return null
  }
  const row = column.type === 'category' ? column.codes.indexOf(NO_CODE) : firstGap(column.values)
  return row < 0 ? null : row
}

function firstGap(values: Float64Array): number {
  return hasGaps(values) ? values.findIndex(Number.isNaN) : -1
}

/** The rows that have a value in each of the columns, with a sentence that counts the others; null where all have. */
function rowsWithout(
  columns: readonly RawColumn[],
  { dropped, layout: { rows, name } }: Reading,
): { rows: Uint32Array | null; notes: string[] } {
  const gaps = columns.filter((column) => firstMissing(column) !== null)
  if (gaps.length === 0 && dropped.size === 0) return { rows: null, notes: [] }
  const kept = Uint32Array.from({ length: rows }, (_, row) => row).filter(
    (row) => !dropped.has(row) && !gaps.some((column) => isMissing(column, row)),
  )
  const names = gaps.length === 0 ? 'a column' : gaps.map((column) => `'${column.name.trim()}'`).join(', ')
  const left = rows - kept.length
  const reasons = [
    ...(gaps.length === 0 ? [] : [`${left === 1 ? 'has' : 'have'} no value in ${names}`]),
    ...(dropped.size === 0 ? [] : [`${left === 1 ? 'holds' : 'hold'} a cell that is left out with its row`]),
  ]
  if (kept.length === 0) {
    throw new UserError(`${name}: every row lacks a value in ${names}, so that leaving those out leaves none`, {
      exitCode: 2,
    })
  }
  return {
    rows: kept,
    notes: [
      `${left} of ${rows} rows ${left === 1 ? 'is' : 'are'} left out, as ${left === 1 ? 'it' : 'they'} ${reasons.join(' or ')}; ${kept.length} ${kept.length === 1 ? 'is' : 'are'} left.`,
    ],
  }
}

function filledNotes(columns: readonly RawColumn[], useOf: (column: RawColumn) => ColumnUse): string[] {
  return [...new Set(columns)].flatMap((column) => {
    const { missing } = useOf(column)
    const count = missing === 'mean' || missing === 'value' ? countMissing(column) : 0
    if (count === 0) return []
    const cells = count === 1 ? 'One missing cell' : `${count} missing cells`
    const are = count === 1 ? 'is' : 'are'
    return missing === 'mean'
      ? [`${cells} of '${column.name.trim()}' ${are} filled with the mean of the training rows.`]
      : [`${cells} of '${column.name.trim()}' ${are} a value of the category.`]
  })
}

function spellingNotes(columns: readonly RawColumn[], useOf: (column: RawColumn) => ColumnUse): string[] {
  return [...new Set(columns)].flatMap((column) => {
    if (column.type !== 'category' || !useOf(column).fold) return []
    const several = spellingsOf(column.texts.map((text) => ({ text, count: 0 }))).filter((same) => same.length > 1)
    const shown = several.slice(0, NAMED).map((same) => same.map(({ text }) => `'${text}'`).join(' and '))
    const more = several.length > NAMED ? ` and ${several.length - NAMED} more` : ''
    return several.length === 0
      ? []
      : [`Spellings in '${column.name.trim()}' are one value: ${shown.join(', ')}${more}.`]
  })
}

/** Values whose spellings a sentence can carry. */
const NAMED = 5

/** Lines that are left out for their length are no rows of the layout. */
function unevenNotes({ short, long, scanning: { drops } }: CsvLayout): string[] {
  const left = (count: number, what: string) =>
    `${count === 1 ? `One line with too ${what} cells is` : `${count} lines with too ${what} cells are`} left out.`
  return [
    ...(drops.short && short.count > 0 ? [left(short.count, 'few')] : []),
    ...(drops.long && long.count > 0 ? [left(long.count, 'many')] : []),
  ]
}

/** Takes some rows of columns; what is read of a column twice is taken once. */
function taker(rows: Uint32Array): <Column extends RawColumn>(column: Column) => Column {
  const taken = new Map<RawColumn, RawColumn>()
  return <Column extends RawColumn>(column: Column): Column => {
    const known = taken.get(column) ?? takeRows(column, rows)
    taken.set(column, known)
    return known as Column
  }
}

function takeRows(column: RawColumn, rows: Uint32Array): RawColumn {
  return column.type === 'category'
    ? { ...column, codes: Uint32Array.from(rows, (row) => column.codes[row] as number) }
    : { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) }
}
