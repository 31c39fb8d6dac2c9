/** How far are outputs from their targets, by TensorFlow's operations? As in src-shared/numerics/loss.ts. */
import type { Loss } from '../../../../src-shared/contract/job'
import type { Tensor, TensorFlow } from './tensors'

export interface DataLoss {
  /** A number on the device. */
  readonly value: Tensor
  /** Its derivative by the outputs, [B, O]. */
  readonly slopes: Tensor
}

/** @param output [B, O], as the targets */
export function dataLoss(tf: TensorFlow, loss: Loss, output: Tensor, targets: Tensor): DataLoss {
  if (loss === 'cross_entropy') return crossEntropy(tf, output, targets)
  const errors = tf.subtract(output, targets)
  const { values, slopes } = ofErrors(tf, loss, errors)
  const [rows = 0, width = 0] = output.shape
  return { value: tf.mean(values, [0, 1]), slopes: tf.multiply(slopes, tf.scalar(1 / (rows * width))) }
}

function ofErrors(tf: TensorFlow, loss: Exclude<Loss, 'cross_entropy'>, errors: Tensor) {
  switch (loss) {
    case 'mse':
      return { values: tf.square(errors), slopes: tf.add(errors, errors) }
    case 'mae':
      return { values: tf.size(errors), slopes: tf.sign(errors) }
    case 'huber': {
      const one = tf.scalar(1)
      const slopes = tf.maximum(tf.minimum(errors, one), tf.negate(one))
      const half = tf.multiply(slopes, tf.scalar(0.5))
      return { values: tf.multiply(slopes, tf.subtract(errors, half)), slopes }
    }
  }
}

function crossEntropy(tf: TensorFlow, output: Tensor, targets: Tensor): DataLoss {
  const [rows = 0] = output.shape
  const logits = tf.subtract(output, tf.largest(output, [1], true))
  const exponentials = tf.exponential(logits)
  const total = tf.sum(exponentials, [1], true)
  const mass = tf.sum(targets, [1], true)
  const own = tf.sum(tf.multiply(targets, logits), [1], true)
  const each = tf.subtract(tf.multiply(mass, tf.logarithm(total)), own)
  const slopes = tf.subtract(tf.multiply(tf.divide(exponentials, total), mass), targets)
  return { value: tf.mean(each, [0, 1]), slopes: tf.multiply(slopes, tf.scalar(1 / rows)) }
}
