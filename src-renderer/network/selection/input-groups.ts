/** Which inputs share their curves, and what joins or parts them? */
import type { Edit } from '../../../src-shared/kan/edits/edit'
import type { Specification } from '../../../src-shared/kan/specification'

type Inputs = Specification['inputs']

/** The inputs of a group, in order. */
function membersOf(inputs: Inputs, group: number): readonly number[] {
  return [...inputs.keys()].filter((i) => inputs[i]?.group === group)
}

/** The groups that inputs are in. */
function groupsAmong(inputs: Inputs, chosen: readonly number[]): readonly number[] {
  return [...new Set(chosen.map((i) => inputs[i]?.group ?? 0))].filter((group) => group > 0)
}

/** The number of a group that does not exist yet. */
export const freshGroup = (inputs: Inputs): number => Math.max(0, ...inputs.map(({ group }) => group)) + 1

/**
 * Puts inputs into one group: that of the first of them that is in one, else a new one. Null where they are one already, or
 * fewer than two.
 */
export function groupEdit(inputs: Inputs, chosen: readonly number[]): Edit | null {
  const [known] = groupsAmong(inputs, chosen)
  const group = known ?? freshGroup(inputs)
  const joining = chosen.filter((i) => inputs[i]?.group !== group)
  if (chosen.length < 2 || joining.length === 0) return null
  return { type: 'set-group', inputs: joining, group }
}

/** Gives every input of the chosen ones' groups its own curves again. */
export function dissolveEdit(inputs: Inputs, chosen: readonly number[]): Edit | null {
  const all = groupsAmong(inputs, chosen).flatMap((group) => membersOf(inputs, group))
  return regroup(inputs, all, () => true, 0)
}

/** Takes the chosen ones out of their groups. */
export function leaveEdit(inputs: Inputs, chosen: readonly number[]): Edit | null {
  return regroup(inputs, chosen, (group) => group > 0, 0)
}

/** Leaves inputs out of the network, where they still have a say. */
export function discardEdit(inputs: Inputs, chosen: readonly number[]): Edit | null {
  return regroup(inputs, chosen, (group) => group !== -1, -1)
}

/** Brings discarded inputs back. */
export function bringBackEdit(inputs: Inputs, chosen: readonly number[]): Edit | null {
  return regroup(inputs, chosen, (group) => group === -1, 0)
}

/** Gives another group to those whose group is such a one; null where none is. */
function regroup(
  inputs: Inputs,
  chosen: readonly number[],
  isOne: (group: number) => boolean,
  to: number,
): Edit | null {
  const those = chosen.filter((i) => isOne(inputs[i]?.group ?? 0))
  return those.length === 0 ? null : { type: 'set-group', inputs: those, group: to }
}
