/** How do knots stay strictly increasing as they are stored, in float32? */

/** Least distance of two knots, in spacings of float32 at that value. */
const LEAST_STEP = 4

/** Moves points up, in place, where they would meet the one before. */
export function keepApart(points: Float64Array): void {
  for (let m = 1; m < points.length; m++) {
    const before = points[m - 1] as number
    points[m] = Math.max(points[m] as number, before + leastStep(before))
  }
}

/** The knots of a range with `order` more on each side, a step apart. */
export function extendKnots(range: Float64Array, order: number, leftStep: number, rightStep: number): Float64Array {
  const knots = new Float64Array(range.length + 2 * order)
  knots.set(range, order)
  const last = order + range.length - 1
  for (let m = 1; m <= order; m++) {
    const left = knots[order - m + 1] as number
    const right = knots[last + m - 1] as number
    knots[order - m] = left - Math.max(leftStep, leastStep(left))
    knots[last + m] = right + Math.max(rightStep, leastStep(right))
  }
  return knots
}

function leastStep(value: number): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(value), 2 ** -126)))
  return LEAST_STEP * 2 ** (exponent - 23)
}
