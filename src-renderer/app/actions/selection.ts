/** Actions on the nodes that are selected: groups of inputs, and hidden nodes. */
import { Copy, Group, Trash2, Undo, Ungroup, UserMinus, X } from 'lucide-react'
import type { Edit } from '../../../src-shared/kan/edit'
import type { Specification } from '../../../src-shared/kan/specification'
import { bringBackEdit, discardEdit, dissolveEdit, groupEdit, leaveEdit } from '../../network/input-groups'
import { presentIn } from '../../network/selection'
import type { NodeAddress } from '../../network/types'
import { edit, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import type { Action, Room } from './action'
import { editTogether } from './layers'

type OfInputs = (inputs: Specification['inputs'], chosen: readonly number[]) => Edit | null

/** An action on the inputs that are selected. @param not why not, where it would change nothing */
const onInputs = (make: OfInputs, not: string, rest: Omit<Action, 'whyNot' | 'run'>): Action => {
  const change = () => {
    const inputs = inputsInHand()
    const specification = useStudio.getState().document?.specification
    return specification && inputs.length > 0 ? make(specification.inputs, inputs) : null
  }
  return {
    ...rest,
    whyNot: () => (inputsInHand().length === 0 ? 'Select inputs first.' : change() === null ? not : null),
    run() {
      const made = change()
      if (made !== null) void edit(made)
    },
  }
}

const groupInputs = onInputs(groupEdit, 'Select two or more inputs that are not one group yet.', {
  id: 'inputs.group',
  title: 'Group inputs',
  icon: Group,
  hint: 'Inputs of a group share their curves, so that exchanging them changes nothing.',
  shortcut: 'Mod+G',
})

const leaveGroup = onInputs(leaveEdit, 'None of these inputs is in a group.', {
  id: 'inputs.leave-group',
  title: 'Take out of the group',
  icon: UserMinus,
  hint: 'Each of these inputs goes on with the curves that it shared.',
})

const dissolveGroup = onInputs(dissolveEdit, 'None of these inputs is in a group.', {
  id: 'inputs.dissolve-group',
  title: 'Dissolve group',
  icon: Ungroup,
  hint: 'Each input of the group goes on with the curves that they shared.',
  shortcut: 'Mod+Shift+G',
})

const discardInputs = onInputs(discardEdit, 'These inputs are discarded already.', {
  id: 'inputs.discard',
  title: 'Discard inputs',
  icon: X,
  hint: 'A discarded input has no say; its curves are kept.',
})

const bringInputsBack = onInputs(bringBackEdit, 'None of these inputs is discarded.', {
  id: 'inputs.bring-back',
  title: 'Bring inputs back',
  icon: Undo,
})

const duplicateNodes: Action = {
  id: 'nodes.duplicate',
  title: 'Duplicate nodes',
  icon: Copy,
  hint: 'Each node gets a twin with which the network computes the same.',
  whyNot: needsHiddenNodes,
  run: () => editNodes('duplicate-nodes'),
}

const removeNodes: Action = {
  id: 'nodes.remove',
  title: 'Remove nodes',
  icon: Trash2,
  hint: 'Takes nodes out of their layer, with all edges into them and out of them.',
  shortcut: 'Delete',
  whyNot() {
    const { layers = [] } = useStudio.getState().document?.specification ?? {}
    const whole = [...hiddenNodes()].some(([layer, nodes]) => nodes.length === layers[layer]?.nodes)
    return needsHiddenNodes() ?? (whole ? 'A layer keeps at least one node: remove the layer instead.' : null)
  },
  run: () => editNodes('remove-nodes'),
}

export const selectionRoom: Room = {
  title: 'Selection',
  sections: [
    [groupInputs, leaveGroup, dissolveGroup],
    [discardInputs, bringInputsBack],
    [duplicateNodes, removeNodes],
  ],
}

/** The sections of what suits the nodes that are selected. */
export function nodeActions(
  specification: Specification,
  nodes: readonly NodeAddress[],
): readonly (readonly Action[])[] {
  const last = specification.layers.length
  const groupOf = ({ layer, index }: NodeAddress) => (layer === 0 ? specification.inputs[index]?.group : undefined)
  if (nodes.every(({ layer }) => layer > 0 && layer < last)) return [[duplicateNodes, removeNodes]]
  if (!nodes.every(({ layer }) => layer === 0)) return []
  const grouped = nodes.some((node) => (groupOf(node) ?? 0) > 0)
  const groups = [...(nodes.length > 1 ? [groupInputs] : []), ...(grouped ? [leaveGroup, dissolveGroup] : [])]
  const gone = nodes.every((node) => groupOf(node) === -1)
  return [...(groups.length > 0 ? [groups] : []), [gone ? bringInputsBack : discardInputs]]
}

function nodesInHand() {
  const specification = useStudio.getState().document?.specification
  const selection = specification && presentIn(specification, useUi.getState().selection)
  return selection?.type === 'nodes' ? selection.nodes : []
}

/** The inputs that are selected, where nothing else is. */
function inputsInHand(): readonly number[] {
  const nodes = nodesInHand()
  return nodes.every(({ layer }) => layer === 0) ? nodes.map(({ index }) => index) : []
}

/** The selected nodes of each layer that it may have fewer or more of; none where others are selected, too. */
function hiddenNodes(): ReadonlyMap<number, readonly number[]> {
  const layers = useStudio.getState().document?.specification.layers.length ?? 0
  const nodes = nodesInHand()
  if (!nodes.every(({ layer }) => layer > 0 && layer < layers)) return new Map()
  const groups = Map.groupBy(nodes, ({ layer }) => layer - 1)
  return new Map([...groups].map(([layer, those]) => [layer, those.map(({ index }) => index).sort((a, b) => a - b)]))
}

function needsHiddenNodes(): string | null {
  return hiddenNodes().size === 0 ? 'Select hidden nodes first.' : null
}

function editNodes(type: 'duplicate-nodes' | 'remove-nodes'): void {
  editTogether([...hiddenNodes()].map(([layer, nodes]): Edit => ({ type, layer, nodes })))
}
