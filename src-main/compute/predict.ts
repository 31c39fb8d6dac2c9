/** What a trained network says about the rows of a file, in the target's own units. */
import type { Prediction, PredictOptions } from '../../src-shared/contract/compute'
import { refuseTooLarge } from '../../src-shared/kan/memory'
import { refuseUnsupported } from '../../src-shared/kan/supported'
import { type RowsToPredict, readRows } from './data/read-rows'
import type { Network } from './engines/engine'
import { openEngine } from './engines/registry'

/** Rows that are given to the engine at a time. */
const CHUNK = 8192

/** @throws UserError when the file cannot be read or lacks a column that the network needs */
export async function predict({ model, file, engine, keep }: PredictOptions): Promise<Prediction> {
  const { specification, parameters } = model
  refuseUnsupported(specification, specification.name)
  refuseTooLarge(specification)
  const rows = await readRows(file, specification, keep)
  const opened = await openEngine(engine)
  const batch = Math.max(1, Math.min(CHUNK, rows.rows))
  const network = await opened.compile(specification, parameters, { batch, moments: null })
  try {
    const outputs = forwardAll(network, rows, specification.outputs.length)
    specification.outputs.forEach((_, j) => {
      const { center, spread } = specification.preprocessing?.outputs[j] ?? { center: 0, spread: 1 }
      const column = outputs[j] as Float64Array
      for (let row = 0; row < rows.rows; row++) {
        column[row] = rows.valid[row] === 1 ? (column[row] as number) * spread + center : Number.NaN
      }
    })
    return {
      header: [...rows.keptNames, ...specification.outputs.map(({ name }) => name)],
      kept: rows.kept,
      outputs,
      problems: rows.problems,
    }
  } finally {
    network.dispose()
  }
}

/** Scaled outputs of all rows, a column each. */
function forwardAll(network: Network, { rows, inputs }: RowsToPredict, outputs: number): Float64Array[] {
  const columns = Array.from({ length: outputs }, () => new Float64Array(rows))
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from)
    const handle = network.load({
      rows: count,
      inputs: inputs.map((column) => column.subarray(from, from + count)),
      // Nothing is compared with: the engine only wants to know that they are there.
      targets: columns.map(() => new Float64Array(count)),
    })
    const predicted = network.forward(handle)
    handle.dispose()
    columns.forEach((column, j) => {
      for (let row = 0; row < count; row++) column[from + row] = predicted[row * outputs + j] as number
    })
  }
  return columns
}
