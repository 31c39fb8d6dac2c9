/** What are the ten radial kernels of a distance a ≥ 0, and their slopes? Names and values are better_kan's; docs/numerics.md lists them. */
import type { RbfKernel } from '../kan/specification'

/** Both are finite wherever the formula is, also for distances whose square is not; NaN gives NaN. */
interface Radial {
  /** K(a) */
  value(a: number): number
  /** dK / da; at 0 the limit from the right */
  slope(a: number): number
}

export const rbfKernels: Readonly<Record<RbfKernel, Radial>> = {
  gaussian: {
    value: (a) => Math.exp(-a * a),
    slope: (a) => fading(-2 * a, a * a),
  },
  quadratic: {
    value: (a) => a * a,
    slope: (a) => 2 * a,
  },
  inverse_quadratic: {
    value: (a) => 1 / (1 + a * a),
    slope: (a) => {
      const value = 1 / (1 + a * a)
      return value === 0 ? 0 : -2 * (a * value) * value
    },
  },
  multiquadric: {
    value: hypotenuse,
    slope: (a) => (a > FAR ? 1 : a / hypotenuse(a)),
  },
  inverse_multiquadric: {
    value: (a) => 1 / hypotenuse(a),
    slope: (a) => {
      const value = 1 / hypotenuse(a)
      return value === 0 ? 0 : -(a * value) * value * value
    },
  },
  spline: {
    value: (a) => a * a * Math.log1p(a),
    slope: (a) => a * (2 * Math.log1p(a) + 1 / (1 + 1 / a)),
  },
  poisson_one: {
    value: (a) => fading(a - 1, a),
    slope: (a) => fading(2 - a, a),
  },
  poisson_two: {
    value: (a) => fading((a * (a - 2)) / 2, a),
    slope: (a) => fading(a * (2 - a / 2) - 1, a),
  },
  matern32: {
    value: (a) => fading(1 + ROOT3 * a, ROOT3 * a),
    slope: (a) => fading(-3 * a, ROOT3 * a),
  },
  matern52: {
    value: (a) => fading(1 + ROOT5 * a + (5 / 3) * a * a, ROOT5 * a),
    slope: (a) => fading((-5 / 3) * a * (1 + ROOT5 * a), ROOT5 * a),
  },
}

const ROOT3 = Math.sqrt(3)
const ROOT5 = Math.sqrt(5)

/** From here on √(1 + a²) is a, to the last bit. */
const FAR = 1e9

function hypotenuse(a: number): number {
  return a > FAR ? a : Math.sqrt(1 + a * a)
}

/** factor · e^−exponent, which is 0 where the exponential is, whatever the factor: ∞ · 0 would be NaN. */
function fading(factor: number, exponent: number): number {
  const e = Math.exp(-exponent)
  return e === 0 ? 0 : factor * e
}
