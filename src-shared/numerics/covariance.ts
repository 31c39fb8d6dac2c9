/**
 * How much do all edges of one input spread over a batch, and how does that flow back?
 *
 * phi = θ · f(x) with the input's functions f = (base, B_1 … B_n), so their covariance C tells it for every edge:
 * var(phi) = θᵀ C θ. Rows are looked at once an input, not once an edge.
 */
import { type Base, type Basis, basisSize } from '../kan/specification'
import { baseSlope, baseValue } from './base'
import { basisValues } from './basis'
import type { Grid } from './grid'

interface Functions {
  readonly basis: Basis
  readonly base: Base
}

/** Takes the rows of an input, one after the other. */
export interface Covariance {
  add(x: number): void
  /** After the last row. */
  finish(): FunctionSpread
}

export interface FunctionSpread {
  /** Mean of each function, [1 + n]. */
  readonly mean: Float64Array
  /**
   * Sample standard deviation of an edge's phi; 0 for one row, and where it is lost in rounding.
   *
   * @param theta   base scaler, then basis scaler times each weight, [1 + n]
   * @param product receives C θ, [1 + n]: the deviation's derivative by θ, times the deviation
   */
  deviation(theta: ArrayLike<number>, product: Float64Array): number
}

/** Spreads below this part of what the terms could make together are what rounding left of them. */
const RESOLUTION = 1e-7

export function covariance({ basis, base }: Functions, { grid, scale }: Grid): Covariance {
  const size = 1 + basisSize(basis)
  const values = new Float64Array(size)
  const functions = values.subarray(1)
  // Sums of differences from the first row: those of values far from 0 would cancel.
  const first = new Float64Array(size)
  const sums = new Float64Array(size)
  const products = new Float64Array(size * size)
  let rows = 0
  return {
    add(x) {
      values[0] = baseValue(base, x)
      basisValues(basis, x, grid, scale, functions, null)
      if (rows === 0) first.set(values)
      rows++
      for (let a = 0; a < size; a++) {
        const difference = (values[a] as number) - (first[a] as number)
        values[a] = difference
        if (difference === 0) continue
        sums[a] = (sums[a] as number) + difference
        const row = a * size
        for (let b = 0; b <= a; b++) {
          products[row + b] = (products[row + b] as number) + difference * (values[b] as number)
        }
      }
    },

    finish() {
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) {
          const product = (products[a * size + b] as number) - ((sums[a] as number) * (sums[b] as number)) / rows
          products[a * size + b] = products[b * size + a] = rows > 1 ? product / (rows - 1) : 0
        }
      }
      return {
        mean: first.map((value, a) => value + (sums[a] as number) / rows),
        deviation: (theta, product) => deviationOf(products, theta, product),
      }
    },
  }
}

/**
 * Derivatives by x of what edges of one input feel of their deviations: Σ_j β_j · (phi_j(x) − mean) · phi_j′(x), from
 * A = Σ_j β_j θ_j θ_jᵀ, [1 + n, 1 + n].
 */
export function spreadFlow(
  { basis, base }: Functions,
  { grid, scale }: Grid,
  mean: Float64Array,
  form: Float64Array,
): (x: number) => number {
  const size = mean.length
  const values = new Float64Array(size)
  const slopes = new Float64Array(size)
  const [functions, functionSlopes] = [values.subarray(1), slopes.subarray(1)]
  return (x) => {
    values[0] = baseValue(base, x)
    slopes[0] = baseSlope(base, x)
    basisValues(basis, x, grid, scale, functions, functionSlopes)
    for (let a = 0; a < size; a++) values[a] = (values[a] as number) - (mean[a] as number)
    let flow = 0
    for (let a = 0; a < size; a++) {
      const slope = slopes[a] as number
      if (slope === 0) continue
      let sum = 0
      for (let b = 0; b < size; b++) sum += (form[a * size + b] as number) * (values[b] as number)
      flow += slope * sum
    }
    return flow
  }
}

/** √(θᵀ C θ), C symmetric. */
function deviationOf(covariances: Float64Array, theta: ArrayLike<number>, product: Float64Array): number {
  const size = theta.length
  let variance = 0
  let most = 0
  for (let a = 0; a < size; a++) {
    const own = theta[a] as number
    let sum = 0
    for (let b = 0; b < size; b++) sum += (covariances[a * size + b] as number) * (theta[b] as number)
    product[a] = sum
    variance += own * sum
    most += Math.abs(own) * Math.sqrt(Math.max(0, covariances[a * size + a] as number))
  }
  const deviation = Math.sqrt(Math.max(0, variance))
  return deviation > RESOLUTION * most ? deviation : 0
}
