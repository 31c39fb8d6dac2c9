/** How far are numbers from those that they should be? */

/**
 * Largest difference relative to the largest expected value; absolute where all expected values are 0.
 * Infinite where lengths differ or a number is not finite.
 */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let largest = 0
  let error = 0
  for (let k = 0; k < expected.length; k++) {
    const difference = Math.abs((actual[k] as number) - (expected[k] as number))
    if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY
    error = Math.max(error, difference)
    largest = Math.max(largest, Math.abs(expected[k] as number))
  }
  return largest === 0 ? error : error / largest
}
