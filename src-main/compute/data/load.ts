/** What does a network train on? Rows of a table or a generator, split, and coded as its model says. */
import type { DataSummary } from '../../../src-shared/contract/data'
import type { ColumnUse, DataChoice } from '../../../src-shared/contract/job'
import type { SplitName } from '../../../src-shared/contract/results'
import {
  type ColumnCoding,
  codingsByColumn,
  inputNames,
  inputsOfColumn,
  type OutputCoding,
  type Preprocessing,
} from '../../../src-shared/kan/preprocessing'
import type { Specification } from '../../../src-shared/kan/specification'
import { UserError } from '../../../src-shared/user-error'
import type { Columns } from '../engines/engine'
import { codeColumn, codingProblem, fitColumn, uncodable } from './coding/coding'
import type { Classes } from './coding/labels'
import type { RawColumn, RawData } from './coding/raw-data'
import { type SplitRows, splitRows } from './coding/split'
import { splitBasis } from './coding/split-basis'
import { summarizeData } from './coding/summarize'
import { codeTarget, firstUncodableTarget, fitTarget, unscaled } from './coding/targets'
import { generate } from './generate'
import { readTable } from './read-table'

const PARTS = ['train', 'validation', 'test'] as const

/** Data as a model codes them. What an engine is given is made anew whenever it is asked for: only `raw` is kept. */
export interface LoadedData {
  readonly raw: RawData
  /** How many rows each part has. */
  readonly rows: Readonly<Record<SplitName, number>>
  /** What a person should know of it, with figures of each column: to be told, not kept. */
  readonly summarize: () => Promise<DataSummary>
  /** How columns become inputs and targets; to be kept in the model. */
  readonly preprocessing: Preprocessing
  /** Names of the network's inputs and outputs for this data. */
  readonly inputNames: readonly string[]
  readonly targetNames: readonly string[]
  /** Coded inputs and targets of a part; null where it has no rows. */
  readonly columns: (part: SplitName) => Columns | null
  /** The coded targets alone. */
  readonly targets: (part: SplitName) => readonly Float64Array[]
  /** Coded inputs and targets of some rows of the raw data. */
  readonly coded: (rows: Uint32Array) => Columns
  /** Which rows of the raw data a part has, ascending. */
  readonly rowsOf: (part: SplitName) => Uint32Array
  /** Which part a row of the raw data belongs to. */
  readonly partOf: (row: number) => SplitName
}

/** Reads all rows of a choice. @throws UserError naming file, line and column of what cannot be read */
export function readData(
  choice: DataChoice,
  preprocessing: Preprocessing | null,
  classes: Classes = null,
): Promise<RawData> {
  return 'file' in choice ? readTable(choice, preprocessing, classes) : Promise.resolve(generate(choice))
}

/**
 * Splits and codes data that were read.
 *
 * @param preprocessing of a model that was trained already, whose codings then win over the choice's; else null
 * @param task what the network is for: a classification's targets are probabilities, and none is scaled
 * @throws UserError naming line and column of a value that cannot be coded; with exit status 2 where the choice cannot
 * fit: other columns than the model's, no rows left to train
 */
export async function codeData(
  raw: RawData,
  choice: DataChoice,
  preprocessing: Preprocessing | null,
  task: Specification['task'] = 'regression',
): Promise<LoadedData> {
  if (task === 'classification') refuseImprobable(raw)
  const { basis, notes } = await splitBasis(raw, choice.split)
  const split = splitRows(raw.rows, choice.split, basis)
  const fresh = fit(raw, split, choice, task)
  const codings = preprocessing === null ? fresh : kept(raw, preprocessing, fresh)
  await refuseUncodable(raw, codings)
  const parts = partsOf(raw.rows, split)
  // Every row in its order needs no list.
  const listOf = (part: SplitName) => (parts === null ? null : rowsIn(parts, part))
  const coded = (rows: Uint32Array | null): Columns => ({
    rows: rows?.length ?? raw.rows,
    inputs: codedInputs(raw, codings, rows),
    targets: codedTargets(raw, codings, rows),
  })
  const rows = {
    train: split.train.length,
    validation: split.validation?.length ?? 0,
    test: split.test?.length ?? 0,
  }
  const rowsOf = (part: SplitName) => listOf(part) ?? Uint32Array.from({ length: rows[part] }, (_, row) => row)
  const said = [...notes, ...split.notes, ...keptNotes(codings, choice)]
  return {
    raw,
    rows,
    summarize: () => summarizeData(raw, rows, rowsOf('train'), codings.inputs, said),
    preprocessing: codings,
    inputNames: inputNames(codings.inputs),
    targetNames: raw.targets.map(({ name }) => name),
    rowsOf,
    partOf: (row) => PARTS[parts?.[row] ?? 0] ?? 'train',
    targets: (part) => codedTargets(raw, codings, listOf(part)),
    coded,
    columns: (part) => (rows[part] === 0 ? null : coded(listOf(part))),
  }
}

/** Reads and codes in one go. */
export async function loadData(
  choice: DataChoice,
  preprocessing: Preprocessing | null,
  task: Specification['task'] = 'regression',
): Promise<LoadedData> {
  return codeData(await readData(choice, preprocessing), choice, preprocessing, task)
}

/** The same data with the test rows where the validation rows are: what is scored while it trains are then those. */
export function scoringTest(loaded: LoadedData): LoadedData {
  const of = (part: SplitName): SplitName =>
    (({ train: 'train', validation: 'test', test: 'validation' }) as const)[part]
  const { train, validation, test } = loaded.rows
  return {
    ...loaded,
    rows: { train, validation: test, test: validation },
    rowsOf: (part) => loaded.rowsOf(of(part)),
    partOf: (row) => of(loaded.partOf(row)),
    targets: (part) => loaded.targets(of(part)),
    columns: (part) => loaded.columns(of(part)),
  }
}

/** What a network is given of a row, before scaling: of a date the seconds since 1970, of a category 1 where it is the value. */
export function inputsInOwnUnits({ coded, preprocessing: { inputs } }: LoadedData, row: number): Float64Array {
  const codings = inputs.flatMap((coding) => new Array<ColumnCoding>(inputsOfColumn(coding)).fill(coding))
  return Float64Array.from(coded(Uint32Array.of(row)).inputs, (column, i) => {
    const coding = codings[i]
    const value = column[0] as number
    if (coding === undefined || coding.type === 'category') return value
    return unscaled(coding, value) + (coding.type === 'date' ? (coding.start ?? 0) : 0)
  })
}

/** What training takes. There always is some. */
export function trainingColumns(data: LoadedData): Columns {
  const columns = data.columns('train')
  if (columns === null) throw new RangeError('no rows train')
  return columns
}

/** A byte a row says where it belongs, which is less to keep than lists; null where all rows train. */
function partsOf(rows: number, { validation, test }: SplitRows): Uint8Array | null {
  if (validation === null && test === null) return null
  const parts = new Uint8Array(rows)
  for (const row of validation ?? []) parts[row] = 1
  for (const row of test ?? []) parts[row] = 2
  return parts
}

function rowsIn(parts: Uint8Array, part: SplitName): Uint32Array {
  const wanted = PARTS.indexOf(part)
  let count = 0
  for (const own of parts) if (own === wanted) count++
  const rows = new Uint32Array(count)
  let at = 0
  parts.forEach((own, row) => {
    if (own === wanted) rows[at++] = row
  })
  return rows
}

function codedInputs(raw: RawData, { inputs }: Preprocessing, rows: Uint32Array | null): Float64Array[] {
  const columns = columnsByEntry(raw, inputs)
  return inputs.flatMap((coding, entry) => codeColumn(coding, columns[entry] as RawColumn, rows))
}

function codedTargets(raw: RawData, { outputs }: Preprocessing, rows: Uint32Array | null): Float64Array[] {
  return raw.targets.map((target, k) => codeTarget(outputs[k] as OutputCoding, target, rows))
}

/** The column that each input of the network comes from. */
export function columnsOfInputs(raw: RawData, codings: readonly ColumnCoding[]): RawColumn[] {
  const columns = columnsByEntry(raw, codings)
  return codings.flatMap((coding, entry) =>
    new Array<RawColumn>(inputsOfColumn(coding)).fill(columns[entry] as RawColumn),
  )
}

/** The column that each coding is of. */
function columnsByEntry(raw: RawData, codings: readonly ColumnCoding[]): RawColumn[] {
  return codingsByColumn(codings).flatMap((own, k) => own.map(() => raw.inputs[k] as RawColumn))
}

function usesOf(choice: DataChoice): (name: string) => ColumnUse {
  if (!('file' in choice) || choice.columns === undefined) return () => ({})
  const uses = new Map(Object.entries(choice.columns).map(([name, use]) => [name.trim(), use]))
  return (name) => uses.get(name.trim()) ?? {}
}

function fit(raw: RawData, split: SplitRows, choice: DataChoice, task: Specification['task']): Preprocessing {
  const { scaling } = choice
  const train = split.train.length === raw.rows ? null : split.train
  const use = usesOf(choice)
  const missing = 'file' in choice ? choice.read?.missing?.filter((text) => text.trim() !== '') : undefined
  const rules = 'file' in choice ? choice.read?.bad?.filter(({ action }) => action === 'missing') : undefined
  const bad = rules?.map(({ action: _, ...rule }) => rule)
  return {
    scaling,
    inputs: raw.inputs.flatMap((column) => fitColumn(column, use(column.name), scaling, train)),
    outputs: raw.targets.map((column) =>
      fitTarget(column, use(raw.labels ?? column.name), task === 'classification' ? 'none' : scaling, train),
    ),
    ...(missing === undefined || missing.length === 0 ? {} : { missing }),
    ...(bad === undefined || bad.length === 0 ? {} : { bad }),
    ...(raw.numbers === null ? {} : { numbers: raw.numbers }),
    ...(raw.labels === null ? {} : { labels: raw.labels }),
  }
}

/**
 * A trained model's codings, by position, for the columns of this table. A column that is filled now and was never before
 * gets its fill.
 */
function kept(raw: RawData, preprocessing: Preprocessing, fresh: Preprocessing): Preprocessing {
  const { inputs, outputs } = preprocessing
  const columns = codingsByColumn(inputs)
  refuseOther(columns.length, raw.inputs.length, 'inputs')
  refuseOther(outputs.length, raw.targets.length, 'outputs')
  const freshColumns = codingsByColumn(fresh.inputs)
  const { labels: _, ...known } = preprocessing
  return {
    ...known,
    ...(raw.labels === null ? {} : { labels: raw.labels }),
    inputs: columns.flatMap((codings, k) => {
      const column = raw.inputs[k] as RawColumn
      return codings.map((coding, part) => {
        refuseOtherKind(coding, column)
        const own = { ...coding, column: column.name }
        const now = freshColumns[k]?.[part]
        if (own.type === 'category' || own.fill !== undefined || now === undefined) return own
        return now.type === 'category' || now.fill === undefined ? own : { ...own, fill: now.fill }
      })
    }),
    outputs: outputs.map((output, k) => ({ ...output, column: raw.targets[k]?.name ?? '' })),
  }
}

function keptNotes({ scaling }: Preprocessing, choice: DataChoice): string[] {
  if (scaling === choice.scaling) return []
  return [`The model keeps the scaling that it was trained with (${scaling}); ${choice.scaling} is not used.`]
}

function refuseOther(model: number, data: number, role: string): void {
  if (model === data) return
  throw new UserError(`the data has ${data} ${role}, the model ${model}`, { exitCode: 2 })
}

function refuseOtherKind(coding: ColumnCoding, { type, name }: RawColumn): void {
  const isCategory = coding.type === 'category'
  const needsDate = coding.type === 'date'
  if (isCategory === (type === 'category') && (!needsDate || type === 'date')) return
  throw new UserError(
    `the network was trained with '${coding.column.trim()}' as a ${coding.type ?? 'number'}, but '${name.trim()}' is read as a ${type}: ` +
      `say so in "columns" ("as": "${coding.type ?? 'number'}"), or begin with a network that is not trained`,
    { exitCode: 2 },
  )
}

async function refuseUncodable(raw: RawData, { inputs, outputs }: Preprocessing): Promise<void> {
  const columns = columnsByEntry(raw, inputs)
  for (const [entry, coding] of inputs.entries()) {
    const column = columns[entry] as RawColumn
    const rows = uncodable(coding, column)
    const [first] = rows
    if (first !== undefined)
      throw await cannotCode(raw, coding.column, first, codingProblem(coding, column, first), rows)
  }
  for (const [k, coding] of outputs.entries()) {
    const target = raw.targets[k]
    const row = target === undefined ? -1 : firstUncodableTarget(coding, target)
    if (row < 0) continue
    const why = `${target?.values[row]} has no logarithm, which is taken of this target: only numbers above 0 have one`
    throw await cannotCode(raw, coding.column, row, why, [row])
  }
}

async function cannotCode(raw: RawData, column: string, row: number, why: string, rows: readonly number[]) {
  const more = rows.length > 1 ? ` (and ${rows.length - 1} more)` : ''
  return new UserError(`${await raw.place(row, column)}: ${why}${more}`)
}

/** A table's probabilities may be rounded. */
const PROBABILITY_ERROR = 0.01

function refuseImprobable({ name, targets, tableRows }: RawData): void {
  const columns = targets.map((column) => `'${column.name.trim()}'`).join(', ')
  for (let row = 0; row < (targets[0]?.values.length ?? 0); row++) {
    const values = targets.map((column) => column.values[row] as number)
    const total = values.reduce((sum, value) => sum + value, 0)
    if (values.every((value) => value >= 0) && Math.abs(total - 1) <= PROBABILITY_ERROR) continue
    throw new UserError(
      `${name}, row ${(tableRows?.[row] ?? row) + 1}: the targets ${columns} are ${values.join(', ')}, but those of a classification must be ` +
        `probabilities that add up to 1, a column for each class.`,
    )
  }
}
