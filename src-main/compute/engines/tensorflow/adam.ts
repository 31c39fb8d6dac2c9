/** How does Adam move the vector of numbers on the device? As in src-shared/numerics/adam.ts. */
import type { AdamRate } from '../../../../src-shared/numerics/adam'
import type { Tensor, TensorFlow } from './tensors'

/** The numbers that train, with Adam's running means of gradients and of their squares. */
export interface State {
  readonly numbers: Tensor
  readonly first: Tensor
  readonly second: Tensor
}

/** @param trains flags; null where all numbers train */
export function adamStep(
  tf: TensorFlow,
  { numbers, first, second }: State,
  gradient: Tensor,
  { size, correction }: AdamRate,
  trains: Tensor | null,
): State {
  return tf.scope(() => {
    const fading = (mean: Tensor, rate: number, value: Tensor) =>
      tf.add(tf.multiply(mean, tf.scalar(rate)), tf.multiply(value, tf.scalar(1 - rate)))
    const mean = fading(first, 0.9, gradient)
    const square = fading(second, 0.999, tf.square(gradient))
    const divisor = tf.add(tf.multiply(tf.root(square), tf.scalar(1 / correction)), tf.scalar(1e-8))
    const moved = tf.subtract(numbers, tf.divide(tf.multiply(mean, tf.scalar(size)), divisor))
    const where = (next: Tensor, old: Tensor) => (trains === null ? next : tf.where(trains, next, old))
    return { numbers: where(moved, numbers), first: where(mean, first), second: where(square, second) }
  })
}
