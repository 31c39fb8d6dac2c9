/**
 * Which coefficients in a new basis give the curve that others give in an old one?
 *
 * They are linear in the old ones, w_new = T·w_old with one matrix T for all curves of an input: T = G⁺·C, where G sums up
 * the products of the new basis functions with each other over some points, and C those with the old ones.
 */
import { type Basis, basisSize } from '../kan/specification'
import { basisValues } from './basis'
import type { Grid } from './grid'
import { cholesky, leastSquares, substituteAll } from './least-squares'
import { knotSpan, localSplines } from './spline'

/** A basis on one input's knots or centres. */
export interface PlacedBasis {
  readonly basis: Basis
  readonly grid: Grid
}

/** Row-major [n of the new basis, n of the old one]. */
export type ChangeOfBasis = Float64Array

/**
 * Combinations of basis functions that hardly show on the points, by 10⁻⁴ of those that show most, count as free. Polynomials
 * of tanh x of degree 40 would else fit a kink with weights of 10¹⁰ that cancel each other there and explode outside.
 */
const TOLERANCE = 1e-8 // of squares

/** With more basis functions than this it takes too long to find out which combinations of them are free. */
const MOST_FREE = 200
/** What is left of a number after sums of so many. */
const ROUNDING = 1e-14

/** The least-squares fit on a dense set of points of a range; what is free there is 0. */
export function fitOnRange(from: PlacedBasis, to: PlacedBasis, range: readonly [number, number]): ChangeOfBasis {
  const products = productsOf(from, to, densePoints(from, to, range))
  const tolerance = products.size > MOST_FREE ? ROUNDING : TOLERANCE
  return solveInBand(products, tolerance) ?? solve(products, products.cross)
}

/**
 * The least-squares fit on samples; what they leave free is as in the fit on the range.
 *
 * @param samples finite numbers
 * @param range   where the new basis is to keep the curve if the samples do not say
 */
export function fitOnSamples(
  from: PlacedBasis,
  to: PlacedBasis,
  samples: Float64Array,
  range: readonly [number, number],
): ChangeOfBasis {
  const products = productsOf(from, to, samples)
  const determined = solveInBand(products, TOLERANCE)
  if (determined !== null) return determined
  const kept = fitOnRange(from, to, range)
  // So fine a grid follows the old curve closely at the samples, too.
  if (products.size > MOST_FREE) return kept
  const own = symmetric(products)
  const missing = products.cross.map((value, at) => value - rowTimesColumn(own, products, kept, at))
  const correction = solve(products, missing)
  return kept.map((value, at) => value + (correction[at] as number))
}

/** Writes T·w of every edge: [edges, old n] → [edges, new n] at the edges `input`, `input + inputs`, … */
export function changeWeights(
  change: ChangeOfBasis,
  old: Float64Array,
  oldSize: number,
  weights: Float64Array,
  size: number,
  input: number,
  inputs: number,
): void {
  const edges = old.length / oldSize
  for (let edge = input; edge < edges; edge += inputs) changeEdge(change, old, oldSize, weights, size, edge)
}

/** Writes T·w of one edge. */
export function changeEdge(
  change: ChangeOfBasis,
  old: Float64Array,
  oldSize: number,
  weights: Float64Array,
  size: number,
  edge: number,
): void {
  for (let m = 0; m < size; m++) {
    let sum = 0
    for (let c = 0; c < oldSize; c++) sum += (change[m * oldSize + c] as number) * (old[edge * oldSize + c] as number)
    weights[edge * size + m] = sum
  }
}

interface Products {
  readonly size: number
  readonly oldSize: number
  /** Σ B_m·B_c of the new basis, the lower half of a band: c = m − width … m at [m, c − m + width] */
  readonly own: Float64Array
  /** How far from the diagonal the band goes: splines that are further apart have no point in common. */
  readonly width: number
  /** Σ B_m·B_c of the new basis with the old, [size, oldSize] */
  readonly cross: Float64Array
}

function productsOf(from: PlacedBasis, to: PlacedBasis, points: Float64Array): Products {
  const size = basisSize(to.basis)
  const oldSize = basisSize(from.basis)
  const width = to.basis.type === 'spline' ? to.basis.order : size - 1
  const own = new Float64Array(size * (width + 1))
  const cross = new Float64Array(size * oldSize)
  const next = new Evaluated(to)
  const old = new Evaluated(from)
  for (let p = 0; p < points.length; p++) {
    const x = points[p] as number
    next.evaluate(x)
    old.evaluate(x)
    for (let r = 0; r < next.count; r++) {
      const value = next.values[r] as number
      const row = next.first + r
      for (let c = Math.max(0, r - width); c <= r; c++) {
        add(own, row * (width + 1) + c - r + width, value * (next.values[c] as number))
      }
      for (let c = 0; c < old.count; c++) add(cross, row * oldSize + old.first + c, value * (old.values[c] as number))
    }
  }
  return { size, oldSize, own, width, cross }
}

/** Basis functions at a point: those from `first` on that may not be 0. Only a few splines are. */
class Evaluated {
  first = 0
  count: number
  readonly values: Float64Array
  readonly #placed: PlacedBasis

  constructor(placed: PlacedBasis) {
    this.#placed = placed
    this.count = basisSize(placed.basis)
    this.values = new Float64Array(this.count)
  }

  evaluate(x: number): void {
    const { basis, grid } = this.#placed
    const size = basisSize(basis)
    if (basis.type === 'spline') {
      const span = knotSpan(grid.grid, x)
      if (span >= basis.order && span < size) {
        this.first = span - basis.order
        this.count = basis.order + 1
        localSplines(basis.order, x, grid.grid, span, this.values)
        return
      }
    }
    this.first = 0
    this.count = size
    basisValues(basis, x, grid.grid, grid.scale, this.values, null)
  }
}

function add(array: Float64Array, index: number, value: number): void {
  array[index] = (array[index] as number) + value
}

/** G⁻¹·C; null where some combination of the basis functions is free. */
function solveInBand({ size, own, width, cross }: Products, tolerance: number): ChangeOfBasis | null {
  const factor = cholesky(own, size, width, tolerance)
  return factor && substituteAll(factor, cross, size, width)
}

/** G⁺·right, column by column. */
function solve(products: Products, right: Float64Array): ChangeOfBasis {
  const { size, oldSize } = products
  const solver = leastSquares(symmetric(products), size, size, TOLERANCE)
  const change = new Float64Array(size * oldSize)
  const column = new Float64Array(size)
  for (let c = 0; c < oldSize; c++) {
    for (let m = 0; m < size; m++) column[m] = right[m * oldSize + c] as number
    solver.solve(column).forEach((value, m) => {
      change[m * oldSize + c] = value
    })
  }
  return change
}

/** G as a whole, [size, size]. */
function symmetric({ size, own, width }: Products): Float64Array {
  const whole = new Float64Array(size * size)
  for (let m = 0; m < size; m++) {
    for (let c = Math.max(0, m - width); c <= m; c++) {
      whole[m * size + c] = whole[c * size + m] = own[m * (width + 1) + c - m + width] as number
    }
  }
  return whole
}

/** Element `at` of G·kept. */
function rowTimesColumn(own: Float64Array, { size, oldSize }: Products, kept: ChangeOfBasis, at: number): number {
  const row = Math.floor(at / oldSize)
  const column = at % oldSize
  let sum = 0
  for (let k = 0; k < size; k++) sum += (own[row * size + k] as number) * (kept[k * oldSize + column] as number)
  return sum
}

/**
 * Midpoints of equal cells of the range and of each interval between knots or centres of both bases: off the knots, where
 * splines of order 0 jump, and some for each basis function however narrow it is.
 */
function densePoints(from: PlacedBasis, to: PlacedBasis, [start, end]: readonly [number, number]): Float64Array {
  const points: number[] = []
  const cover = (low: number, high: number, count: number) => {
    for (let p = 0; p < count; p++) points.push(low + ((p + 0.5) / count) * (high - low))
  }
  cover(start, end, 64 + 4 * Math.max(basisSize(from.basis), basisSize(to.basis)))
  for (const { basis, grid } of [from, to]) {
    const perInterval = basis.type === 'spline' ? basis.order + 2 : 2
    const inside = grid.grid.filter((knot) => knot > start && knot < end)
    const ends = [start, ...inside.sort(), end]
    ends.forEach((high, k) => {
      const low = ends[k - 1]
      if (low !== undefined && high > low) cover(low, high, perInterval)
    })
  }
  return Float64Array.from(points)
}
