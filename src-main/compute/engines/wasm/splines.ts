/** What do B-splines look like between two knots? Polynomials for the kernels, and a way to find the interval fast. */

/**
 * Coefficients of the order + 1 splines that are not zero on each interval, as polynomials of u = (x − start) / length.
 *
 * Writes for each interval {start, 1 / length, 0, 0} and then rows of coefficients of u⁰ … u^order, `padded` splines side
 * by side; a last interval of zeros stands for "outside". Source: the recursion of de Boor, "A Practical Guide to Splines",
 * ch. X, carried out on polynomials.
 *
 * @param knots non-decreasing; an interval without length stays zero, as no x lies in it
 * @param table receives knots.length · (4 + (order + 1) · padded) numbers
 */
export function fillSplineTable(order: number, padded: number, knots: ArrayLike<number>, table: Float32Array): void {
  const intervals = knots.length - 1
  const width = order + 1
  const entry = 4 + width * padded
  table.fill(0)
  // level[r] is the polynomial of the spline g − order + r, of the degree reached so far.
  const level = Array.from({ length: width + 1 }, () => new Float64Array(width))
  for (let g = 0; g < intervals; g++) {
    const start = knots[g] as number
    const length = (knots[g + 1] as number) - start
    if (!(length > 0)) continue
    for (const polynomial of level) polynomial.fill(0)
    at(level, order)[0] = 1
    for (let degree = 1; degree <= order; degree++) {
      const highest = Math.min(g, intervals - degree - 1)
      for (let m = Math.max(0, g - degree); m <= highest; m++) {
        const r = m - g + order
        const knot = knots[m] as number
        const right = knots[m + degree + 1] as number
        const left = (knots[m + degree] as number) - knot
        const next = right - (knots[m + 1] as number)
        const up = left > 0 ? { constant: (start - knot) / left, slope: length / left } : NOTHING
        const down = next > 0 ? { constant: (right - start) / next, slope: -length / next } : NOTHING
        combine(at(level, r), up, at(level, r + 1), down)
      }
    }
    const offset = g * entry
    table[offset] = start
    table[offset + 1] = 1 / length
    const splines = intervals - order
    for (let m = Math.max(0, g - order); m <= Math.min(g, splines - 1); m++) {
      const r = m - g + order
      at(level, r).forEach((coefficient, degree) => {
        table[offset + 4 + degree * padded + r] = coefficient
      })
    }
  }
}

/**
 * Cells that divide the whole range evenly and name the interval of their middle.
 *
 * @param numbers receives the number of cells per unit of x, as float32
 * @param cells   receives an interval for each cell
 */
export function fillCells(knots: ArrayLike<number>, numbers: Float32Array, cells: Int32Array): void {
  const intervals = knots.length - 1
  const from = knots[0] as number
  const to = knots[intervals] as number
  const perCell = cells.length / (to - from)
  numbers[0] = Number.isFinite(perCell) ? perCell : 0
  let interval = 0
  for (let c = 0; c < cells.length; c++) {
    const middle = from + ((to - from) * (c + 0.5)) / cells.length
    while (interval < intervals - 1 && middle >= (knots[interval + 1] as number)) interval++
    cells[c] = interval
  }
}

/** {first knot, 1 / step} where the knots are uniform up to rounding, else 1 / step is 0. */
export function uniformSteps(knots: ArrayLike<number>): readonly [number, number] {
  const last = knots.length - 1
  const from = knots[0] as number
  const step = ((knots[last] as number) - from) / last
  const rounding = 2 ** -22 * Math.max(Math.abs(from), Math.abs(knots[last] as number))
  for (let m = 0; m <= last; m++) {
    if (!(Math.abs((knots[m] as number) - (from + m * step)) <= rounding)) return [from, 0]
  }
  return [from, step > 64 * rounding ? 1 / step : 0]
}

interface Linear {
  readonly constant: number
  readonly slope: number
}
const NOTHING: Linear = { constant: 0, slope: 0 }

/** target ← a · target + b · other, for a and b linear in u. */
function combine(target: Float64Array, a: Linear, other: Float64Array, b: Linear): void {
  for (let d = target.length - 1; d >= 0; d--) {
    const below = d > 0
    target[d] =
      a.constant * (target[d] as number) +
      b.constant * (other[d] as number) +
      (below ? a.slope * (target[d - 1] as number) + b.slope * (other[d - 1] as number) : 0)
  }
}

function at(level: readonly Float64Array[], index: number): Float64Array {
  const polynomial = level[index]
  if (polynomial === undefined) throw new RangeError(`no polynomial ${index}`)
  return polynomial
}
