/** What does a split see in its column: an order, strata, or the parts by name? */
import type { Split } from '../../../../src-shared/contract/job'
import { UserError } from '../../../../src-shared/user-error'
import { NO_CODE, type RawColumn, type RawData, type RawNumbers } from './raw-data'
import type { SplitBasis } from './split'

/** Numbers of more different values are balanced by quantiles. */
const CLASSES = 10

/** What stands in a column that names the parts, in lower case. */
const PARTS: Readonly<Record<string, number>> = {
  train: 0,
  training: 0,
  validation: 1,
  valid: 1,
  val: 1,
  test: 2,
  testing: 2,
}

export interface Basis {
  readonly basis: SplitBasis | null
  readonly notes: readonly string[]
}

const NOTHING: Basis = { basis: null, notes: [] }

/** @throws UserError naming the line where the column says nothing that the split can use */
export async function splitBasis(raw: RawData, split: Split | undefined): Promise<Basis> {
  switch (split?.type) {
    case undefined:
    case 'random':
      return NOTHING
    case 'chronological':
      return raw.splitBy === null ? NOTHING : { basis: await orderBy(raw, raw.splitBy), notes: [] }
    case 'stratified':
      return raw.splitBy === null ? byTargets(raw, split) : byColumn(raw.splitBy, split)
    case 'column':
      return { basis: await partsOf(raw, raw.splitBy), notes: [] }
  }
}

async function orderBy(raw: RawData, column: RawColumn): Promise<SplitBasis> {
  if (column.type === 'category') {
    throw new UserError(
      `the column '${column.name}' of ${raw.name} orders a chronological split, but it holds texts: name a column of dates or numbers`,
      { exitCode: 2 },
    )
  }
  const row = column.values.findIndex(Number.isNaN)
  if (row >= 0) {
    throw new UserError(
      `${await raw.place(row)}: the column '${column.name}', which orders the split, is empty; leave such rows out ("missing": "drop")`,
    )
  }
  return { type: 'order', keys: column.values }
}

async function partsOf(raw: RawData, column: RawColumn | null): Promise<SplitBasis> {
  const parts = new Uint8Array(raw.rows)
  if (column?.type !== 'category') {
    throw new UserError(
      `the column '${column?.name}' of ${raw.name} cannot split the rows: its cells must be train, validation or test`,
      { exitCode: 2 },
    )
  }
  const known = column.texts.map((text) => PARTS[text.toLowerCase()])
  for (let row = 0; row < raw.rows; row++) {
    const code = column.codes[row] as number
    const part = known[code]
    if (part !== undefined) parts[row] = part
    else {
      const cell = code === NO_CODE ? 'is empty' : `says '${column.texts[code]}'`
      throw new UserError(
        `${await raw.place(row)}: the column '${column.name}', which splits the rows, ${cell}, but must say train, validation or test`,
      )
    }
  }
  return { type: 'parts', parts }
}

/** By the first target; the columns of several classes are one target, the class that is largest. */
function byTargets({ targets }: RawData, split: Split): Basis {
  const [first] = targets
  if (first === undefined) return NOTHING
  if (targets.length === 1) return byColumn(first, split)
  const strata = Uint32Array.from(first.values, (_, row) => largestOf(targets, row))
  return {
    basis: { type: 'strata', strata },
    notes: [`The split keeps the shares of the largest of the ${targets.length} targets in each part.`],
  }
}

function largestOf(targets: readonly RawNumbers[], row: number): number {
  let largest = 0
  for (const [k, { values }] of targets.entries()) {
    if ((values[row] as number) > (targets[largest]?.values[row] as number)) largest = k
  }
  return largest
}

function byColumn(column: RawColumn, split: Split): Basis {
  const name = `'${column.name.trim()}'`
  if (column.type === 'category') {
    const notes = [`The split keeps the shares of the ${column.texts.length} values of ${name} in each part.`]
    return { basis: { type: 'strata', strata: column.codes }, notes }
  }
  const { values } = column
  const different = differentOf(values)
  if (different !== null) {
    const places = new Map(different.map((value, place) => [value, place]))
    const strata = Uint32Array.from(values, (value) => places.get(value) ?? NO_CODE)
    const notes = [`The split keeps the shares of the ${different.length} values of ${name} in each part.`]
    return { basis: { type: 'strata', strata }, notes }
  }
  const bounds = quantilesOf(values, split)
  const strata = Uint32Array.from(values, (value) => {
    return Number.isNaN(value) ? NO_CODE : bounds.filter((bound) => value >= bound).length
  })
  const notes = [`The split keeps the shares of ${bounds.length + 1} quantiles of ${name} in each part.`]
  return { basis: { type: 'strata', strata }, notes }
}

/** The different numbers, ascending; null where there are more than a person would call classes. */
function differentOf(values: Float64Array): number[] | null {
  const different = new Set<number>()
  for (const value of values) {
    if (!Number.isNaN(value)) different.add(value)
    if (different.size > CLASSES) return null
  }
  return [...different].sort((a, b) => a - b)
}

/** What lies between the quantiles: ten of them, fewer where not each would have a row in each part. */
function quantilesOf(values: Float64Array, { validation, test }: Split): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const smallest = Math.min(...[validation, test].filter((fraction) => fraction > 0), 1)
  const count = Math.max(1, Math.min(CLASSES, Math.floor(sorted.length * smallest)))
  return Array.from({ length: count - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / count)] as number)
}
