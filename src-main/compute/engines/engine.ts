/**
 * The one seam that matters: an engine turns a specification and parameters into something that computes.
 *
 * The interface is private to the compute process. Data is given once and kept by a handle; training is asked for in
 * stretches, so that no call per step crosses the seam and yet pause and edits wait for milliseconds only. What an
 * engine hands out is freed by hand: `dispose`. The conformance suite (conformance.ts) holds every engine to the
 * float64 reference.
 */

import type { Loss, Regularization } from '../../../src-shared/contract/job'
import type { LayerParameters, LayerTensors, Moments } from '../../../src-shared/kan/parameters'
import type { EdgeIndex, Specification } from '../../../src-shared/kan/specification'

export type EngineName = 'wasm' | 'webgpu' | 'tensorflow' | 'reference'

/** What an engine computes with, for people and for choosing between engines. */
export interface Capabilities {
  readonly threads: number
  readonly device: string
  readonly precision: 'float32' | 'float64'
  /** Set for a graphics card that a program stands in for: nobody takes it unasked. */
  readonly isSoftware?: boolean
  /** Set where it computes in a memory that is not the process's: a graphics card's. */
  readonly hasOwnMemory?: boolean
}

export type Availability =
  | { readonly available: true; readonly version: string; readonly capabilities: Capabilities }
  | { readonly available: false; readonly reason: string }

export interface Engine {
  readonly name: EngineName
  /** Whether it can run here, and why not. Never throws. */
  probe(): Promise<Availability>
  /**
   * Makes a network that computes. Plans all memory: nothing is allocated in a step.
   *
   * @throws UserError when the network does not fit into memory, before allocating
   */
  compile(
    specification: Specification,
    parameters: readonly LayerParameters[],
    options: CompileOptions,
  ): Promise<Network>
}

export interface CompileOptions {
  /** Most samples in one batch; larger sets are walked in chunks of at most this many rows. */
  readonly batch: number
  /** Adam's state to go on from; null starts at zero. */
  readonly moments: Moments | null
  /** Most threads to use; all that there are if absent. Results do not depend on it. */
  readonly threads?: number
}

type Column = Float32Array | Float64Array

/** Scaled numbers of a table, column by column; every column has `rows` values. */
export interface Columns {
  readonly rows: number
  readonly inputs: readonly Column[]
  readonly targets: readonly Column[]
}

/** Data that an engine holds. */
export interface DataHandle {
  readonly rows: number
  dispose(): void
}

/** What is minimised: data loss + λ·regularisation. */
export interface Objective {
  readonly loss: Loss
  readonly regularization: Regularization | null
}

/**
 * The learning rate of an update: asked once a step, in order, before it. It may remember what it was told.
 *
 * @param step counted from the stretch's first
 * @param loss what is minimised, before the update
 */
type LearningRate = (step: number, loss: number) => number

export interface Adam {
  readonly type: 'adam'
  readonly learningRate: LearningRate
  /** Largest norm of the gradient by everything that trains, a tie once, which is shortened to it; null leaves it as it is. */
  readonly clipNorm: number | null
  /** Whether rates are the same whatever the losses: an engine may then ask for those of steps to come, with NaN for a loss. */
  readonly foreseeable?: boolean
}

/** Moves any network from outside, by its vector (src-main/compute/training/lbfgs.ts). */
export interface Lbfgs {
  readonly type: 'lbfgs'
  readonly learningRate: LearningRate
  readonly history: number
  readonly maxIterations: number
}

/** A stretch of training: at most `maxSteps` updates, fewer when the deadline passes or a loss is not finite. */
export interface Stretch<Optimizer = Adam> {
  readonly objective: Objective
  readonly optimizer: Optimizer
  /** Rows in the order in which they are visited, or null: every step takes all rows of the handle, in their order. */
  readonly order: Uint32Array | null
  /** Rows of a step; the last batch of `order` may be smaller. Ignored where `order` is null. */
  readonly batchSize: number
  /** Where in `order` the first batch begins; a stretch ends at the end of `order`. */
  readonly offset: number
  readonly maxSteps: number
  /** `performance.now()` after which no further step begins; at least one step is done. */
  readonly deadline: number
}

export interface StretchResult {
  /** Updates done. */
  readonly steps: number
  /** What was minimised, before each update (data loss + regularisation); `steps` values. */
  readonly losses: Float64Array
  /** The part of it that is λ·regularisation; `steps` values. */
  readonly regularizations: Float64Array
  /**
   * Set when the loss of a step was not finite: that step was not applied, so the parameters are those before it.
   * Names the first layer whose outputs or parameters hold a value that is not finite.
   */
  readonly nonFinite: NonFinite | null
}

/** The tensor is named as in a `.kan` file, or it is the layer's `outputs`, or the `loss`. */
export interface NonFinite {
  readonly layer: number
  readonly tensor: string
}

/** Forward: outputs, loss and the regulariser's sums. Both ways: all gradients of these too. */
export type Direction = 'forward' | 'both'

export interface LossAndGradient {
  /** Data loss. */
  readonly loss: number
  /** λ·regularisation. */
  readonly regularization: number
  /** Of their sum, with respect to every parameter, frozen ones too; 0 for pruned edges; every slot of a tie holds the tie's sum. */
  readonly gradients: readonly LayerTensors[]
}

/** Some rows of a table: those of one step. */
export interface Rows {
  /** All rows of the table in their order where null. */
  readonly order: Uint32Array | null
  /** Where in `order` they begin. */
  readonly from: number
  readonly count: number
}

export interface VectorGradient {
  /** Data loss. */
  readonly loss: number
  /** λ·regularisation. */
  readonly regularization: number
  /** Of their sum, by the numbers that train; a new array. */
  readonly gradient: Float64Array
}

export interface LayerStatistics {
  /** better_kan's l1_ji over the rows, [O, I]; 0 for pruned edges and those of an input that does not change. */
  readonly scores: Float32Array
  /** Smallest and largest value of each input, [I]. */
  readonly minimum: Float32Array
  readonly maximum: Float32Array
  /** Mean of each edge's phi over the rows, [O, I]; 0 for pruned edges. */
  readonly means: Float32Array
  /** Standard deviation of each edge's phi over the rows, [O, I]; 0 for pruned edges. */
  readonly deviations: Float32Array
  /** Standard deviation of each output over the rows, [O]. */
  readonly outputDeviations: Float32Array
}

/** A compiled network. Calls are synchronous, one at a time. */
export interface Network {
  readonly capabilities: Capabilities
  /** Copies data to where the network computes. Values are rounded to the engine's precision once. */
  load(columns: Columns): DataHandle
  /** Outputs [rows, O], row-major. */
  forward(data: DataHandle): Float64Array
  lossAndGradient(data: DataHandle, objective: Objective): LossAndGradient
  /** Data loss over all rows of a handle. */
  loss(data: DataHandle, loss: Loss): number
  /** One pass over all rows of a handle, for its time alone: what it computes stays inside but for the loss. */
  pass(data: DataHandle, objective: Objective, direction: Direction): { loss: number; regularization: number }
  train(data: DataHandle, stretch: Stretch): StretchResult
  /** The numbers that train as one vector (src-shared/numerics/trainable-vector.ts): what an optimiser outside moves. */
  readVector(): Float64Array
  /** Takes such a vector over, rounded to the engine's precision. Moments stay. */
  writeVector(vector: Float64Array): void
  vectorGradient(data: DataHandle, rows: Rows, objective: Objective): VectorGradient
  /** Where a loss of these rows that is not finite comes from: the first layer with such outputs or parameters. */
  findNonFinite(data: DataHandle, rows: Rows): NonFinite
  /** Scores and ranges over all rows, a layer at a time. */
  edgeStatistics(data: DataHandle): readonly LayerStatistics[]
  /** Values that reach one input of a layer, [rows]: what an inspector draws the density of. */
  layerInput(data: DataHandle, layer: number, input: number): Float32Array
  /** Values that reach every input of a layer, a column each, of all rows or of those in a list: what a grid follows. */
  layerInputs(data: DataHandle, layer: number, rows: Uint32Array | null): readonly Column[]
  /** phi of an edge at any points. A pruned edge answers with the curve it keeps. */
  activations(layer: number, edge: EdgeIndex, points: Float64Array): Float64Array
  readParameters(): readonly LayerParameters[]
  readMoments(): Moments
  /** Replaces parameters and moments of the same shapes. */
  writeParameters(parameters: readonly LayerParameters[], moments: Moments | null): void
  /** Replaces the parameters of one layer, shapes unchanged; all moments stay. */
  writeLayer(layer: number, parameters: LayerParameters): void
  /** Takes over `frozen`, `tied` and `pruned` of a specification whose shapes are the compiled ones. */
  applyMasks(specification: Specification): void
  /** Bytes held, data included. */
  memory(): number
  dispose(): void
}
