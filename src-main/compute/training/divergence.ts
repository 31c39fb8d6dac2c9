/** Why a loss was not finite any more, in a sentence that says what to do about it. */
import type { Loss } from '../../../src-shared/contract/job'
import type { Divergence } from '../../../src-shared/contract/telemetry'
import { edgeName } from '../../../src-shared/kan/names'
import type { Specification } from '../../../src-shared/kan/specification'
import { columnsOfInputs, type LoadedData, trainingColumns } from '../data/load'
import type { OutOfDomain } from './out-of-domain'

interface Circumstances {
  readonly step: number
  /** Counted from 0. */
  readonly layer: number
  readonly tensor: string
  readonly learningRate: number
  readonly loss: Loss
  readonly precision: 'float32' | 'float64'
  readonly data: LoadedData
  readonly specification: Specification
  /** The formula of that layer that had no value, if there was one. */
  readonly lost: OutOfDomain | null
  /** Where the parameters are now: the last step that is known to have had a finite loss. */
  readonly keptStep: number
}

const LARGEST = { float32: 3.4e38, float64: 1.79e308 } as const

/** Names the formula that had no value, the value of the table that no arithmetic of that precision can square and sum, what was too large before the first step, or else the learning rate. */
export function explainDivergence(circumstances: Circumstances): Divergence {
  const { step, layer, tensor, precision, data, specification, lost, loss, learningRate, keptStep } = circumstances
  const where = `The loss was not finite at step ${step} (first in layer ${layer + 1}, ${tensor})`
  const kept = keptStep === step ? 'the parameters are those before it' : `the parameters are those of step ${keptStep}`
  if (lost !== null) {
    const name = edgeName(specification, layer, lost.edge)
    const message =
      `${where} because the edge ${name} asks for ${lost.function} of ${Number(lost.argument.toPrecision(3))}, which it has no ` +
      `value for: give the edge another formula or its curve back, or scale its input; ${kept}.`
    return { message, lowerRate: false }
  }
  const limit = Math.sqrt(LARGEST[precision] / (data.rows.train * data.targetNames.length))
  // Gradients are squared whatever the loss, and inputs are in them; targets are squared by one loss only.
  const culprit = findTooLarge(data, { inputs: limit, targets: loss === 'mse' ? limit : Number.POSITIVE_INFINITY })
  if (culprit !== null) {
    const { column, row, value } = culprit
    const message =
      `${where} because row ${row} of column “${column}” holds ${value.toPrecision(3)}, which is too large to be squared ` +
      `in ${precision}: scale the data (standard or minmax) or leave that row out; ${kept}.`
    return { message, lowerRate: false }
  }
  if (step === 0) {
    const message =
      `${where} before anything was trained: the network's own numbers or the regularization's lambda are too large for ` +
      `${precision}, so make them smaller; ${kept}.`
    return { message, lowerRate: false }
  }
  return { message: `${where}: a learning rate lower than ${learningRate} may help; ${kept}.`, lowerRate: true }
}

/** The first value beyond its limit, as it stands in the table, with its row from 1. */
function findTooLarge(data: LoadedData, limits: { readonly inputs: number; readonly targets: number }) {
  const { raw, preprocessing } = data
  const train = trainingColumns(data)
  const rows = data.rowsOf('train')
  const sources = columnsOfInputs(raw, preprocessing.inputs)
  const columns = [
    ...train.targets.map((column, k) => ({ column, source: raw.targets[k], limit: limits.targets })),
    ...train.inputs.map((column, k) => ({ column, source: sources[k], limit: limits.inputs })),
  ]
  for (const { column, source, limit } of columns) {
    for (let row = 0; row < train.rows; row++) {
      if (Math.abs(column[row] as number) <= limit || source === undefined || source.type === 'category') continue
      const own = rows[row] as number
      const value = source.values[own] as number
      return { column: source.name.trim(), row: (raw.tableRows?.[own] ?? own) + 1, value }
    }
  }
  return null
}
