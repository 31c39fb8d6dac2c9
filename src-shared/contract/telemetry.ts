/** What training tells while it runs: at most 30 frames a second, the newest wins, one in flight until acknowledged. */

/** Columns of a point of the loss curve, in the order of `metrics.csv`; NaN where a value was not evaluated. */
export const POINT_COLUMNS = ['step', 'loss', 'train_loss', 'validation_loss', 'regularization', 'seconds'] as const
export const POINT_SIZE = POINT_COLUMNS.length

/** One layer's numbers to draw with, float32: see `LayerParameters` for shapes. */
export interface LayerDrawing {
  readonly weights: Float32Array
  readonly baseScaler: Float32Array
  readonly basisScaler: Float32Array
  readonly bias: Float32Array | null
  readonly symbolic: Float32Array | null
  readonly grid: Float32Array | null
  readonly scale: Float32Array | null
}

/** Edges of a layer: e = output · inputs + input. */
export interface LayerEdges {
  readonly layer: number
  readonly edges: Uint32Array
}

/** The numbers of some edges of a layer, those of one after those of the other, and the layer's whole grid. */
export interface LayerPatch extends LayerEdges, Omit<LayerDrawing, 'bias'> {}

/** How edges are scored: better_kan's l1, or pykan's attribution (docs/numerics.md, "Scores"). */
export type Convention = 'l1' | 'attribution'

/** How important the edges of a layer are, and where its inputs live, over all training rows. */
export interface LayerImportance {
  /** Scores of edges by both conventions, [O, I]; 0 for pruned edges and those of an input that does not change. */
  readonly scores: Readonly<Record<Convention, Float32Array>>
  /** Smallest and largest value of each input [I]. */
  readonly minimum: Float32Array
  readonly maximum: Float32Array
}

export type TrainingState =
  | { readonly type: 'idle' }
  | { readonly type: 'running' }
  | { readonly type: 'paused' }
  | { readonly type: 'finished' }
  /** A loss was not finite; the parameters are the last ones known to be good. */
  | ({ readonly type: 'diverged' } & Divergence)

export interface Divergence {
  /** Where and why, and what may help. */
  readonly message: string
  /** Whether that is a lower learning rate. */
  readonly lowerRate: boolean
}

/** The step of a run at which the validation rows did best, of those that a copy was kept of. */
export interface BestStep {
  readonly step: number
  /** Their loss. */
  readonly validation: number
}

export interface TelemetryFrame {
  /** Counts up by 1; what an acknowledgement names. */
  readonly sequence: number
  /** Number of edits that this frame's model has seen: a frame older than the last edit is not drawn over it. */
  readonly revision: number
  readonly state: TrainingState
  /** Updates done, and at which training stops. */
  readonly step: number
  readonly steps: number
  readonly stepsPerSecond: number
  readonly seconds: number
  /** What one can go back to; null where there is nothing. */
  readonly best: BestStep | null
  /** All points since the last frame that was acknowledged, POINT_SIZE values each; thinned, never reordered. */
  readonly points: Float64Array
  readonly importance: readonly LayerImportance[] | null
  /** Sent as often as its size allows, and of a large network not while it trains; null otherwise. */
  readonly parameters: readonly LayerDrawing[] | null
  /** In their stead those of the edges that a window watches. */
  readonly patches: readonly LayerPatch[] | null
  /** What the network is compiled for; null where it is not. */
  readonly engine: ComputingEngine | null
  /** Bytes that the engine holds. */
  readonly memory: number
}

/** An engine that computes. */
export interface ComputingEngine {
  readonly name: string
  readonly device: string
  readonly threads: number
  /** Why it was taken, in a sentence; null where that was not measured. */
  readonly why: string | null
}
