/** What an edit of a network is: a small value that says what a person asks for, or what takes an edit back. */
import type { Locks } from '../locks'
import type { LayerParameters, LayerTensors, Model, Moments } from '../parameters'
import type { Preprocessing } from '../preprocessing'
import type { Slice, Source } from '../slices'
import type { Base, Basis, EdgeIndex, Formula, History, LayerSpecification, Specification } from '../specification'
import type { Grids } from './regrid'

/** A layer as it stood, to put it back. Moments are null where there were none. */
export interface LayerState {
  readonly specification: LayerSpecification
  readonly parameters: LayerParameters
  readonly moments: { readonly first: LayerTensors; readonly second: LayerTensors } | null
}

/** A layer's biases [O], with their moments where they have trained. */
export interface Biases {
  readonly values: Float64Array
  readonly moments: { readonly first: Float64Array; readonly second: Float64Array } | null
}

/** A point of an edge's curve: x and phi(x), both as the network has them, scaled. */
export interface ShapePoint {
  readonly x: number
  readonly y: number | null
}

export type Edit = PersonsEdit | RestoringEdit

/**
 * What a person asks of a network with its data at hand. Some edits depend on the rows that it is trained on: the compute
 * process, which has them, turns those into edits that say the outcome.
 */
export type EditRequest = Edit | FitGrid | PruneToMean | GoBack

/** Moves the grids of a layer, or of all layers where null, to where the training rows are (docs/numerics.md). */
interface FitGrid {
  readonly type: 'fit-grid'
  readonly layer: number | null
}

/** Prunes edges, and gives the nodes that they led to what they gave on average over the training rows. */
interface PruneToMean {
  readonly type: 'prune-to-mean'
  /** Edges, output · I + input, a list a layer. */
  readonly slots: readonly Uint32Array[]
}

/** Gives the network the numbers with which its validation rows did best, of which the compute process has a copy. */
interface GoBack {
  readonly type: 'go-back'
  readonly step: number
}

/** What a person asks for. */
export type PersonsEdit =
  | { readonly type: 'rename'; readonly name: string }
  | { readonly type: 'rename-input' | 'rename-output'; readonly index: number; readonly name: string }
  /** Tied edges freeze and thaw together. */
  | {
      readonly type: 'freeze' | 'unfreeze' | 'prune' | 'unprune'
      readonly layer: number
      readonly edges: readonly EdgeIndex[]
    }
  /** The edges, and those tied to them before, share the first one's curve and its lock from now on. */
  | { readonly type: 'tie' | 'untie'; readonly layer: number; readonly edges: readonly EdgeIndex[] }
  /**
   * Puts inputs into a group: 0 none, −1 discards them. They take the grid and the curves of those that are in the group
   * already, or of the first of them.
   */
  | { readonly type: 'set-group'; readonly inputs: readonly number[]; readonly group: number }
  /** Makes an edge, and those tied to it, the formula; null goes back to the curve that it keeps. */
  | {
      readonly type: 'set-symbolic'
      readonly layer: number
      readonly edge: EdgeIndex
      readonly formula: Formula | null
    }
  /**
   * Brings the curve of an edge, and of those tied to it, to points: as near as its basis can, and with as little change
   * elsewhere. Where y is null the curve is to stay as it is.
   */
  | {
      readonly type: 'shape-edge'
      readonly layer: number
      readonly edge: EdgeIndex
      readonly points: readonly ShapePoint[]
    }
  /** Refits every curve by least squares. */
  | { readonly type: 'set-basis'; readonly layer: number; readonly basis: Basis }
  /** Exchanges the function that every edge adds; the parameters stay. */
  | { readonly type: 'set-base'; readonly layer: number; readonly base: Base }
  /** Places the grids of all inputs evenly over a range, each curve written anew there; not for Chebyshev polynomials. */
  | { readonly type: 'set-range'; readonly layer: number; readonly range: readonly [number, number] }
  /** Number of nodes of a layer that is not the last; old nodes are kept, new ones come from the seed. */
  | { readonly type: 'set-width'; readonly layer: number; readonly nodes: number }
  /** Puts hidden nodes of a layer together, in their order, so that the first of them stands at `to`. */
  | { readonly type: 'move-nodes'; readonly layer: number; readonly nodes: readonly number[]; readonly to: number }
  /** Hidden nodes of a layer go, or each gets a twin right after it with which the network computes the same. */
  | { readonly type: 'remove-nodes' | 'duplicate-nodes'; readonly layer: number; readonly nodes: readonly number[] }
  /** Takes hidden nodes out that are on no way from an input to an output; what they gave goes into biases. */
  | { readonly type: 'compact' }
  /** A layer before the one at `at`, or after the last: then it gives the outputs, and the one before it has `nodes`. */
  | { readonly type: 'add-layer'; readonly at: number; readonly nodes: number; readonly basis: Basis }
  | { readonly type: 'remove-layer'; readonly at: number }
  /** A layer takes its width along, only that of the last follows the outputs. */
  | { readonly type: 'move-layer'; readonly from: number; readonly to: number }
  /** Other layers in the place of all, and the inputs' groups with them; names, scaling and seed stay. */
  | {
      readonly type: 'set-network'
      readonly layers: readonly LayerState[]
      readonly inputs: Specification['inputs']
    }
  /** Fits the network to a table; curves of columns that stay (by name) are kept. */
  | { readonly type: 'set-columns'; readonly inputs: readonly string[]; readonly outputs: readonly string[] }
  | { readonly type: 'set-preprocessing'; readonly preprocessing: Preprocessing | null }
  /** Back to the first parameters of the seed; structure and locks stay, prunes too. */
  | { readonly type: 'reset' }
  /** Several edits as one step, one after the other. */
  | { readonly type: 'sequence'; readonly edits: readonly Edit[] }

/** What undoes edits: it carries what another edit took away and leaves everything else as it is by then. */
type RestoringEdit =
  /**
   * Inputs or nodes of a layer: old ones by index, others with their numbers. Its neighbour is not touched. `ends`: what the
   * network's inputs are called then, and their groups, where they are these inputs.
   */
  | {
      readonly type: 'arrange-inputs' | 'arrange-outputs'
      readonly layer: number
      readonly sources: readonly Source[]
      readonly locks: Locks
      readonly ends?: Specification['inputs']
      /** Of the layer when nodes were taken out of it: a training may have moved the grids since. Inputs bring their own. */
      readonly grids?: Grids
    }
  | {
      readonly type: 'splice-layers'
      readonly at: number
      readonly remove: number
      readonly layers: readonly LayerState[]
    }
  /** Puts the layers of these indices in this order. */
  | { readonly type: 'order-layers'; readonly order: readonly number[] }
  | {
      readonly type: 'restore-edges'
      readonly layer: number
      readonly edges: readonly { readonly edge: EdgeIndex; readonly slice: Slice }[]
      readonly locks: Locks
      /** Of all inputs, where the slices were taken: a training may have moved the grids since. */
      readonly grids: Grids
    }
  /** Biases from what they were to others, null where the layer has none; those that have trained since move as far. */
  | { readonly type: 'move-bias'; readonly layer: number; readonly from: Biases | null; readonly to: Biases | null }
  /** Basis and everything written in it, and where its grid was first placed if that changes; the bias stays. */
  | {
      readonly type: 'set-curves'
      readonly layer: number
      readonly basis: Basis
      readonly curves: Slice
      readonly range?: readonly [number, number]
    }
  | {
      readonly type: 'restore-parameters'
      readonly parameters: readonly LayerParameters[]
      readonly moments: Moments | null
      readonly history: History | null
    }
  | {
      readonly type: 'set-ends'
      readonly inputs: Specification['inputs']
      readonly outputs: Specification['outputs']
    }

export interface Applied {
  readonly model: Model
  readonly inverse: Edit
}

/** Edits as one step of undo; null where there are none. */
export const together = (edits: readonly Edit[]): Edit | null =>
  edits.length > 1 ? { type: 'sequence', edits } : (edits[0] ?? null)
