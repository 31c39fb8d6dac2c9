// What the host asks of a perceptron. A table is given by its first column, `stride` bytes before the next, the last one ones.
import { stripBytes, stripColumns, stripRows } from './dense.as'
import { MLP_BACKWARD, MLP_FORWARD, MLP_UPDATE } from './items.as'
import { BACKWARD_ROWS, mlpLoss, perceptron } from './mlp.as'
import { dispatch } from './threads.as'

// Returns the sum of the squared errors.
export function runMlpForward(table: usize, stride: usize, target: usize): f64 {
  const n = perceptron()
  stripColumns(table, stride, n.rows, n.k, n.strips)
  dispatch(MLP_FORWARD, n.groups)
  return mlpLoss(target)
}

// To be called after `runMlpForward` of the same table; leaves the gradient of the mean.
export function runMlpBackward(table: usize, stride: usize): void {
  const n = perceptron()
  let strips = n.strips
  for (let row = 0; row < n.rows; row += BACKWARD_ROWS) {
    const count = min(BACKWARD_ROWS, n.rows - row)
    stripRows(table + (<usize>row << 2), stride, n.k, count, strips)
    strips += stripBytes(n.k, count)
  }
  dispatch(MLP_BACKWARD, n.groups)
}

export function runMlpUpdate(): void { dispatch(MLP_UPDATE, perceptron().groups) }
