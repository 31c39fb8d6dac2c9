/** What Lock, Tie and Prune do to edges, whoever asks for it: a tool, a key, a menu, the inspector. */
import { toggle } from '../network/hand/paint'
import { tieStep } from '../network/selection/tie'
import { type EdgeAddress, sameEdge, type Tool } from '../network/types'
import { showNote } from '../ui/toasts'
import { edit, useStudio } from './studio'
import { pickTool, useUi } from './ui'

/**
 * The edges that a key acts on: the one under the pointer or in focus, with all that are selected where it is one of them;
 * without such a one those that are selected. Tie brings it to those that are selected, too.
 */
function targetEdges(tool: Exclude<Tool, 'select'>): readonly EdgeAddress[] {
  const { hovered, selection, tying } = useUi.getState()
  const selected = selection.type === 'edges' ? selection.edges : []
  if (hovered === null || selected.some((at) => sameEdge(at, hovered))) return selected
  const joins = tool === 'tie' && tying === null && selected.every(({ layer }) => layer === hovered.layer)
  return joins ? [...selected, hovered] : [hovered]
}

/** A key of Lock, Tie or Prune acts on the edges that it finds; with none it takes the tool in hand. */
export function actOrPick(tool: Exclude<Tool, 'select'>): void {
  const edges = targetEdges(tool)
  if (edges.length === 0) pickTool(tool)
  else if (tool === 'tie') tieEdges(edges)
  else toggleEdges(tool, edges)
}

/** Lets an edge wait for the one that it will be tied to. */
export function waitToTie(from: EdgeAddress): void {
  useUi.setState({ tool: 'tie', tying: { from, back: useUi.getState().tool } })
}

/** Locks or prunes edges; takes it back where it is done to all of them. */
export function toggleEdges(tool: 'lock' | 'prune', edges: readonly EdgeAddress[]): void {
  const specification = useStudio.getState().document?.specification
  if (!specification) return
  const { edit: change, said } = toggle(specification, tool, edges)
  if (change !== null) void edit(change, said)
}

/**
 * Ties edges to the one that waits for it, or to each other; unties those that share one curve. One edge alone waits for
 * the next; none ends the waiting.
 */
export function tieEdges(edges: readonly EdgeAddress[]): void {
  const specification = useStudio.getState().document?.specification
  if (!specification) return
  const { tying, tool } = useUi.getState()
  const [only = null] = edges
  if (tying !== null) useUi.setState({ tool: tying.back, tying: null })
  if (tying !== null && (edges.length === 0 || (edges.length === 1 && sameEdge(only, tying.from)))) return
  // A stroke in another layer begins anew: it cannot mean the edge that waits.
  const isMeant = tying !== null && (edges.length === 1 || edges.some(({ layer }) => layer === tying.from.layer))
  const { step, note } = tieStep(specification, isMeant ? [tying.from, ...edges] : edges)
  if (note !== null) showNote(note)
  if (step.type === 'edit') void edit(step.edit)
  if (step.type === 'wait') useUi.setState({ tool: 'tie', tying: { from: step.from, back: tool } })
}
