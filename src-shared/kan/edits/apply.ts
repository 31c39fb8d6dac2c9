/** Applies edits to a network, and tells how each is taken back. */

import type { Model } from '../parameters'
import { moveBias } from './bias'
import { compact } from './compact'
import { freeze, prune, restoreEdges, setSymbolic, tie, unfreeze, unprune, untie } from './edges'
import type { Applied, Edit } from './edit'
import { setGroup } from './groups'
import { addLayer, moveLayer, removeLayer, setNetwork, setWidth } from './layers'
import { rename, renameInput, renameOutput, reset, setBase, setBasis, setColumns, setPreprocessing } from './model'
import { duplicateNodes, moveNodes, removeNodes } from './nodes'
import { setRange } from './range'
import { arrange, orderLayers, restoreParameters, setCurves, setEnds, spliceLayers } from './restore'
import { shapeEdge } from './shape'

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
    case 'set-group':
      return setGroup(model, edit.inputs, edit.group)
    case 'set-symbolic':
      return setSymbolic(model, edit.layer, edit.edge, edit.formula)
    case 'shape-edge':
      return shapeEdge(model, edit.layer, edit.edge, edit.points)
    case 'set-basis':
      return setBasis(model, edit.layer, edit.basis)
    case 'set-base':
      return setBase(model, edit.layer, edit.base)
    case 'set-range':
      return setRange(model, edit.layer, edit.range)
    case 'set-width':
      return applyAll(model, setWidth(model.specification, edit.layer, edit.nodes))
    case 'move-nodes':
      return applyAll(model, moveNodes(model.specification, edit.layer, edit.nodes, edit.to))
    case 'remove-nodes':
      return applyAll(model, removeNodes(model.specification, edit.layer, edit.nodes))
    case 'duplicate-nodes':
      return applyAll(model, duplicateNodes(model, edit.layer, edit.nodes))
    case 'compact':
      return applyAll(model, compact(model))
    case 'add-layer':
      return applyAll(model, addLayer(model.specification, edit.at, edit.nodes, edit.basis))
    case 'remove-layer':
      return applyAll(model, removeLayer(model.specification, edit.at))
    case 'move-layer':
      return applyAll(model, moveLayer(model.specification, edit.from, edit.to))
    case 'set-network':
      return applyAll(model, setNetwork(model.specification, edit.layers, edit.inputs))
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
      return arrange(model, edit)
    case 'splice-layers':
      return spliceLayers(model, edit.at, edit.remove, edit.layers)
    case 'order-layers':
      return orderLayers(model, edit.order)
    case 'restore-edges':
      return restoreEdges(model, edit.layer, edit.edges, edit.locks, edit.grids)
    case 'move-bias':
      return moveBias(model, edit)
    case 'set-curves':
      return setCurves(model, edit)
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
