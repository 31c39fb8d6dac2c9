/** Why can a row not be measured at all? Asked before anything is allocated. */
import { formatBytes, refuseTooLarge } from '../kan/memory'
import { isUserError } from '../user-error'
import { MLP_WIDENING } from './subjects'
import type { BenchTask } from './tasks'

/** Half of what an engine with 32-bit addresses holds. */
const LARGEST_BATCH = 2e9
const LARGEST_PERCEPTRON = 4e9

/** A sentence with the estimate where memory does not suffice; null where all is well. */
export function misfitOf({ subject, batchSize }: Pick<BenchTask, 'subject' | 'batchSize'>): string | null {
  const [inputs, outputs] =
    subject.type === 'mlp'
      ? [subject.shape.inputs, subject.shape.outputs]
      : [subject.specification.inputs.length, subject.specification.outputs.length]
  const bytes = 4 * batchSize * (inputs + outputs)
  if (bytes > LARGEST_BATCH) {
    return (
      `A batch of ${batchSize} rows of ${inputs} inputs takes ${formatBytes(bytes)}, more than the ` +
      `${formatBytes(LARGEST_BATCH)} that fit beside a network: use a smaller batch size or fewer inputs.`
    )
  }
  if (subject.type === 'network') {
    try {
      refuseTooLarge(subject.specification)
      return null
    } catch (error) {
      if (isUserError(error)) return error.message
      throw error
    }
  }
  const { hidden, hiddenLayers } = subject.shape
  if (outputs !== 1 || hiddenLayers !== 1) {
    return 'The perceptron has one hidden layer and one output: leave it out, or measure networks of that shape.'
  }
  // A weight, its gradient and two moments of each.
  const perceptron = 16 * MLP_WIDENING * hidden * (inputs + 2)
  if (perceptron <= LARGEST_PERCEPTRON) return null
  return (
    `The perceptron of ${MLP_WIDENING * hidden} hidden units would need about ${formatBytes(perceptron)} of memory, more than the ` +
    `${formatBytes(LARGEST_PERCEPTRON)} that it may take: make its layers narrower.`
  )
}
