/** What are the values and slopes of Chebyshev polynomials of tanh x? */
import { tanhSlope } from './base'

/**
 * T_m(tanh x), m = 0 … values.length − 1, and slopes if wanted.
 *
 * By the recurrences of T_m and U_m, T_m′ = m·U_m−1, which stay finite where tanh x is ±1: the slope is 0 there,
 * while the derivative of cos(m·acos u) would divide 0 by 0.
 *
 * @param values  receives degree + 1 numbers
 * @param slopes  receives their derivatives by x, or null
 */
export function chebyshevValues(x: number, values: Float64Array, slopes: Float64Array | null): void {
  const u = Math.tanh(x)
  const inner = slopes === null ? 0 : tanhSlope(x)
  let value = 1
  let nextValue = u
  let second = 0 // U_m−1
  let nextSecond = 1
  for (let m = 0; m < values.length; m++) {
    values[m] = value
    if (slopes !== null) slopes[m] = m * second * inner
    const value2 = 2 * u * nextValue - value
    value = nextValue
    nextValue = value2
    const second2 = 2 * u * nextSecond - second
    second = nextSecond
    nextSecond = second2
  }
}
