/** How well the network does, row by row: what the window asks for and what it shows of it. */
import type { RegressionMetrics } from '../numerics/regression-metrics'

export type SplitName = 'train' | 'validation' | 'test'

export interface ResultsRequest {
  /** The output whose rows are wanted; figures come of all. */
  readonly output: number
  /**
   * Whether to measure all rows, piece by piece between other work, and not only the sampled ones, which take one forward pass.
   * Where the network changes meanwhile, as it does in training, the answer is of the sampled ones all the same.
   */
  readonly whole: boolean
}

export interface Results {
  readonly step: number
  readonly revision: number
  /** Whether the figures are of all rows; else they are of the sampled ones. */
  readonly whole: boolean
  /** Names of the first inputs, as many as the worst rows have values of. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly output: number
  /** Those that there are, in the order train, validation, test. */
  readonly splits: readonly SplitResults[]
  /** How long training stood still for this. */
  readonly milliseconds: number
}

export interface SplitResults {
  readonly name: SplitName
  readonly rows: number
  readonly measures: SplitMeasures
  /** The sampled rows: always the same ones, so that a point can be followed while it moves. */
  readonly points: ResultPoints
  /** Rows with the largest absolute residuals of those that were measured, the worst first. Empty for a classification. */
  readonly worst: readonly WorstRow[]
}

export type SplitMeasures =
  /** Of each output, in the target's own unit. */
  | { readonly type: 'regression'; readonly outputs: readonly RegressionMetrics[] }
  | { readonly type: 'classification'; readonly rows: number; readonly loss: number; readonly accuracy: number }

/** Values of the chosen output in the target's own unit; `predicted` is not finite where a formula has no value. */
export interface ResultPoints {
  /** Rows of the table, counted from 0. */
  readonly rows: Uint32Array
  readonly truth: Float64Array
  readonly predicted: Float64Array
}

export interface WorstRow {
  /** Of the table, counted from 0. */
  readonly row: number
  /** The line of the file where it is known and there is one ("line 7"), else "row 6", counted from 1. */
  readonly place: string
  /** In the columns' own units. */
  readonly inputs: Float64Array
  readonly truth: number
  readonly predicted: number
}
