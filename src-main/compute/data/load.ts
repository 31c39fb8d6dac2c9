/** What does a network train on? Rows of a table or a generator, split and scaled in float64. */
import type { DataSummary } from '../../../src-shared/contract/data'
import type { DataChoice, Scaling } from '../../../src-shared/contract/job'
import type { SplitName } from '../../../src-shared/contract/results'
import type { ColumnScaling, Preprocessing, Specification } from '../../../src-shared/kan/specification'
import { UserError } from '../../../src-shared/user-error'
import type { Columns } from '../engines/engine'
import { summarizeNumbers } from './column-summary'
import { findColumns } from './columns'
import { type CsvLayout, layOut, linesOf } from './csv-layout'
import { type CsvTable, withTable } from './duckdb'
import { generate } from './generate'
import type { RawData } from './raw-data'
import { badCells, cellProblem, readCells, readNumbers } from './read-numbers'
import { fitScaling, rangeOf, scaleRows } from './scaling'
import { type SplitRows, splitRows } from './split'

export interface LoadedData {
  readonly summary: DataSummary
  /** What was done to the columns; to be kept in the model. */
  readonly preprocessing: Preprocessing
  /** Scaled. */
  readonly train: Columns
  readonly validation: Columns | null
  readonly test: Columns | null
  readonly inputNames: readonly string[]
  readonly targetNames: readonly string[]
  /** For each row of a split, which row of the table it is, from 0; null where all rows train, in their order, or none is there. */
  readonly sourceRows: Readonly<Record<SplitName, Uint32Array | null>>
}

/**
 * Loads all rows of a choice.
 *
 * @param preprocessing of a model that was trained already, whose figures then win over the choice's scaling; else null
 * @param task what the network is for: a classification's targets are probabilities, and none is scaled
 * @throws UserError naming file, line and column where a cell is not a finite number; with exit status 2 where the
 * choice cannot fit: a column that does not exist, another number of columns than the model's, no rows left to train
 */
export async function loadData(
  choice: DataChoice,
  preprocessing: Preprocessing | null,
  task: Specification['task'] = 'regression',
): Promise<LoadedData> {
  const raw = 'file' in choice ? await readTable(choice) : generate(choice)
  if (task === 'classification') refuseImprobable(raw)
  const rows = splitRows(raw.targets[0]?.length ?? 0, choice.split)
  const fitted = preprocessing === null ? fit(raw, rows, choice, task) : refit(raw, preprocessing)
  const columns = (part: Uint32Array | null): Columns | null => (part === null ? null : scaleColumns(raw, part, fitted))
  const all = rows.validation === null && rows.test === null
  return {
    summary: summarize(raw, rows, choice, fitted),
    preprocessing: fitted,
    train: scaleColumns(raw, all ? null : rows.train, fitted),
    validation: columns(rows.validation),
    test: columns(rows.test),
    inputNames: raw.inputNames,
    targetNames: raw.targetNames,
    sourceRows: { train: all ? null : rows.train, validation: rows.validation, test: rows.test },
  }
}

type TableChoice = Extract<DataChoice, { file: string }>

async function readTable(choice: TableChoice): Promise<RawData> {
  const layout = await layOut(choice.file, choice.read)
  const columns = findColumns(layout, [...choice.inputs, ...choice.targets])
  refuseRepeated(layout, columns)
  return withTable(layout, async (table) => {
    const values = await readNumbers(table, layout, columns)
    await refuseBadCells(table, layout, values, columns)
    const written = columns.map((column) => layout.names[column] ?? '')
    const inputs = choice.inputs.length
    return {
      name: layout.name,
      inputs: values.slice(0, inputs),
      targets: values.slice(inputs),
      inputNames: written.slice(0, inputs),
      targetNames: written.slice(inputs),
    }
  })
}

/** By place and not by name: ' x' and 'x' may mean one column. */
function refuseRepeated({ name, names }: CsvLayout, columns: readonly number[]): void {
  const repeated = columns.find((column, k) => columns.indexOf(column) !== k)
  if (repeated === undefined) return
  throw new UserError(
    `the column '${names[repeated]?.trim()}' of ${name} is chosen twice: a column is one input or one target`,
    { exitCode: 2 },
  )
}

async function refuseBadCells(
  table: CsvTable,
  layout: CsvLayout,
  values: readonly Float64Array[],
  columns: readonly number[],
): Promise<void> {
  const bad = badCells(values, columns)
  const [first] = bad
  if (first === undefined) return
  const [text] = await readCells(table, [first])
  const [line = 0] = await linesOf(layout, [first])
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more)` : ''
  const column = layout.names[first.column]?.trim()
  throw new UserError(
    `${layout.name}, column '${column}', ${layout.source.place(line)}: ${cellProblem(text ?? null)}${more}`,
  )
}

/** A table's probabilities may be rounded. */
const PROBABILITY_ERROR = 0.01

function refuseImprobable({ name, targets, targetNames }: RawData): void {
  const columns = targetNames.map((column) => `'${column.trim()}'`).join(', ')
  for (let row = 0; row < (targets[0]?.length ?? 0); row++) {
    const values = targets.map((column) => column[row] as number)
    const total = values.reduce((sum, value) => sum + value, 0)
    if (values.every((value) => value >= 0) && Math.abs(total - 1) <= PROBABILITY_ERROR) continue
    throw new UserError(
      `${name}, row ${row + 1}: the targets ${columns} are ${values.join(', ')}, but those of a classification must be ` +
        `probabilities that add up to 1, a column for each class.`,
    )
  }
}

function fit(raw: RawData, { train }: SplitRows, { scaling }: DataChoice, task: Specification['task']): Preprocessing {
  const figures = (kind: Scaling, values: readonly Float64Array[], names: readonly string[]) =>
    values.map((column, k) => fitScaling(kind, names[k] ?? '', pick(column, train)))
  return {
    scaling,
    inputs: figures(scaling, raw.inputs, raw.inputNames),
    outputs: figures(task === 'classification' ? 'none' : scaling, raw.targets, raw.targetNames),
  }
}

/** A trained model's figures, by position, for the columns of this table. */
function refit(raw: RawData, { scaling, inputs, outputs }: Preprocessing): Preprocessing {
  return {
    scaling,
    inputs: renamed(inputs, raw.inputNames, 'inputs'),
    outputs: renamed(outputs, raw.targetNames, 'outputs'),
  }
}

function renamed(figures: readonly ColumnScaling[], names: readonly string[], role: string): ColumnScaling[] {
  if (figures.length === names.length) return figures.map((figure, k) => ({ ...figure, column: names[k] ?? '' }))
  throw new UserError(`the data has ${names.length} ${role}, the model ${figures.length}`, { exitCode: 2 })
}

/** @param rows null: all of them */
function scaleColumns(raw: RawData, rows: Uint32Array | null, { inputs, outputs }: Preprocessing): Columns {
  const scaled = (columns: readonly Float64Array[], figures: readonly ColumnScaling[]) =>
    columns.map((column, k) => scaleRows(column, rows, figures[k] ?? { column: '', center: 0, spread: 1 }))
  const targets = scaled(raw.targets, outputs)
  return { rows: targets[0]?.length ?? 0, inputs: scaled(raw.inputs, inputs), targets }
}

function summarize(raw: RawData, rows: SplitRows, choice: DataChoice, { scaling }: Preprocessing): DataSummary {
  const kept =
    scaling === choice.scaling
      ? []
      : [`The model keeps the scaling that it was trained with (${scaling}); ${choice.scaling} is not used.`]
  return {
    name: raw.name,
    rows: { train: rows.train.length, validation: rows.validation?.length ?? 0, test: rows.test?.length ?? 0 },
    inputs: raw.inputs.map((column, k) => summarizeNumbers(raw.inputNames[k] ?? '', column)),
    targets: raw.targets.map((column, k) => summarizeNumbers(raw.targetNames[k] ?? '', column)),
    notes: [
      ...rows.notes,
      ...kept,
      ...constants('input', raw.inputs, raw.inputNames, rows.train),
      ...constants('target', raw.targets, raw.targetNames, rows.train),
    ],
  }
}

/** So many constant columns are named in a sentence each. */
const NAMED = 3

function constants(
  role: string,
  columns: readonly Float64Array[],
  names: readonly string[],
  train: Uint32Array,
): string[] {
  const found = columns.flatMap((column, k) => {
    const { min, max } = rangeOf(pick(column, train))
    return min === max ? [{ name: names[k]?.trim(), value: min }] : []
  })
  if (found.length > NAMED) {
    const some = found.slice(0, NAMED).map(({ name }) => `'${name}'`)
    return [
      `${found.length} ${role}s are constant in every training row: ${some.join(', ')} and ${found.length - NAMED} more.`,
    ]
  }
  return found.map(({ name, value }) => `The ${role} '${name}' is constant: it is ${value} in every training row.`)
}

/** A column's values in some rows. */
function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  if (rows.length === values.length) return values
  const picked = new Float64Array(rows.length)
  for (let k = 0; k < rows.length; k++) picked[k] = values[rows[k] as number] as number
  return picked
}
