/**
 * What does one layer compute on the device, and how do its gradients flow?
 *
 * Basis values are made once. Outputs are one matrix product of them with the layer's numbers, and so are gradients. Only where a
 * loss looks at phi of each edge it is made by itself, for some inputs at a time: nothing of size B·I·O is ever held.
 */
import type { Features } from './bases'
import type { Place } from './numbers'
import { edgeNumbers } from './numbers'
import type { Tensor, TensorFlow } from './tensors'

/** Numbers of phi that are made at once. */
const MOST_PHI = 1 << 23

/** A layer's numbers as a step takes them. */
export interface Matrices {
  /** [n, I, O] */
  readonly weights: Tensor
  /** Basis scalers, [1, I, O]. */
  readonly inner: Tensor
  /** Of basis scaler times weights, and at last of base scalers, [n + 1, I, O]; 0 of edges that have no curve. */
  readonly curves: Tensor
  /** [O], or null */
  readonly bias: Tensor | null
}

/** Curves of one layer on the device. */
export class CurveLayer {
  readonly #tf: TensorFlow
  readonly place: Place
  /** [1, I, O], 1 where an edge has a curve; null where all have. */
  #curves: Tensor | null = null

  constructor(tf: TensorFlow, place: Place) {
    this.#tf = tf
    this.place = place
  }

  /** @param curves 1 where an edge has a curve and is not pruned, [I, O] */
  setCurves(curves: Float32Array): void {
    if (this.#curves !== null) this.#tf.free(this.#curves)
    const { inputs, nodes } = this.place
    const all = curves.every((value) => value === 1)
    this.#curves = all ? null : this.#tf.keep(this.#tf.floats(curves, [1, inputs, nodes]))
  }

  dispose(): void {
    if (this.#curves !== null) this.#tf.free(this.#curves)
    this.#curves = null
  }

  /** @param numbers of the whole network */
  matrices(numbers: Tensor): Matrices {
    const tf = this.#tf
    const { size, inputs, nodes, from, biases } = this.place
    const count = edgeNumbers(this.place)
    const edges = tf.reshape(tf.part(numbers, 0, from, count), [size + 2, inputs, nodes])
    const weights = tf.part(edges, 0, 0, size)
    const inner = tf.part(edges, 0, size + 1, 1)
    const joined = tf.join([tf.multiply(weights, inner), tf.part(edges, 0, size, 1)], 0)
    return {
      ...{ weights, inner, curves: this.masked(joined) },
      bias: biases === 0 ? null : tf.part(numbers, 0, from + count, biases),
    }
  }

  /** [B, O], without formulas. */
  outputs({ values }: Features, { curves, bias }: Matrices): Tensor {
    const product = this.#tf.product(this.#asMatrix(values), this.#flat(curves))
    return bias === null ? product : this.#tf.add(product, bias)
  }

  /** By `curves`, [n + 1, I, O], and by the features, [B, n + 1, I], of what flows back from the outputs, [B, O]. */
  backward({ values }: Features, { curves }: Matrices, flow: Tensor, wantsFlow: boolean) {
    const tf = this.#tf
    const { size, inputs, nodes } = this.place
    const byCurves = tf.product(this.#asMatrix(values), flow, { a: true })
    const byFeatures = wantsFlow
      ? tf.reshape(tf.product(flow, this.#flat(curves), { b: true }), [-1, size + 1, inputs])
      : null
    return { byCurves: tf.reshape(byCurves, [size + 1, inputs, nodes]), byFeatures }
  }

  /**
   * The same where a loss looks at phi itself.
   *
   * @param slopesOf what it feels of some inputs' phi [inputs, B, O] beside the outputs
   */
  backwardByPhi(
    features: Features,
    matrices: Matrices,
    flow: Tensor,
    wantsFlow: boolean,
    slopesOf: (phi: Tensor, from: number, count: number) => Tensor,
  ) {
    const tf = this.#tf
    const parts = this.#forEachPhi(features, matrices, ({ phi, values, curves }, from, count) => {
      const slopes = tf.add(slopesOf(phi, from, count), flow)
      const byCurves = tf.product(values, slopes, { a: true })
      return wantsFlow ? [byCurves, tf.product(slopes, curves, { b: true })] : [byCurves]
    })
    const join = (k: number) =>
      tf.join(
        parts.map((part) => part[k] as Tensor),
        0,
      )
    return {
      byCurves: tf.turn(join(0), [1, 0, 2]),
      byFeatures: wantsFlow ? tf.turn(join(1), [1, 2, 0]) : null,
    }
  }

  /** Σ_b |phi|, [I, O]. */
  sizes(features: Features, matrices: Matrices): Tensor {
    const tf = this.#tf
    return tf.join(
      this.#forEachPhi(features, matrices, ({ phi }) => tf.sum(tf.size(phi), [1])),
      0,
    )
  }

  /** Σ_b |phi|, mean and standard deviation of phi, [3, I, O]. */
  spreads(features: Features, matrices: Matrices): Tensor {
    const tf = this.#tf
    return tf.join(
      this.#forEachPhi(features, matrices, ({ phi }) => {
        const { mean, deviation } = spreadOf(tf, phi, 1)
        return tf.stack([tf.sum(tf.size(phi), [1]), mean, deviation], 0)
      }),
      1,
    )
  }

  /** By the layer's numbers as they stand in the vector, from that by `curves`: [n + 2, I, O]. */
  byNumbers(byCurves: Tensor, { weights, inner }: Matrices): Tensor {
    const tf = this.#tf
    const { size } = this.place
    const own = this.masked(byCurves)
    const byProducts = tf.part(own, 0, 0, size)
    return tf.join(
      [tf.multiply(byProducts, inner), tf.part(own, 0, size, 1), tf.sum(tf.multiply(byProducts, weights), [0], true)],
      0,
    )
  }

  /** 0 for edges that have no curve; [parts, I, O]. */
  masked(curves: Tensor): Tensor {
    return this.#curves === null ? curves : this.#tf.multiply(curves, this.#curves)
  }

  /** phi of some inputs at a time, [inputs, B, O], and what it is the product of. */
  #forEachPhi<T>(
    { values }: Features,
    { curves }: Matrices,
    visit: (
      parts: { readonly phi: Tensor; readonly values: Tensor; readonly curves: Tensor },
      from: number,
      count: number,
    ) => T,
  ): T[] {
    const tf = this.#tf
    const { inputs, nodes } = this.place
    const [rows = 1] = values.shape
    const most = Math.max(1, Math.floor(MOST_PHI / (rows * nodes)))
    const results: T[] = []
    for (let from = 0; from < inputs; from += most) {
      const count = Math.min(most, inputs - from)
      results.push(
        tf.scope(() => {
          const own = tf.turn(tf.part(values, 2, from, count), [2, 0, 1])
          const numbers = tf.turn(tf.part(curves, 1, from, count), [1, 0, 2])
          return visit({ phi: tf.product(own, numbers), values: own, curves: numbers }, from, count)
        }),
      )
    }
    return results
  }

  #asMatrix(features: Tensor): Tensor {
    const { size, inputs } = this.place
    return this.#tf.reshape(features, [-1, (size + 1) * inputs])
  }

  #flat(curves: Tensor): Tensor {
    const { size, inputs, nodes } = this.place
    return this.#tf.reshape(curves, [(size + 1) * inputs, nodes])
  }
}

/**
 * Mean and sample standard deviation along an axis. Distances from the first value, so that equal ones have no deviation, as parts
 * of the largest, so that no square is too small or too large.
 */
export function spreadOf(tf: TensorFlow, values: Tensor, axis: number): { mean: Tensor; deviation: Tensor } {
  const rows = values.shape[axis] ?? 1
  const origin = tf.part(values, axis, 0, 1)
  const distances = tf.subtract(values, origin)
  const middle = tf.mean(distances, [axis], true)
  const around = tf.subtract(distances, middle)
  const reach = tf.largest(tf.size(around), [axis], true)
  const squares = tf.sum(tf.square(tf.share(around, reach)), [axis])
  const mean = tf.sum(tf.add(origin, middle), [axis])
  const reaches = tf.sum(reach, [axis])
  const deviation =
    rows < 2 ? tf.subtract(mean, mean) : tf.multiply(reaches, tf.root(tf.multiply(squares, tf.scalar(1 / (rows - 1)))))
  return { mean, deviation }
}
