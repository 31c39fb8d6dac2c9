/** What a stroke with a tool, or a wish for many edges, comes to as one step of undo. */
import { group } from 'd3'
import { type Edit, together } from '../../src-shared/kan/edit'
import { edgeKey } from '../../src-shared/kan/locks'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { FROZEN, networkFlags, PRUNED } from './ink'
import type { EdgeAddress, Tool } from './types'

export type PaintTool = Exclude<Tool, 'select'>

export interface Stroke {
  /** Takes the edges that the pointer passed over; the first one decides between doing and undoing for the whole stroke. */
  add(edges: readonly EdgeAddress[]): void
  readonly tool: PaintTool
  /** Whether it takes back what was done. */
  readonly undoing: boolean
  /** Edges that the stroke will change. */
  readonly edges: readonly EdgeAddress[]
  /** What a stroke with Lock or Prune comes to; null where it passed over nothing. Tie asks all of them together. */
  edit(): Edit | null
}

/** Begins a stroke; a click is a stroke over one edge. */
export function beginStroke(specification: Specification, tool: PaintTool): Stroke {
  const isSet = tool === 'tie' ? () => false : setIn(specification, tool)
  const seen = new Set<string>()
  const edges: EdgeAddress[] = []
  let undoing: boolean | null = null
  return {
    tool,
    get undoing() {
      return undoing === true
    },
    edges,
    add(touched) {
      for (const at of touched) {
        const set = isSet(at)
        undoing ??= set
        const address = `${at.layer} ${edgeKey(at.edge)}`
        if (set !== undoing || seen.has(address)) continue
        seen.add(address)
        edges.push(at)
      }
    },
    edit: () => (tool === 'tie' ? null : editOf(tool, undoing === true, edges)),
  }
}

/** Locks or prunes the edges where that is not done yet; takes it back where it is done to all. */
export function toggle(
  specification: Specification,
  tool: 'lock' | 'prune',
  edges: readonly EdgeAddress[],
): Edit | null {
  const isSet = setIn(specification, tool)
  const open = edges.filter((at) => !isSet(at))
  return open.length > 0 ? editOf(tool, false, open) : editOf(tool, true, edges)
}

/** Whether all of these edges are locked, or pruned. */
export function isAllSet(specification: Specification, tool: 'lock' | 'prune', edges: readonly EdgeAddress[]): boolean {
  return edges.every(setIn(specification, tool))
}

/** Whether an edge is locked, or pruned: of many edges, too, at once. */
function setIn(specification: Specification, tool: 'lock' | 'prune'): (at: EdgeAddress) => boolean {
  const flag = tool === 'lock' ? FROZEN : PRUNED
  const layers = networkFlags(specification)
  return ({ layer, edge: [input, output] }) => {
    return ((layers[layer]?.[output * inputsOf(specification, layer) + input] ?? 0) & flag) !== 0
  }
}

/** One edit of edges, or one for each of their layers as one step. */
function editOf(tool: 'lock' | 'prune', undoing: boolean, edges: readonly EdgeAddress[]): Edit | null {
  const type = tool === 'lock' ? (undoing ? 'unfreeze' : 'freeze') : undoing ? 'unprune' : 'prune'
  return together(
    [...group(edges, ({ layer }) => layer)]
      .sort(([a], [b]) => a - b)
      .map(([layer, mine]): Edit => ({ type, layer, edges: mine.map(({ edge }) => edge) })),
  )
}
