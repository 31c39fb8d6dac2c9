/** What are the ten radial kernels of distances a ≥ 0, and their slopes, by TensorFlow's operations? As in src-shared/numerics/rbf-kernels.ts. */
import type { RbfKernel } from '../../../../src-shared/kan/specification'
import type { Features } from './bases'
import type { Tensor, TensorFlow } from './tensors'

type Radial = (tf: TensorFlow, a: Tensor, withSlopes: boolean) => Features

/** From here on √(1 + a²) is a. */
const FAR = 1e9
/** From here on e^−a is 0, whatever it is multiplied with: distances are cut off here, so that nothing overflows. */
const FADED = 1000

export const radialKernels: Readonly<Record<RbfKernel, Radial>> = {
  gaussian: (tf, a, withSlopes) => {
    const values = tf.exponential(tf.negate(tf.square(a)))
    return { values, slopes: withSlopes ? tf.multiply(tf.multiply(values, a), tf.scalar(-2)) : null }
  },
  quadratic: (tf, a, withSlopes) => ({ values: tf.square(a), slopes: withSlopes ? tf.add(a, a) : null }),
  inverse_quadratic: (tf, a, withSlopes) => {
    const values = tf.divide(tf.scalar(1), tf.add(tf.square(a), tf.scalar(1)))
    const slopes = () => tf.multiply(tf.multiply(tf.multiply(a, values), values), tf.scalar(-2))
    return { values, slopes: withSlopes ? slopes() : null }
  },
  multiquadric: (tf, a, withSlopes) => {
    const values = hypotenuse(tf, a)
    return { values, slopes: withSlopes ? tf.divide(a, values) : null }
  },
  inverse_multiquadric: (tf, a, withSlopes) => {
    const values = tf.divide(tf.scalar(1), hypotenuse(tf, a))
    const slopes = () => tf.negate(tf.multiply(tf.multiply(tf.multiply(a, values), values), values))
    return { values, slopes: withSlopes ? slopes() : null }
  },
  spline: (tf, a, withSlopes) => {
    const logarithm = tf.logarithmOfMore(a)
    const values = tf.multiply(tf.square(a), logarithm)
    const slopes = () => {
      const share = tf.divide(a, tf.add(a, tf.scalar(1)))
      return tf.multiply(a, tf.add(tf.add(logarithm, logarithm), share))
    }
    return { values, slopes: withSlopes ? slopes() : null }
  },
  poisson_one: fading(1, {
    values: (tf, a) => tf.subtract(a, tf.scalar(1)),
    slopes: (tf, a) => tf.subtract(tf.scalar(2), a),
  }),
  poisson_two: fading(1, {
    values: (tf, a) => tf.multiply(tf.multiply(a, tf.subtract(a, tf.scalar(2))), tf.scalar(0.5)),
    slopes: (tf, a) =>
      tf.subtract(tf.multiply(a, tf.subtract(tf.scalar(2), tf.multiply(a, tf.scalar(0.5)))), tf.scalar(1)),
  }),
  matern32: fading(Math.sqrt(3), {
    values: (tf, a) => tf.add(tf.multiply(a, tf.scalar(Math.sqrt(3))), tf.scalar(1)),
    slopes: (tf, a) => tf.multiply(a, tf.scalar(-3)),
  }),
  matern52: fading(Math.sqrt(5), {
    values: (tf, a) =>
      tf.add(tf.multiply(a, tf.add(tf.multiply(a, tf.scalar(5 / 3)), tf.scalar(Math.sqrt(5)))), tf.scalar(1)),
    slopes: (tf, a) =>
      tf.multiply(tf.multiply(a, tf.scalar(-5 / 3)), tf.add(tf.multiply(a, tf.scalar(Math.sqrt(5))), tf.scalar(1))),
  }),
}

type Factor = (tf: TensorFlow, a: Tensor) => Tensor

/** factor(a) · e^(−rate·a). */
function fading(rate: number, factors: { readonly values: Factor; readonly slopes: Factor }): Radial {
  return (tf, a, withSlopes) => {
    const far = tf.scalar(FADED)
    // Not the smaller of the two, which may be a number where a is none.
    const cut = tf.where(tf.isAbove(a, far), far, a)
    const e = tf.exponential(tf.multiply(cut, tf.scalar(-rate)))
    return {
      values: tf.multiply(factors.values(tf, cut), e),
      slopes: withSlopes ? tf.multiply(factors.slopes(tf, cut), e) : null,
    }
  }
}

function hypotenuse(tf: TensorFlow, a: Tensor): Tensor {
  const near = tf.root(tf.add(tf.square(a), tf.scalar(1)))
  return tf.where(tf.isAbove(a, tf.scalar(FAR)), a, near)
}
