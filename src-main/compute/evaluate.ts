/** How good a network is on a split: its loss on the scaled target, and its error in the target's own unit. */
import type { Metrics } from '../../src-shared/contract/compute'
import type { Loss } from '../../src-shared/contract/job'
import type { OutputCoding } from '../../src-shared/kan/preprocessing'
import { unscaled } from './data/coding/targets'
import type { Columns, DataHandle, Network } from './engines/engine'
import type { Compiled } from './live'

export interface SplitMetrics {
  readonly train: Metrics
  readonly validation: Metrics | null
  readonly test: Metrics | null
}

/** All splits of the data that a network was compiled with; those that are absent are null. */
export function evaluateSplits({ network, data, train, validation }: Compiled, loss: Loss): SplitMetrics {
  const { outputs } = data.preprocessing
  const test = data.columns('test')
  return {
    train: evaluate(network, train, data.targets('train'), outputs, loss),
    validation: validation && evaluate(network, validation, data.targets('validation'), outputs, loss),
    test: test && evaluateOnce(network, test, outputs, loss),
  }
}

/** The test rows are held by the network only while they are asked for. */
function evaluateOnce(network: Network, columns: Columns, outputs: readonly OutputCoding[], loss: Loss): Metrics {
  const handle = network.load(columns)
  try {
    return evaluate(network, handle, columns.targets, outputs, loss)
  } finally {
    handle.dispose()
  }
}

/**
 * @param targets of the rows of the handle, as they are coded
 * @param outputs how each target was coded
 * @returns the loss, and of a classification the part of the rows whose largest output is that of the largest target, else
 * the root of the mean squared error over all rows and outputs after the coding is undone
 */
function evaluate(
  network: Network,
  handle: DataHandle,
  targets: Columns['targets'],
  outputs: readonly OutputCoding[],
  loss: Loss,
): Metrics {
  const { rows } = handle
  const predicted = network.forward(handle)
  const value = network.loss(handle, loss)
  if (loss === 'cross_entropy') return { loss: value, accuracy: accuracyOf(predicted, rows, targets) }
  let sum = 0
  targets.forEach((target, j) => {
    const coding = outputs[j] as OutputCoding
    for (let row = 0; row < rows; row++) {
      const told = unscaled(coding, predicted[row * targets.length + j] as number)
      const error = told - unscaled(coding, target[row] as number)
      sum += error * error
    }
  })
  return { loss: value, rmse: Math.sqrt(sum / (rows * targets.length)) }
}

function accuracyOf(predicted: Float64Array, rows: number, targets: Columns['targets']): number {
  const width = targets.length
  let right = 0
  for (let row = 0; row < rows; row++) {
    const told = largestOf(predicted.subarray(row * width, (row + 1) * width))
    if (told === largestOf(targets.map((column) => column[row] as number))) right++
  }
  return right / rows
}

/** Index of the largest of some numbers, the first of equals. */
export function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let k = 1; k < values.length; k++) if ((values[k] as number) > (values[largest] as number)) largest = k
  return largest
}
