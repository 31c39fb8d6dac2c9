/** How do the numbers of a column come near 0, and back? */
import type { Scaling } from '../../../../src-shared/contract/job'
import { sumOf } from '../cells/column-summary'

interface Figures {
  readonly center: number
  readonly spread: number
}

/**
 * Figures of a column over its training rows: scaled = (value − center) / spread.
 *
 * `standard`: mean and population standard deviation (÷ N); `minmax`: the extremes become −1 and 1. A constant column
 * has spread 1, so it scales to 0.
 *
 * @param values finite numbers, at least one
 */
export function fitScaling(scaling: Scaling, values: Float64Array): Figures {
  if (scaling === 'none') return { center: 0, spread: 1 }
  const { min, max } = rangeOf(values)
  if (min === max) return { center: min, spread: 1 }
  // Halves, so that a range wider than the largest number stays finite.
  const halfRange = max / 2 - min / 2
  if (scaling === 'minmax') return { center: max / 2 + min / 2, spread: halfRange || 1 }
  const mean = sumOf(values, (value) => value / values.length)
  const squares = sumOf(values, (value) => ((value / 2 - mean / 2) / halfRange) ** 2)
  return { center: mean, spread: halfRange * (2 * Math.sqrt(squares / values.length)) || 1 }
}

/** (value − center) / spread of the rows, or of all rows. */
export function scaleRows(values: Float64Array, rows: Uint32Array | null, { center, spread }: Figures): Float64Array {
  const scaled = new Float64Array(rows?.length ?? values.length)
  for (let k = 0; k < scaled.length; k++) {
    scaled[k] = ((values[rows === null ? k : (rows[k] as number)] as number) - center) / spread
  }
  return scaled
}

/** Smallest and largest of finite numbers. */
export function rangeOf(values: Float64Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number
    if (value < min) min = value
    if (value > max) max = value
  }
  return { min, max }
}
