/** What should a person know of loaded data: its columns, its parts, and what is odd about them? */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ColumnSummary, DataSummary } from '../../../../src-shared/contract/data'
import type { SplitName } from '../../../../src-shared/contract/results'
import { codingsByColumn, inputNames, type Preprocessing } from '../../../../src-shared/kan/preprocessing'
import { unitOf } from '../../../../src-shared/kan/units'
import { summarizeNumbers } from '../cells/column-summary'
import { codeColumn } from './coding'
import { countMissing, type RawColumn, type RawData, type RawNumbers } from './raw-data'

/**
 * Others have a turn after each column.
 *
 * @param rows of each part
 * @param train rows that train
 * @param said of how they were split and coded
 */
export async function summarizeData(
  raw: RawData,
  rows: Readonly<Record<SplitName, number>>,
  train: Uint32Array,
  inputs: Preprocessing['inputs'],
  said: readonly string[],
): Promise<DataSummary> {
  return {
    name: raw.name,
    fingerprint: raw.fingerprint,
    rows,
    inputs: await summarizeInputs(raw, inputs),
    targets: raw.targets.map((column) => ({ ...summarizeNumbers(column.name, column.values), unit: unitOf(column) })),
    notes: [
      ...raw.notes,
      ...said,
      ...raw.inputs.flatMap((column) => absentInTraining(column, train)),
      ...constants('input', raw.inputs, train),
      ...constants('target', raw.targets, train),
    ],
  }
}

/** One an input of the network, named as it is. */
async function summarizeInputs(raw: RawData, codings: Preprocessing['inputs']): Promise<ColumnSummary[]> {
  const names = inputNames(codings)
  const summaries: ColumnSummary[] = []
  for (const [k, own] of codingsByColumn(codings).entries()) {
    const column = raw.inputs[k] as RawColumn
    await nextTurn()
    for (const coding of own) {
      const next = () => names[summaries.length] ?? ''
      if (column.type === 'category') {
        for (const input of codeColumn(coding, column, null)) summaries.push(summarizeNumbers(next(), input))
      } else {
        const type = coding.type === 'date' && coding.part === undefined ? ('date' as const) : ('number' as const)
        summaries.push({ ...summarizeNumbers(next(), column.values, countMissing(column)), type, unit: unitOf(column) })
      }
    }
  }
  return summaries
}

/** So many columns or values are named in a sentence. */
const NAMED = 3

function absentInTraining(column: RawColumn, train: Uint32Array): string[] {
  if (column.type !== 'category') return []
  const [all, trained] = [new Set(column.codes), new Set(train.length === column.codes.length ? column.codes : [])]
  for (const row of train) trained.add(column.codes[row] as number)
  const absent = column.texts.filter((_, code) => all.has(code) && !trained.has(code))
  if (absent.length === 0) return []
  const more = absent.length > NAMED ? ` and ${absent.length - NAMED} more` : ''
  return [
    `No training row has ${absent
      .slice(0, NAMED)
      .map((text) => `'${text}'`)
      .join(', ')}${more} in '${column.name.trim()}': nothing is learnt of it.`,
  ]
}

function constants(role: string, columns: readonly RawColumn[], train: Uint32Array): string[] {
  const found = columns.flatMap((column) => {
    const only = onlyValue(column, train)
    return only === null ? [] : [{ name: column.name.trim(), value: only }]
  })
  if (found.length > NAMED) {
    const some = found.slice(0, NAMED).map(({ name }) => `'${name}'`)
    return [
      `${found.length} ${role}s are constant in every training row: ${some.join(', ')} and ${found.length - NAMED} more.`,
    ]
  }
  return found.map(({ name, value }) => `The ${role} '${name}' is constant: it is ${value} in every training row.`)
}

function onlyValue(column: RawColumn, train: Uint32Array): string | null {
  if (column.type === 'category') {
    const first = column.codes[train[0] as number] as number
    return train.every((row) => column.codes[row] === first) ? (column.texts[first] ?? 'empty') : null
  }
  let only = Number.NaN
  for (const row of train) {
    const value = column.values[row] as number
    if (Number.isNaN(only)) only = value
    else if (!Number.isNaN(value) && value !== only) return null
  }
  return shown(column, only)
}

function shown({ type }: RawNumbers, value: number): string {
  if (type === 'boolean') return value === 1 ? 'yes' : 'no'
  return type === 'date' ? new Date(value * 1000).toISOString() : String(value)
}
