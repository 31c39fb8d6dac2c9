/**
 * What are the values and slopes of a layer's basis functions, and of its base function, by TensorFlow's operations?
 *
 * Of rows [B, I] they are [B, n + 1, I]: n basis functions and then the base. So what belongs to an input stands side by side,
 * and all of it is, as it stands, the matrix [B, (n + 1)·I] that the layer's numbers are multiplied with.
 */
import type { LayerParameters } from '../../../../src-shared/kan/parameters'
import { type Base, type Basis, gridSize } from '../../../../src-shared/kan/specification'
import { radialKernels } from './radial'
import type { Tensor, TensorFlow } from './tensors'

export interface Features {
  readonly values: Tensor
  /** Their derivatives by x; null where nobody asked. */
  readonly slopes: Tensor | null
}

/** Makes the basis values of one layer. */
export interface Bases {
  /** @param x [B, I] */
  of(x: Tensor, withSlopes: boolean): Features
  /** Frees the grid. */
  dispose(): void
}

export function basesOf(tf: TensorFlow, basis: Basis, base: Base, inputs: number, parameters: LayerParameters): Bases {
  const kept: Tensor[] = []
  const keep = (values: Float32Array, shape: readonly number[]) => {
    const tensor = tf.keep(tf.floats(values, shape))
    kept.push(tensor)
    return tensor
  }
  const own = ownBasis(tf, basis, inputs, parameters, keep)
  return {
    of(x, withSlopes) {
      return tf.scope(() => {
        const [rows = 0] = x.shape
        const points = tf.reshape(x, [rows, 1, inputs])
        const functions = own(points, withSlopes)
        const fixed = baseFunction(tf, base, points, withSlopes)
        return {
          values: tf.join([functions.values, fixed.values], 1),
          slopes: functions.slopes && fixed.slopes && tf.join([functions.slopes, fixed.slopes], 1),
        }
      })
    },
    dispose() {
      for (const tensor of kept) tf.free(tensor)
    },
  }
}

type Keep = (values: Float32Array, shape: readonly number[]) => Tensor
/** @param x [B, 1, I] */
type Functions = (x: Tensor, withSlopes: boolean) => Features

function ownBasis(tf: TensorFlow, basis: Basis, inputs: number, parameters: LayerParameters, keep: Keep): Functions {
  switch (basis.type) {
    case 'spline':
      return splines(tf, basis.order, columnsOf(parameters.grid, gridSize(basis), inputs), inputs, keep)
    case 'rbf': {
      const shape = [basis.centers, inputs]
      const centers = keep(columnsOf(parameters.grid, basis.centers, inputs), shape)
      const scales = keep(columnsOf(parameters.scale, basis.centers, inputs), shape)
      return (x, withSlopes) => {
        const distances = tf.multiply(tf.subtract(x, centers), scales)
        const kernel = radialKernels[basis.kernel](tf, tf.size(distances), withSlopes)
        const sided = kernel.slopes && tf.multiply(kernel.slopes, tf.multiply(tf.sign(distances), scales))
        return { values: kernel.values, slopes: sided }
      }
    }
    case 'chebyshev':
      return (x, withSlopes) => chebyshev(tf, basis.degree, x, withSlopes)
  }
}

/**
 * de Boor's recurrence for all splines of all inputs at once: with a_m(x) = (x − t_m) / (t_m+d − t_m),
 * B_m of degree d is a_m·B_m + (1 − a_m+1)·B_m+1 of degree d − 1, and 0 for a spline on no width.
 */
function splines(tf: TensorFlow, order: number, knots: Float32Array, inputs: number, keep: Keep): Functions {
  const points = knots.length / inputs
  const grid = keep(knots, [points, inputs])
  const widths = Array.from({ length: order }, (_, d) => {
    const inverse = new Float32Array((points - d - 1) * inputs)
    for (let k = 0; k < inverse.length; k++) {
      const width = (knots[k + (d + 1) * inputs] as number) - (knots[k] as number)
      inverse[k] = width > 0 ? 1 / width : 0
    }
    return keep(inverse, [points - d - 1, inputs])
  })
  return (x, withSlopes) => {
    const distances = tf.subtract(x, grid)
    const reached = tf.asNumbers(tf.isAtLeast(x, grid))
    let count = points - 1
    let level = tf.subtract(tf.part(reached, 1, 0, count), tf.part(reached, 1, 1, count))
    // What is no number has no value anywhere; in higher degrees the distances see to that.
    if (order === 0) level = tf.where(tf.isNotNumber(x), tf.scalar(Number.NaN), level)
    let slopes = withSlopes && order === 0 ? tf.zeros(level.shape) : null
    widths.forEach((inverse, d) => {
      const parts = tf.multiply(tf.multiply(tf.part(distances, 1, 0, count), inverse), level)
      if (withSlopes && d + 1 === order) {
        const steps = tf.multiply(tf.multiply(level, inverse), tf.scalar(order))
        slopes = tf.subtract(tf.part(steps, 1, 0, count - 1), tf.part(steps, 1, 1, count - 1))
      }
      const others = tf.subtract(level, parts)
      count--
      level = tf.add(tf.part(parts, 1, 0, count), tf.part(others, 1, 1, count))
    })
    return { values: level, slopes }
  }
}

/** T_m(tanh x) and m·U_m−1(tanh x)·tanh′ x by their recurrences. */
function chebyshev(tf: TensorFlow, degree: number, x: Tensor, withSlopes: boolean): Features {
  const u = tf.hyperbolicTangent(x)
  const twice = tf.add(u, u)
  const one = tf.add(tf.subtract(u, u), tf.scalar(1))
  const series = (first: Tensor, second: Tensor) => {
    const list = [first, second]
    while (list.length <= degree) {
      list.push(tf.subtract(tf.multiply(twice, list.at(-1) as Tensor), list.at(-2) as Tensor))
    }
    return list.slice(0, degree + 1)
  }
  const values = tf.join(series(one, u), 1)
  if (!withSlopes) return { values, slopes: null }
  const inner = tanhSlope(tf, x)
  const second = series(one, twice).slice(0, degree)
  const slopes = second.map((value, k) => tf.multiply(tf.multiply(value, inner), tf.scalar(k + 1)))
  return { values, slopes: tf.join([tf.subtract(one, one), ...slopes], 1) }
}

function tanhSlope(tf: TensorFlow, x: Tensor): Tensor {
  const cosine = tf.hyperbolicCosine(x)
  return tf.divide(tf.scalar(1), tf.multiply(cosine, cosine))
}

function baseFunction(tf: TensorFlow, base: Base, x: Tensor, withSlopes: boolean): Features {
  const one = tf.scalar(1)
  switch (base) {
    case 'silu': {
      // Of −|x|, which cannot overflow.
      const e = tf.exponential(tf.negate(tf.size(x)))
      const share = tf.divide(one, tf.add(e, one))
      const isPositive = tf.isAbove(x, tf.scalar(0))
      const sigmoid = tf.where(isPositive, share, tf.multiply(e, share))
      const other = tf.where(isPositive, tf.multiply(e, share), share)
      const values = tf.multiply(x, sigmoid)
      const slopes = withSlopes ? tf.multiply(sigmoid, tf.add(tf.multiply(x, other), one)) : null
      return { values, slopes }
    }
    case 'identity':
      return { values: x, slopes: withSlopes ? tf.add(tf.subtract(x, x), one) : null }
    case 'tanh':
      return { values: tf.hyperbolicTangent(x), slopes: withSlopes ? tanhSlope(tf, x) : null }
    case 'zero': {
      const nothing = tf.zeros(x.shape)
      return { values: nothing, slopes: withSlopes ? nothing : null }
    }
  }
}

/** [I, points] as [points, I]. */
function columnsOf(tensor: Float64Array | null, points: number, inputs: number): Float32Array {
  const columns = new Float32Array(points * inputs)
  for (let i = 0; i < inputs; i++) {
    for (let m = 0; m < points; m++) columns[m * inputs + i] = tensor?.[i * points + m] ?? 0
  }
  return columns
}
