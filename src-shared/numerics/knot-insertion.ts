/** How does a spline stay exactly the same on a grid with more knots? */
import { type Basis, basisSize } from '../kan/specification'
import type { ChangeOfBasis } from './change-of-basis'

type Spline = Extract<Basis, { type: 'spline' }>

/**
 * The change of basis to a grid with additional knots between the old ones: exact from the first knot of the range to the
 * last. Null where an old knot of the range is missing in the new one, or the order is another.
 *
 * A coefficient is the value of the spline's polar form (blossom) at the knots inside its basis function's support, taken
 * of the polynomial on an interval of that support; the scheme is de Boor's with another argument at each level.
 * Source: L. Ramshaw, "Blossoms are polar forms", CAGD 6 (1989).
 */
export function insertKnots(from: Spline, old: Float64Array, to: Spline, knots: Float64Array): ChangeOfBasis | null {
  const { order } = from
  if (to.order !== order || !isNested(from, old, to, knots)) return null
  const oldSize = basisSize(from)
  const change = new Float64Array(basisSize(to) * oldSize)
  for (let m = 0; m < basisSize(to); m++) {
    // An interval of the range in the middle of the new basis function's support m … m + order + 1.
    const first = Math.max(m, order)
    const last = Math.min(m + order, order + to.intervals - 1)
    const middle = Math.floor((first + last) / 2)
    const at = ((knots[middle] as number) + (knots[middle + 1] as number)) / 2
    let interval = order
    while (interval < order + from.intervals - 1 && (old[interval + 1] as number) <= at) interval++
    change.set(blossom(old, order, interval, knots.subarray(m + 1, m + 1 + order)), m * oldSize + interval - order)
  }
  return change
}

/** How much each of the order + 1 coefficients of an interval counts in its polynomial's polar form at some arguments. */
function blossom(knots: Float64Array, order: number, interval: number, at: Float64Array): Float64Array {
  // levels[k] lists the shares of the coefficients in the k-th point of the scheme.
  let points = Array.from({ length: order + 1 }, (_, k) =>
    Float64Array.from({ length: order + 1 }, (_, c) => (c === k ? 1 : 0)),
  )
  at.forEach((argument, level) => {
    points = points.slice(1).map((right, k) => {
      const left = points[k] as Float64Array
      const start = knots[interval - order + level + 1 + k] as number
      const end = knots[interval + 1 + k] as number
      const share = (argument - start) / (end - start)
      return left.map((value, c) => (1 - share) * value + share * (right[c] as number))
    })
  })
  return points[0] as Float64Array
}

function isNested(from: Spline, old: Float64Array, to: Spline, knots: Float64Array): boolean {
  const inside = new Set(knots.subarray(to.order, to.order + to.intervals + 1))
  const active = old.subarray(from.order, from.order + from.intervals + 1)
  const increasing = (list: Float64Array) => list.every((knot, m) => m === 0 || knot > (list[m - 1] as number))
  return (
    increasing(old.subarray(1, old.length - 1)) &&
    increasing(knots) &&
    active.every((knot) => inside.has(knot)) &&
    knots[to.order] === active[0] &&
    knots[to.order + to.intervals] === active[active.length - 1]
  )
}
