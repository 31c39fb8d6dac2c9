/**
 * How much do all edges of one input spread over a batch? phi = θ · f(x) with the input's functions f = (base, B_1 … B_n),
 * so their covariance tells it for every edge: var(phi) = θᵀ C θ. Rows are looked at once an input, not once an edge.
 */
import { type Base, type Basis, basisSize } from '../kan/specification'
import { baseValue } from './base'
import { basisValues } from './basis'
import type { Grid } from './grid'

export interface Covariance {
  /** Takes one more row into account. */
  add(x: number): void
  /** After the last row. */
  finish(): Deviation
}

/**
 * Sample standard deviation of an edge's phi over the rows taken; 0 for one row, and where it is lost in rounding.
 *
 * @param theta base scaler, then basis scaler times each weight, [1 + n]
 */
type Deviation = (theta: ArrayLike<number>) => number

/** Spreads below this part of what the terms could make together are what rounding left of them. */
const RESOLUTION = 1e-7

export function covariance(
  { basis, base }: { readonly basis: Basis; readonly base: Base },
  { grid, scale }: Grid,
): Covariance {
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
      if (rows < 2) return () => 0
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) {
          const product = (products[a * size + b] as number) - ((sums[a] as number) * (sums[b] as number)) / rows
          products[a * size + b] = products[b * size + a] = product / (rows - 1)
        }
      }
      return (theta) => deviationOf(products, theta)
    },
  }
}

/** √(θᵀ C θ) */
function deviationOf(covariances: Float64Array, theta: ArrayLike<number>): number {
  const size = theta.length
  let variance = 0
  let most = 0
  for (let a = 0; a < size; a++) {
    const own = theta[a] as number
    let sum = 0
    for (let b = 0; b < size; b++) sum += (covariances[a * size + b] as number) * (theta[b] as number)
    variance += own * sum
    most += Math.abs(own) * Math.sqrt(Math.max(0, covariances[a * size + a] as number))
  }
  const deviation = Math.sqrt(Math.max(0, variance))
  return deviation > RESOLUTION * most ? deviation : 0
}
