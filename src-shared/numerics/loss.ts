/** How far are outputs from their targets? PyTorch's losses, means over all elements or, for cross-entropy, over rows. */
import type { Loss } from '../contract/job'

/**
 * A data loss and its derivative by the outputs.
 *
 * `mse`, `mae` (slope 0 where there is no error) and `huber` (½e² up to an error of 1, then |e| − ½) as `mse_loss`, `l1_loss`
 * and `huber_loss`; `cross_entropy` of softmax over a row's outputs with the row's targets, a probability each, as
 * `cross_entropy`, shifted by the largest output, so that no finite output overflows.
 *
 * @param output  [N, O], N ≥ 1
 * @param targets [N, O]
 * @param width   O
 * @returns the loss, and `slopes` [N, O]
 */
export function dataLoss(
  loss: Loss,
  output: Float64Array,
  targets: Float64Array,
  width: number,
): { value: number; slopes: Float64Array } {
  if (output.length !== targets.length) throw new RangeError(`${targets.length} targets for ${output.length} outputs`)
  switch (loss) {
    case 'mse':
      return meanOf(output, targets, (error) => [error * error, 2 * error])
    case 'mae':
      return meanOf(output, targets, (error) => [Math.abs(error), Math.sign(error)])
    case 'huber':
      return meanOf(output, targets, (error) => {
        const slope = Math.max(-1, Math.min(1, error))
        return [slope * (error - slope / 2), slope]
      })
    case 'cross_entropy':
      return crossEntropy(output, targets, width)
  }
}

/** Probabilities e^z_j / Σ e^z of a row's outputs, in place. */
export function softmax(row: Float64Array): void {
  const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  let total = 0
  for (let j = 0; j < row.length; j++) {
    const exponential = Math.exp((row[j] as number) - largest)
    row[j] = exponential
    total += exponential
  }
  for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) / total
}

/** @param of value and slope of an error */
function meanOf(
  output: Float64Array,
  targets: Float64Array,
  of: (error: number) => readonly [value: number, slope: number],
) {
  const slopes = new Float64Array(output.length)
  let sum = 0
  for (let k = 0; k < output.length; k++) {
    const [value, slope] = of((output[k] as number) - (targets[k] as number))
    sum += value
    slopes[k] = slope / output.length
  }
  return { value: sum / output.length, slopes }
}

function crossEntropy(output: Float64Array, targets: Float64Array, width: number) {
  const rows = output.length / width
  const slopes = output.slice()
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const from = row * width
    const logits = output.subarray(from, from + width)
    const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    let total = 0
    let mass = 0
    for (let j = 0; j < width; j++) {
      const target = targets[from + j] as number
      const logit = (logits[j] as number) - largest
      total += Math.exp(logit)
      mass += target
      // A class that is impossible costs nothing, however far below the others it is.
      if (target !== 0) sum -= target * logit
    }
    sum += mass * Math.log(total)
    const probabilities = slopes.subarray(from, from + width)
    softmax(probabilities)
    for (let j = 0; j < width; j++) {
      slopes[from + j] = (mass * (probabilities[j] as number) - (targets[from + j] as number)) / rows
    }
  }
  return { value: sum / rows, slopes }
}
