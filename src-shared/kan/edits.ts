/** Edits of a network as small values, each with an inverse. The same function serves the window and the compute process. */
import { freeze, prune, restoreEdges, tie, unfreeze, unprune, untie } from './edit-edges'
import { addLayer, moveLayer, removeLayer, setWidth } from './edit-layers'
import { rename, renameInput, renameOutput, reset, setBase, setBasis, setColumns, setPreprocessing } from './edit-model'
import type { Locks } from './locks'
import type { LayerParameters, LayerTensors, Model, Moments } from './parameters'
import { arrange, orderLayers, restoreParameters, setCurves, setEnds, spliceLayers } from './restore'
import type { Slice, Source } from './slices'
import type { Base, Basis, EdgeIndex, History, LayerSpecification, Preprocessing, Specification } from './specification'

export { describe } from './describe'

/** A layer as it stood, to put it back. Moments are null where there were none. */
export interface LayerState {
  readonly specification: LayerSpecification
  readonly parameters: LayerParameters
  readonly moments: { readonly first: LayerTensors; readonly second: LayerTensors } | null
}

export type Edit = PersonsEdit | RestoringEdit

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
  /** Refits every curve by least squares. */
  | { readonly type: 'set-basis'; readonly layer: number; readonly basis: Basis }
  /** Exchanges the function that every edge adds; the parameters stay. */
  | { readonly type: 'set-base'; readonly layer: number; readonly base: Base }
  /** Number of nodes of a layer that is not the last; old nodes are kept, new ones come from the seed. */
  | { readonly type: 'set-width'; readonly layer: number; readonly nodes: number }
  /** A layer before the one at `at`, or after the last: then it gives the outputs, and the one before it has `nodes`. */
  | { readonly type: 'add-layer'; readonly at: number; readonly nodes: number; readonly basis: Basis }
  | { readonly type: 'remove-layer'; readonly at: number }
  /** A layer takes its width along, only that of the last follows the outputs. */
  | { readonly type: 'move-layer'; readonly from: number; readonly to: number }
  /** Fits the network to a table; curves of columns that stay (by name) are kept. */
  | { readonly type: 'set-columns'; readonly inputs: readonly string[]; readonly outputs: readonly string[] }
  | { readonly type: 'set-preprocessing'; readonly preprocessing: Preprocessing | null }
  /** Back to the first parameters of the seed; structure and locks stay, prunes too. */
  | { readonly type: 'reset' }

/** What undoes edits: it carries what another edit took away and leaves everything else as it is by then. */
type RestoringEdit =
  | { readonly type: 'sequence'; readonly edits: readonly Edit[] }
  /** Inputs or nodes of a layer: old ones by index, others with their numbers. Its neighbour is not touched. */
  | {
      readonly type: 'arrange-inputs' | 'arrange-outputs'
      readonly layer: number
      readonly sources: readonly Source[]
      readonly locks: Locks
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
    }
  /** Basis and everything written in it; the bias stays. */
  | { readonly type: 'set-curves'; readonly layer: number; readonly basis: Basis; readonly curves: Slice }
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

/**
 * Applies an edit and returns the new model and the edit that undoes it; the model passed in does not change.
 *
 * The inverse restores what the edit took away (structure, locks, curves with their moments), bit for bit, and leaves the
 * rest as trained since. It expects the structure that the edit left: undo the last edit first.
 *
 * @throws UserError if the edit makes no sense for this model, changes nothing, or makes the network too large
 */
export function apply(model: Model, edit: Edit): Applied {
  switch (edit.type) {
    case 'rename':
      return rename(model, edit.name)
    case 'rename-input':
      return renameInput(model, edit.index, edit.name)
    case 'rename-output':
      return renameOutput(model, edit.index, edit.name)
    case 'freeze':
      return freeze(model, edit.layer, edit.edges)
    case 'unfreeze':
      return unfreeze(model, edit.layer, edit.edges)
    case 'prune':
      return prune(model, edit.layer, edit.edges)
    case 'unprune':
      return unprune(model, edit.layer, edit.edges)
    case 'tie':
      return tie(model, edit.layer, edit.edges)
    case 'untie':
      return untie(model, edit.layer, edit.edges)
    case 'set-basis':
      return setBasis(model, edit.layer, edit.basis)
    case 'set-base':
      return setBase(model, edit.layer, edit.base)
    case 'set-width':
      return applyAll(model, setWidth(model.specification, edit.layer, edit.nodes))
    case 'add-layer':
      return applyAll(model, addLayer(model.specification, edit.at, edit.nodes, edit.basis))
    case 'remove-layer':
      return applyAll(model, removeLayer(model.specification, edit.at))
    case 'move-layer':
      return applyAll(model, moveLayer(model.specification, edit.from, edit.to))
    case 'set-columns':
      return applyAll(model, setColumns(model.specification, edit.inputs, edit.outputs))
    case 'set-preprocessing':
      return setPreprocessing(model, edit.preprocessing)
    case 'reset':
      return reset(model)
    case 'sequence':
      return applyAll(model, edit.edits)
    case 'arrange-inputs':
    case 'arrange-outputs':
      return arrange(model, edit.type, edit.layer, edit.sources, edit.locks)
    case 'splice-layers':
      return spliceLayers(model, edit.at, edit.remove, edit.layers)
    case 'order-layers':
      return orderLayers(model, edit.order)
    case 'restore-edges':
      return restoreEdges(model, edit.layer, edit.edges, edit.locks)
    case 'set-curves':
      return setCurves(model, edit.layer, edit.basis, edit.curves)
    case 'restore-parameters':
      return restoreParameters(model, edit.parameters, edit.moments, edit.history)
    case 'set-ends':
      return setEnds(model, edit.inputs, edit.outputs)
  }
}

function applyAll(model: Model, edits: readonly Edit[]): Applied {
  let current = model
  const inverses: Edit[] = []
  for (const edit of edits) {
    const applied = apply(current, edit)
    current = applied.model
    inverses.unshift(applied.inverse)
  }
  return { model: current, inverse: { type: 'sequence', edits: inverses } }
}
