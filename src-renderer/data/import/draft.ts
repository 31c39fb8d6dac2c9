/** What a person has decided about a table, and the choice of data that it makes. */
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { ColumnUse, DataChoice, ReadOptions, Scaling, Split } from '../../../src-shared/contract/job'
import { partOf } from '../../../src-shared/kan/preprocessing'
import { ownOf } from '../../../src-shared/own'
import { formatCount } from '../../ui/format'
import type { Role } from './roles'
import { withOneSpelling } from './spellings'
import { withAllValues } from './value-order'

export interface Draft {
  /** What is not detected. */
  readonly read: ReadOptions
  /** Of the columns whose role a person chose. */
  readonly roles: ReadonlyMap<string, Role>
  readonly uses: Readonly<Record<string, ColumnUse>>
  /** Texts that look like a code for missing and are values; `all` in a table that was used before. */
  readonly values: ReadonlySet<string> | 'all'
  readonly split: Split
  readonly scaling: Scaling
}

export type TableChoice = Extract<DataChoice, { file: string }>

export const FRESH: Draft = {
  read: {},
  roles: new Map(),
  uses: {},
  values: new Set(),
  split: { type: 'random', validation: 0.2, test: 0, seed: 0 },
  scaling: 'minmax',
}

/** The draft that led to a choice. @param names of all columns of its table: what was not chosen is ignored */
export function draftOf(choice: TableChoice, names: readonly string[]): Draft {
  const roles = new Map<string, Role>(names.map((name) => [name, 'ignore']))
  for (const name of choice.inputs) roles.set(name, 'input')
  for (const name of choice.targets) roles.set(name, 'target')
  return {
    read: choice.read ?? {},
    roles,
    uses: choice.columns ?? {},
    values: 'all',
    split: choice.split ?? { ...FRESH.split, validation: 0 },
    scaling: choice.scaling,
  }
}

/** The choice of data that a draft makes of its table. */
export function choiceOf(
  file: string,
  { read, uses, split, scaling }: Draft,
  columns: readonly ColumnSummary[],
  roles: readonly Role[],
): TableChoice {
  const named = (role: Role) => columns.filter((_, c) => roles[c] === role).map(({ name }) => name)
  const kept = columns.flatMap((column, c): [string, ColumnUse][] => {
    const use = withAllValues(fitting(ownOf(uses, column.name), column, roles[c] ?? 'ignore'), column)
    return Object.keys(use).length > 0 ? [[column.name, use]] : []
  })
  return {
    file,
    inputs: named('input'),
    targets: named('target'),
    split,
    scaling,
    ...(Object.keys(read).length > 0 ? { read } : {}),
    ...(kept.length > 0 ? { columns: Object.fromEntries(kept) } : {}),
  }
}

/** The options that a column has by what it is and is for: others were chosen when it was something else. */
export function fitting(use: ColumnUse | undefined, { type }: ColumnSummary, role: Role): ColumnUse {
  if (use === undefined || role === 'ignore') return {}
  const isFilled = use.missing === 'mean' || use.missing === 'value'
  const fills = role === 'input' && (use.missing === 'value') === (type === 'text')
  const isKept: { readonly [Option in keyof ColumnUse]-?: boolean } = {
    as: true,
    missing: !isFilled || fills,
    transform: type === 'number',
    unseen: type === 'text',
    values: type === 'text',
    fold: type === 'text',
    date: type === 'date',
  }
  return Object.fromEntries(Object.entries(use).filter(([option]) => isKept[option as keyof ColumnUse]))
}

/** The options of columns after some were changed; undefined takes an option back to its default. */
export function withUse(
  uses: Draft['uses'],
  names: Iterable<string>,
  change: { readonly [Option in keyof ColumnUse]?: ColumnUse[Option] | undefined },
): Draft['uses'] {
  const next = new Map(Object.entries(uses))
  for (const name of names) {
    const merged = Object.entries({ ...next.get(name), ...change }).filter(([, value]) => value !== undefined)
    if (merged.length > 0) next.set(name, Object.fromEntries(merged))
    else next.delete(name)
  }
  return Object.fromEntries(next)
}

/** How columns are read after their types were chosen; null goes back to what is detected. */
export function withType(read: ReadOptions, names: Iterable<string>, type: ColumnSummary['type'] | null): ReadOptions {
  const types = new Map(Object.entries(read.types ?? {}))
  for (const name of names) {
    if (type === null) types.delete(name)
    else types.set(name, type)
  }
  return settled({ ...read, types: types.size > 0 ? Object.fromEntries(types) : undefined })
}

/** Without the options that are undefined: those are detected. */
export function settled(
  read: { readonly [Option in keyof ReadOptions]?: ReadOptions[Option] | undefined },
): ReadOptions {
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** What becomes of a network with some inputs when others are chosen. */
export function networkText(before: readonly string[], inputs: readonly string[]): string {
  const isOf = (own: string, name: string) => own === name || partOf(own)?.column === name
  const kept = inputs.filter((name) => before.some((own) => isOf(own, name)))
  if (kept.length === 0) return 'The network begins anew.'
  if (kept.length === inputs.length && before.every((own) => inputs.some((name) => isOf(own, name))))
    return 'The network stays.'
  const some = kept.length <= 3 ? kept.join(', ') : `${formatCount(kept.length)} columns`
  return `The network keeps its curves of ${some}.`
}

/** How many inputs of a network columns become, as far as it is known before they are coded. */
export function inputCount(columns: readonly ColumnSummary[], uses: Draft['uses']): number {
  return columns.reduce((sum, column) => {
    const use = ownOf(uses, column.name) ?? {}
    const { date, missing } = use
    const { type, distinct } = withOneSpelling(column, use)
    if (type === 'text') return sum + distinct + (missing === 'value' ? 1 : 0)
    return sum + (type === 'date' ? (date?.parts.length ?? 1) : 1)
  }, 0)
}

/** How many rows train, validate and test, as a person reads it. */
export function splitText(rows: number, { type, validation, test }: Split): string {
  if (type === 'column') return 'Its values say which rows train, validate and test.'
  const size = (part: number) => Math.floor(part * rows * (1 + 2 * Number.EPSILON))
  const [validate, tested] = [size(validation), size(test)]
  const train = rows - validate - tested
  if (train < 1) return 'No row is left to train on: make the other parts smaller.'
  const parts = [
    `${formatCount(train)} ${train === 1 ? 'row trains' : 'rows train'}`,
    ...(validate > 0 ? [`${formatCount(validate)} validate`] : []),
    ...(tested > 0 ? [`${formatCount(tested)} test`] : []),
  ]
  const text = `${parts.join(', ')}.`
  const lacking = [
    ...(validation > 0 && validate === 0 ? ['validation'] : []),
    ...(test > 0 && tested === 0 ? ['test'] : []),
  ]
  return lacking.length > 0
    ? `${text} The table is too small for a ${lacking.join(' and a ')} part: it is left out.`
    : text
}
