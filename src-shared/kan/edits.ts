/** Edits of a network as small values, each with an inverse. The same function serves the window and the compute process. */
import type { LayerParameters, LayerTensors } from './parameters'
import type { Base, Basis, EdgeIndex, LayerSpecification, Preprocessing } from './specification'

/** A layer as it stood, to put it back. Moments are null where there were none. */
export interface LayerState {
  readonly specification: LayerSpecification
  readonly parameters: LayerParameters
  readonly moments: { readonly first: LayerTensors; readonly second: LayerTensors } | null
}

export type Edit =
  | { readonly type: 'rename'; readonly name: string }
  | { readonly type: 'rename-input' | 'rename-output'; readonly index: number; readonly name: string }
  | {
      readonly type: 'freeze' | 'unfreeze' | 'prune' | 'unprune'
      readonly layer: number
      readonly edges: readonly EdgeIndex[]
    }
  /** The edges share the first one's curve from now on. */
  | { readonly type: 'tie' | 'untie'; readonly layer: number; readonly edges: readonly EdgeIndex[] }
  /** Refits every curve by least squares. */
  | { readonly type: 'set-basis'; readonly layer: number; readonly basis: Basis }
  | { readonly type: 'set-base'; readonly layer: number; readonly base: Base }
  /** Number of nodes of a layer that is not the last; old nodes are kept, new ones come from the seed. */
  | { readonly type: 'set-width'; readonly layer: number; readonly nodes: number }
  | { readonly type: 'add-layer'; readonly at: number; readonly nodes: number; readonly basis: Basis }
  | { readonly type: 'remove-layer'; readonly at: number }
  | { readonly type: 'move-layer'; readonly from: number; readonly to: number }
  /** Fits the network to a table; curves of columns that stay (by name) are kept. */
  | { readonly type: 'set-columns'; readonly inputs: readonly string[]; readonly outputs: readonly string[] }
  | { readonly type: 'set-preprocessing'; readonly preprocessing: Preprocessing | null }
  /** Back to the first parameters of the seed; structure and locks stay, prunes too. */
  | { readonly type: 'reset' }
