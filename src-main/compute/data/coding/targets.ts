/** How does a column become a target of the network, and an output a value of the column again? */
import type { ColumnUse, Scaling } from '../../../../src-shared/contract/job'
import type { OutputCoding, ScaledCoding } from '../../../../src-shared/kan/preprocessing'
import { UserError } from '../../../../src-shared/user-error'
import { pick, unitsOf } from './coding'
import type { RawNumbers } from './raw-data'
import { fitScaling, scaleRows } from './scaling'

/**
 * @param train rows to take figures from, null for all
 * @throws UserError (exit status 2) where the use makes no sense for a target
 */
export function fitTarget(
  column: RawNumbers,
  use: ColumnUse,
  scaling: Scaling,
  train: Uint32Array | null,
): OutputCoding {
  const { name, values, words } = column
  if (use.missing === 'mean' || use.missing === 'value') {
    throw new UserError(
      `the target '${name.trim()}' cannot be filled where it is missing, as the network would learn what was made up: ` +
        `use drop or stop for "missing"`,
      { exitCode: 2 },
    )
  }
  const isLog = use.transform === 'log'
  const seen = isLog ? pick(values, train).map(Math.log).filter(Number.isFinite) : pick(values, train)
  return {
    column: name,
    ...unitsOf(column),
    ...(isLog ? { transform: 'log' as const } : {}),
    ...(words === undefined ? {} : { words }),
    ...(use.fold ? { fold: true } : {}),
    ...(seen.length === 0 ? { center: 0, spread: 1 } : fitScaling(scaling, seen)),
  }
}

/** What the network is to give in some rows, or in all. */
export function codeTarget(coding: OutputCoding, { values }: RawNumbers, rows: Uint32Array | null): Float64Array {
  return scaleRows(coding.transform === 'log' ? pick(values, rows).map(Math.log) : values, rowsOf(coding, rows), coding)
}

/** A logarithm is taken of the picked rows only. */
function rowsOf({ transform }: OutputCoding, rows: Uint32Array | null): Uint32Array | null {
  return transform === 'log' ? null : rows
}

/** The first row whose target has no number; −1 where all have. */
export function firstUncodableTarget({ transform }: OutputCoding, { values }: RawNumbers): number {
  return transform === 'log' ? values.findIndex((value) => !(value > 0)) : -1
}

/** From an output to a value in the target's own unit. */
export function unscaled(coding: ScaledCoding | OutputCoding, output: number): number {
  const value = output * coding.spread + coding.center
  return 'transform' in coding && coding.transform === 'log' ? Math.exp(value) : value
}
