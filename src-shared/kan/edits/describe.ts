/** An edit as the undo menu names it. */

import { basisName, edgeName, nodeName } from '../names'
import { type Basis, inputsOf, type Specification } from '../specification'
import { deadWeight } from './compact'
import type { Edit, EditRequest } from './edit'

/**
 * "Prune edge x → h₂", "Lock 3 edges", "Change layer 1 to RBF"; layers count from 1.
 *
 * @param specification the design before the edit
 */
export function describe(edit: EditRequest, specification: Specification): string {
  switch (edit.type) {
    case 'rename':
      return `Rename to ${edit.name}`
    case 'rename-input':
      return `Rename input ${nodeName(specification, 0, edit.index)} to ${edit.name}`
    case 'rename-output':
      return `Rename output ${nodeName(specification, specification.layers.length, edit.index)} to ${edit.name}`
    case 'freeze':
    case 'unfreeze':
    case 'prune':
    case 'unprune':
    case 'tie':
    case 'untie':
      return edgesChange(edit, specification)
    case 'set-symbolic': {
      const name = edgeName(specification, edit.layer, edit.edge)
      return edit.formula === null
        ? `Set edge ${name} back to its curve`
        : `Set edge ${name} to ${edit.formula.function}`
    }
    case 'shape-edge':
      return `Shape edge ${edgeName(specification, edit.layer, edit.edge)}`
    case 'set-group':
      return groupChange(edit.inputs, edit.group, specification)
    case 'set-basis':
      return `Change layer ${edit.layer + 1} to ${basisChange(specification.layers[edit.layer]?.basis, edit.basis)}`
    case 'fit-grid':
      return edit.layer === null ? 'Fit the grids to the data' : `Fit the grid of layer ${edit.layer + 1} to the data`
    case 'prune-to-mean':
      return pruningOf(edit.slots, specification)
    case 'go-back':
      return `Go back to step ${edit.step}`
    case 'set-base':
      return `Change the base of layer ${edit.layer + 1} to ${edit.base}`
    case 'set-range':
      return `Place the grid of layer ${edit.layer + 1} from ${edit.range[0]} to ${edit.range[1]}`
    case 'set-width':
      return `Change layer ${edit.layer + 1} to ${nodeCount(edit.nodes)}`
    case 'move-nodes':
      return `Move ${nodesIn(edit, specification)} to place ${edit.to + 1}`
    case 'remove-nodes':
      return `Remove ${nodesIn(edit, specification)}`
    case 'duplicate-nodes':
      return `Duplicate ${nodesIn(edit, specification)}`
    case 'compact':
      return `Compact by ${nodeCount(deadWeight(specification))}`
    case 'add-layer':
      return `Add ${basisName(edit.basis)} layer ${edit.at + 1}`
    case 'remove-layer':
      return `Remove layer ${edit.at + 1}`
    case 'move-layer':
      return `Move layer ${edit.from + 1} to place ${edit.to + 1}`
    case 'set-network': {
      const nodes = edit.layers.map((layer) => layer.specification.nodes)
      return `Replace the network by [${[edit.inputs.length, ...nodes].join(', ')}]`
    }
    case 'set-columns':
      return 'Choose columns'
    case 'set-preprocessing':
      return 'Change scaling'
    case 'reset':
      return 'Reset'
    case 'sequence':
      return together(edit.edits, specification)
    case 'arrange-inputs':
    case 'arrange-outputs':
    case 'splice-layers':
    case 'order-layers':
    case 'restore-edges':
    case 'move-bias':
    case 'set-curves':
    case 'restore-parameters':
    case 'set-ends':
      return 'Restore'
  }
}

const VERBS = {
  freeze: 'Lock',
  unfreeze: 'Unlock',
  prune: 'Prune',
  unprune: 'Bring back',
  tie: 'Tie',
  untie: 'Untie',
} as const

type EdgesEdit = Extract<EditRequest, { type: keyof typeof VERBS }>

const isOfEdges = (edit: Edit): edit is EdgesEdit => edit.type in VERBS

function edgesChange({ type, layer, edges }: EdgesEdit, specification: Specification): string {
  const [only] = edges
  return edges.length === 1 && only !== undefined
    ? `${VERBS[type]} edge ${edgeName(specification, layer, only)}`
    : `${VERBS[type]} ${edges.length} edges`
}

function pruningOf(slots: readonly Uint32Array[], specification: Specification): string {
  const count = slots.reduce((sum, { length }) => sum + length, 0)
  const layer = slots.findIndex(({ length }) => length > 0)
  if (count !== 1) return `${VERBS.prune} ${count} edges`
  const [only = 0] = slots[layer] ?? []
  const inputs = inputsOf(specification, layer)
  return `${VERBS.prune} edge ${edgeName(specification, layer, [only % inputs, Math.floor(only / inputs)])}`
}

/** What happens to many edges, or to several layers, by how many they are; anything else by its first edit. */
function together(edits: readonly Edit[], specification: Specification): string {
  const [first, ...others] = edits
  if (first === undefined) return 'Nothing'
  const name = describe(first, specification)
  if (others.length === 0) return name
  if (others.every(({ type }) => type === first.type)) {
    if (isOfEdges(first)) {
      const count = edits.filter(isOfEdges).reduce((sum, edit) => sum + edit.edges.length, 0)
      return `${VERBS[first.type]} ${count} edges`
    }
    if (first.type === 'remove-layer') return `Remove ${edits.length} layers`
    if (first.type === 'set-basis') return `Change ${edits.length} layers to ${basisName(first.basis)}`
  }
  return `${name} and ${others.length} more`
}

/** "h₂", "h₁, h₃ and h₄", or how many where that would be long. */
function nodesIn(
  { layer, nodes }: { readonly layer: number; readonly nodes: readonly number[] },
  specification: Specification,
): string {
  const names = nodes.map((node) => nodeName(specification, layer + 1, node))
  const [last = ''] = names.splice(-1)
  if (names.length === 0) return `node ${last}`
  return names.length < 4 ? `nodes ${names.join(', ')} and ${last}` : `${nodes.length} nodes of layer ${layer + 1}`
}

const nodeCount = (count: number) => (count === 1 ? '1 node' : `${count} nodes`)

function groupChange(inputs: readonly number[], group: number, specification: Specification): string {
  const [only = 0] = inputs
  const names = inputs.length === 1 ? `input ${nodeName(specification, 0, only)}` : `${inputs.length} inputs`
  if (group < 0) return `Discard ${names}`
  if (group > 0) return `Put ${names} into group ${group}`
  const isBack = inputs.every((input) => specification.inputs[input]?.group === -1)
  return isBack ? `Bring back ${names}` : `Take ${names} out of ${inputs.length === 1 ? 'its group' : 'their groups'}`
}

/** The type where it changes, else the numbers. */
function basisChange(before: Basis | undefined, after: Basis): string {
  if (before?.type !== after.type) return basisName(after)
  if (before.type === 'rbf' && after.type === 'rbf' && before.kernel !== after.kernel) {
    return `the kernel ${after.kernel}`
  }
  switch (after.type) {
    case 'spline':
      return `splines of order ${after.order} on ${after.intervals} intervals`
    case 'rbf':
      return `${after.centers} centres`
    case 'chebyshev':
      return `degree ${after.degree}`
  }
}
