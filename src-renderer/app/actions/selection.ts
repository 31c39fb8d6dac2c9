/** Actions on what is selected: groups of inputs, and what is doubled, removed and moved. */
import { Group, Undo, Ungroup, UserMinus, X } from 'lucide-react'
import type { Edit } from '../../../src-shared/kan/edits/edit'
import type { Specification } from '../../../src-shared/kan/specification'
import { bringBackEdit, discardEdit, dissolveEdit, groupEdit, leaveEdit } from '../../network/selection/input-groups'
import { presentIn } from '../../network/selection/selection'
import type { NodeAddress } from '../../network/types'
import { edit, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import type { Action, Room } from './action'
import { DESIGN_SECTIONS, duplicate, remove } from './design'

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

export const selectionRoom: Room = {
  title: 'Selection',
  sections: [[groupInputs, leaveGroup, dissolveGroup], [discardInputs, bringInputsBack], ...DESIGN_SECTIONS],
}

/** The sections of what suits the nodes that are selected. */
export function nodeActions(
  specification: Specification,
  nodes: readonly NodeAddress[],
): readonly (readonly Action[])[] {
  const last = specification.layers.length
  const groupOf = ({ layer, index }: NodeAddress) => (layer === 0 ? specification.inputs[index]?.group : undefined)
  if (nodes.every(({ layer }) => layer > 0 && layer < last)) return [[duplicate, remove]]
  if (!nodes.every(({ layer }) => layer === 0)) return []
  const grouped = nodes.some((node) => (groupOf(node) ?? 0) > 0)
  const groups = [...(nodes.length > 1 ? [groupInputs] : []), ...(grouped ? [leaveGroup, dissolveGroup] : [])]
  const gone = nodes.every((node) => groupOf(node) === -1)
  return [...(groups.length > 0 ? [groups] : []), [gone ? bringInputsBack : discardInputs]]
}

function nodesInHand(): readonly NodeAddress[] {
  const specification = useStudio.getState().document?.specification
  const { selection } = useUi.getState()
  // Of many edges it would take long to say what of them is there, and nobody asks.
  if (!specification || selection.type !== 'nodes') return []
  const present = presentIn(specification, selection)
  return present.type === 'nodes' ? present.nodes : []
}

/** The inputs that are selected, where nothing else is. */
function inputsInHand(): readonly number[] {
  const nodes = nodesInHand()
  return nodes.every(({ layer }) => layer === 0) ? nodes.map(({ index }) => index) : []
}
