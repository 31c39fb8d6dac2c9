/**
 * What are the values and slopes of B-splines of any order on one input's knots?
 *
 * Source: de Boor, "A Practical Guide to Splines", ch. IX–X. Intervals are half-open, [t_m, t_m+1), and outside all knots
 * every spline is 0, as in better_kan.
 */

/**
 * Values, and slopes if wanted, of all n splines at one point.
 *
 * @param order   k ≥ 0; 0 is a step
 * @param x       NaN gives NaN
 * @param knots   non-decreasing, length n + k + 1; repeated knots are allowed
 * @param values  receives n numbers
 * @param slopes  receives their n derivatives by x, or null
 */
export function splineValues(
  order: number,
  x: number,
  knots: Float64Array,
  values: Float64Array,
  slopes: Float64Array | null,
): void {
  const background = Number.isNaN(x) ? Number.NaN : 0
  values.fill(background)
  slopes?.fill(background)
  const span = knotSpan(knots, x)
  if (span < 0) return

  // level[m - first] is B_m of the degree reached so far; only order + 1 splines are not 0 at x.
  const level = scratch(order + 2)
  level.fill(0, 0, order + 2)
  level[order] = 1
  const first = span - order
  const last = knots.length - 1
  for (let degree = 1; degree <= order; degree++) {
    const lowest = Math.max(0, span - degree)
    const highest = Math.min(span, last - degree - 1)
    for (let m = lowest; m <= highest; m++) {
      const knot = knots[m] as number
      const right = knots[m + degree + 1] as number
      const left = share(level[m - first] as number, (knots[m + degree] as number) - knot)
      const next = share(level[m - first + 1] as number, right - (knots[m + 1] as number))
      level[m - first] = (x - knot) * left + (right - x) * next
      if (slopes !== null && degree === order) slopes[m] = degree * (left - next)
    }
  }
  const highest = Math.min(span, values.length - 1)
  for (let m = Math.max(0, first); m <= highest; m++) values[m] = level[m - first] as number
}

/**
 * Values of the order + 1 splines that are not 0 at a point between the first and the last knot of the range, the quick way:
 * half as many divisions as {@link splineValues}, and nothing else is touched. Source: de Boor's BSPLVB.
 *
 * @param span  the interval of x, order ≤ span < n, as {@link knotSpan} tells
 * @param level receives the value of spline span − order + r at each r ≤ order
 */
export function localSplines(order: number, x: number, knots: Float64Array, span: number, level: Float64Array): void {
  level[0] = 1
  for (let degree = 1; degree <= order; degree++) {
    let saved = 0
    for (let r = 0; r < degree; r++) {
      const right = knots[span + r + 1] as number
      const left = knots[span + 1 - degree + r] as number
      const term = (level[r] as number) / (right - left)
      level[r] = saved + (right - x) * term
      saved = (x - left) * term
    }
    level[degree] = saved
  }
}

/** Knots a + h·(−k … G + k) of G equal intervals on [a, c]. */
export function uniformKnots(order: number, intervals: number, [from, to]: readonly [number, number]): Float64Array {
  const step = (to - from) / intervals
  return Float64Array.from({ length: intervals + 2 * order + 1 }, (_, m) => from + step * (m - order))
}

/** Index m of the interval t_m ≤ x < t_m+1, or −1 outside all knots. */
export function knotSpan(knots: Float64Array, x: number): number {
  const last = knots.length - 1
  if (!(x >= (knots[0] as number) && x < (knots[last] as number))) return -1
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x < (knots[middle] as number)) high = middle
    else low = middle
  }
  return low
}

/** value / width, where a spline on no width at all (repeated knots) counts as 0. */
function share(value: number, width: number): number {
  return width > 0 ? value / width : 0
}

/** Kept between calls, so that a curve of a thousand points allocates nothing. */
let memory = new Float64Array(16)
function scratch(length: number): Float64Array {
  if (memory.length < length) memory = new Float64Array(length)
  return memory
}
