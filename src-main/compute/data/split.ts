/** Which rows train, which validate and which test? */
import type { Split } from '../../../src-shared/contract/job'
import { random, shuffle } from '../../../src-shared/numerics/random'
import { UserError } from '../../../src-shared/user-error'

/** Indices of rows, ascending; null where there are none. Training has at least one. */
export interface SplitRows {
  readonly train: Uint32Array
  readonly validation: Uint32Array | null
  readonly test: Uint32Array | null
  /** A sentence for each part that was asked for and has no row. */
  readonly notes: readonly string[]
}

/**
 * Splits N rows into ⌊fraction·N⌋ for validation and for test and the rest for training: by chance from the seed, or
 * chronological, where training rows come first, then validation, then test.
 *
 * @throws UserError (exit status 2) where nothing is left to train on
 */
export function splitRows(rows: number, split: Split | undefined): SplitRows {
  const validation = split === undefined ? 0 : sizeOf(split.validation, rows)
  const test = split === undefined ? 0 : sizeOf(split.test, rows)
  const train = rows - validation - test
  if (train < 1) {
    throw new UserError(
      `the split leaves no rows to train on: validation ${split?.validation} and test ${split?.test} together must be below 1`,
      { exitCode: 2 },
    )
  }
  const order =
    split === undefined || split.type === 'chronological'
      ? Uint32Array.from({ length: rows }, (_, row) => row)
      : inRandomOrder(rows, validation, test, split.seed)
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

/** ⌊fraction·rows⌋ of the fraction as it is written: 0.29 of 100 rows are 29, though the product in binary is a little less. */
function sizeOf(fraction: number, rows: number): number {
  return Math.floor(fraction * rows * (1 + 2 * Number.EPSILON))
}

/** Training rows, then validation, then test. The same seed gives the same validation rows whatever is tested. */
function inRandomOrder(rows: number, validation: number, test: number, seed: number): Uint32Array {
  const shuffled = shuffle(rows, random(seed, 'split'))
  const order = new Uint32Array(rows)
  const train = rows - validation - test
  order.set(shuffled.subarray(validation + test))
  order.set(shuffled.subarray(0, validation), train)
  order.set(shuffled.subarray(validation, validation + test), train + validation)
  return order
}

function tooFew(part: string, fraction: number, size: number, rows: number): string[] {
  if (fraction === 0 || size > 0) return []
  return [`There is no ${part}: ${fraction} of ${rows === 1 ? '1 row' : `${rows} rows`} is less than one row.`]
}
