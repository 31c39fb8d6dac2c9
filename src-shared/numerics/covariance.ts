/**
 * How much does every edge of one input spread over a batch?
 *
 * phi = θ · f(x) with the input's functions f = (base, B_1 … B_n), so their covariance C tells it for all edges:
 * var(phi) = θᵀ C θ. Rows are looked at once an input, not once an edge.
 */

export interface FunctionSpread {
  /** Mean of each function, [1 + n]. */
  readonly mean: Float64Array
  /**
   * Sample standard deviation of an edge's phi; 0 for one row, and where it is lost in rounding.
   *
   * @param theta   base scaler, then basis scaler times each weight, [1 + n]
   * @param product receives C θ, [1 + n]: the deviation's derivative by θ, times the deviation
   */
  deviation(theta: Float64Array, product: Float64Array): number
}

/** Spreads below this part of what the terms could make together are what rounding of float32 left of them. */
const RESOLUTION = 1e-6

/**
 * @param products sums over the rows of f_a·f_b, b ≤ a, [1 + n, 1 + n]
 * @param sums     of f_a, [1 + n]
 */
export function functionSpread(products: Float64Array, sums: Float64Array, rows: number): FunctionSpread {
  const size = sums.length
  const covariances = new Float64Array(size * size)
  for (let a = 0; rows > 1 && a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const centred = (products[a * size + b] as number) - ((sums[a] as number) * (sums[b] as number)) / rows
      covariances[a * size + b] = covariances[b * size + a] = centred / (rows - 1)
    }
  }
  return {
    mean: sums.map((sum) => sum / rows),
    deviation: (theta, product) => deviationOf(covariances, theta, product),
  }
}

/** √(θᵀ C θ), C symmetric. */
function deviationOf(covariances: Float64Array, theta: Float64Array, product: Float64Array): number {
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
