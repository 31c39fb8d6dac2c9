/** Which rows train, which validate and which test? */
import type { Split } from '../../../../src-shared/contract/job'
import { random, shuffle } from '../../../../src-shared/numerics/random'
import { UserError } from '../../../../src-shared/user-error'

/** Indices of rows, ascending; null where there are none. Training has at least one. */
export interface SplitRows {
  readonly train: Uint32Array
  readonly validation: Uint32Array | null
  readonly test: Uint32Array | null
  /** A sentence for each part that was asked for and has no row. */
  readonly notes: readonly string[]
}

/** What a split looks at besides the number of rows, each with a value a row. */
export type SplitBasis =
  /** Rows are taken in the order of these numbers, equal ones in that of the table. */
  | { readonly type: 'order'; readonly keys: Float64Array }
  /** Rows with the same number are shared among the parts in proportion. */
  | { readonly type: 'strata'; readonly strata: Uint32Array }
  /** 0 trains, 1 validates, 2 tests. */
  | { readonly type: 'parts'; readonly parts: Uint8Array }

/**
 * Splits N rows into ⌊fraction·N⌋ for validation and for test and the rest for training: by chance from the seed, in
 * proportion within strata, or in order, where training rows come first, then validation, then test; or as their own parts say.
 *
 * @throws UserError (exit status 2) where nothing is left to train on
 */
export function splitRows(rows: number, split: Split | undefined, basis: SplitBasis | null = null): SplitRows {
  if (basis?.type === 'parts') return byParts(basis.parts)
  const validation = split === undefined ? 0 : sizeOf(split.validation, rows)
  const test = split === undefined ? 0 : sizeOf(split.test, rows)
  const train = rows - validation - test
  if (train < 1) {
    throw new UserError(
      `the split leaves no rows to train on: validation ${split?.validation} and test ${split?.test} together must be below 1`,
      { exitCode: 2 },
    )
  }
  const order = orderOf(rows, { validation, test }, split, basis)
  const part = (from: number, length: number) => (length === 0 ? null : order.slice(from, from + length).sort())
  return {
    train: part(0, train) ?? order,
    validation: part(train, validation),
    test: part(train + validation, test),
    notes: [
      ...tooFew('validation', split?.validation ?? 0, validation, rows),
      ...tooFew('test', split?.test ?? 0, test, rows),
    ],
  }
}

function byParts(parts: Uint8Array): SplitRows {
  const rowsOf = (wanted: number) => {
    const rows = Uint32Array.from(parts.keys()).filter((row) => parts[row] === wanted)
    return rows.length === 0 ? null : rows
  }
  const train = rowsOf(0)
  if (train === null) {
    throw new UserError('the split leaves no rows to train on: no cell of its column is train', { exitCode: 2 })
  }
  return { train, validation: rowsOf(1), test: rowsOf(2), notes: [] }
}

/** ⌊fraction·rows⌋ of the fraction as it is written: 0.29 of 100 rows are 29, though the product in binary is a little less. */
function sizeOf(fraction: number, rows: number): number {
  return Math.floor(fraction * rows * (1 + 2 * Number.EPSILON))
}

interface Sizes {
  readonly validation: number
  readonly test: number
}

/** Training rows, then validation, then test. */
function orderOf(rows: number, sizes: Sizes, split: Split | undefined, basis: SplitBasis | null): Uint32Array {
  if (basis?.type === 'order') {
    const { keys } = basis
    return Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b)
  }
  if (split === undefined || split.type === 'chronological') return Uint32Array.from({ length: rows }, (_, row) => row)
  const shuffled = shuffle(rows, random(split.seed, 'split'))
  if (basis?.type === 'strata') return inProportion(shuffled, sizes, basis.strata)
  // As of a single stratum.
  const order = new Uint32Array(rows)
  const { validation, test } = sizes
  order.set(shuffled.subarray(validation + test))
  order.set(shuffled.subarray(0, validation + test), rows - validation - test)
  return order
}

/** Of each stratum the first rows validate and the next ones test: the same seed validates on the same rows whatever is tested. */
function inProportion(shuffled: Uint32Array, { validation, test }: Sizes, strata: Uint32Array): Uint32Array {
  const sizes = new Map<number, number>()
  for (const row of shuffled) {
    const stratum = strata[row] as number
    sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1)
  }
  const validating = allot(sizes, validation)
  const testing = allot(
    new Map([...sizes].map(([stratum, size]) => [stratum, size - (validating.get(stratum) ?? 0)])),
    test,
  )
  const rows = shuffled.length
  const order = new Uint32Array(rows)
  let [training, toValidate, toTest] = [0, rows - validation - test, rows - test]
  for (const row of shuffled) {
    const stratum = strata[row] as number
    const [mayValidate = 0, mayTest = 0] = [validating.get(stratum), testing.get(stratum)]
    if (mayValidate > 0) {
      validating.set(stratum, mayValidate - 1)
      order[toValidate++] = row
    } else if (mayTest > 0) {
      testing.set(stratum, mayTest - 1)
      order[toTest++] = row
    } else order[training++] = row
  }
  return order
}

/**
 * Shares a total among strata by their sizes. What is left over goes to the largest remainders, but to the last row of a
 * stratum only where there is no other: it is to train.
 */
function allot(sizes: ReadonlyMap<number, number>, total: number): Map<number, number> {
  let all = 0
  for (const size of sizes.values()) all += size
  const shares = [...sizes].map(([stratum, size]) => {
    const exact = (total * size) / all
    const whole = Math.floor(exact)
    return { stratum, whole, remainder: exact - whole, isLast: size - whole < 2 }
  })
  let left = shares.reduce((rest, { whole }) => rest - whole, total)
  const inTurn = shares.toSorted((a, b) => Number(a.isLast) - Number(b.isLast) || b.remainder - a.remainder)
  return new Map(inTurn.map(({ stratum, whole }) => [stratum, whole + (left-- > 0 ? 1 : 0)]))
}

function tooFew(part: string, fraction: number, size: number, rows: number): string[] {
  if (fraction === 0 || size > 0) return []
  return [`There is no ${part}: ${fraction} of ${rows === 1 ? '1 row' : `${rows} rows`} is less than one row.`]
}
