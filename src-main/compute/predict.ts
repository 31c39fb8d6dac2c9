/** What a trained network says about the rows of a file: values in the target's own units, or classes. */
import type { ClassComparison, Comparison, Prediction, PredictOptions } from '../../src-shared/contract/compute'
import { refuseTooLarge } from '../../src-shared/kan/memory'
import { besides } from '../../src-shared/kan/predicted-names'
import type { OutputCoding } from '../../src-shared/kan/preprocessing'
import { softmax } from '../../src-shared/numerics/loss'
import { RegressionSum } from '../../src-shared/numerics/regression-metrics'
import { NO_CODE } from './data/coding/raw-data'
import { unscaled } from './data/coding/targets'
import { type RowsToPredict, readRows } from './data/read-rows'
import type { TrueClasses } from './data/true-classes'
import type { Truth } from './data/truth'
import type { Network } from './engines/engine'
import { openEngine } from './engines/registry'
import { largestOf } from './evaluate'

/** Rows that are given to the engine at a time. */
const CHUNK = 8192

/** @throws UserError when the file cannot be read or lacks a column that the network needs */
export async function predict({ model, file, engine, keep, rename, sheet }: PredictOptions): Promise<Prediction> {
  const { specification, parameters } = model
  refuseTooLarge(specification)
  const rows = await readRows(file, specification, keep, { rename, sheet })
  const opened = await openEngine(engine)
  const batch = Math.max(1, Math.min(CHUNK, rows.rows))
  const network = await opened.compile(specification, parameters, { batch, moments: null })
  try {
    const outputs = forwardAll(network, rows, specification.outputs.length)
    const classifies = specification.task === 'classification'
    if (!classifies) undo(outputs, specification.preprocessing?.outputs ?? [])
    const lost = rowsWithoutValue(outputs, rows)
    if (classifies) makeProbabilities(outputs, rows.rows)
    const isLost = new Set(lost)
    for (const column of outputs) {
      for (let row = 0; row < rows.rows; row++) if (rows.valid[row] === 0 || isLost.has(row)) column[row] = Number.NaN
    }
    const names = specification.outputs.map(({ name }) => name)
    const predicted = [...names, ...(classifies ? ['label'] : [])]
    return {
      header: [...rows.keptNames, ...besides(rows.keptNames, predicted)],
      kept: rows.kept,
      outputs,
      labels: classifies ? labelsOf(outputs, rows.rows, specification.classes ?? names) : null,
      problems: [...rows.problems, ...(await problemsOf(rows, lost))],
      outside: rows.outside,
      unseen: rows.unseen,
      filled: rows.filled,
      comparisons: rows.truths.map((truth) => compare(truth, outputs)),
      classified: rows.classes === null ? null : compareClasses(rows.classes, outputs),
      notes: rows.notes,
      dialect: rows.dialect,
    }
  } finally {
    network.dispose()
  }
}

/** Rows that were read well, but have an output that is not finite. */
function rowsWithoutValue(outputs: readonly Float64Array[], { rows, valid }: RowsToPredict): number[] {
  const lost: number[] = []
  for (let row = 0; row < rows; row++) {
    if (valid[row] === 1 && !outputs.every((column) => Number.isFinite(column[row]))) lost.push(row)
  }
  return lost
}

async function problemsOf({ placesOf }: RowsToPredict, lost: readonly number[]): Promise<string[]> {
  if (lost.length === 0) return []
  const places = await placesOf(lost)
  return places.map(
    (place) =>
      `${place}: the network has no finite value there, as an input is too large or a formula is not defined for it`,
  )
}

/** Rows without a true value are not compared. */
function compare({ output, column, unit, values }: Truth, outputs: readonly Float64Array[]): Comparison {
  const sum = new RegressionSum()
  values.forEach((value, row) => {
    if (Number.isFinite(value)) sum.add(value, outputs[output]?.[row] ?? Number.NaN)
  })
  return { column, unit, figures: sum.metrics() }
}

/** Rows without a true class, and those that could not be predicted, are not compared. */
function compareClasses({ columns, codes, strange }: TrueClasses, outputs: readonly Float64Array[]): ClassComparison {
  let [rows, right] = [0, 0]
  codes.forEach((code, row) => {
    if (code === NO_CODE || Number.isNaN(outputs[0]?.[row])) return
    rows++
    if (largestOf(outputs.map((column) => column[row] as number)) === code) right++
  })
  return { columns, rows, right, strange }
}

/** From outputs to values in the targets' own units. */
function undo(outputs: readonly Float64Array[], codings: readonly OutputCoding[]): void {
  outputs.forEach((column, j) => {
    const coding = codings[j]
    if (coding === undefined) return
    for (let row = 0; row < column.length; row++) column[row] = unscaled(coding, column[row] as number)
  })
}

function makeProbabilities(outputs: readonly Float64Array[], rows: number): void {
  for (let row = 0; row < rows; row++) {
    const probabilities = Float64Array.from(outputs, (column) => column[row] as number)
    softmax(probabilities)
    outputs.forEach((column, j) => {
      column[row] = probabilities[j] as number
    })
  }
}

function labelsOf(outputs: readonly Float64Array[], rows: number, classes: readonly string[]) {
  return Array.from({ length: rows }, (_, row) => {
    if (Number.isNaN(outputs[0]?.[row])) return null
    return classes[largestOf(outputs.map((column) => column[row] as number))] ?? null
  })
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
