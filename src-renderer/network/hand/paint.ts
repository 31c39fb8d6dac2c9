/** What a stroke with a tool, or a wish for many edges, comes to as one step of undo. */
import { group } from 'd3'
import { type Edit, together } from '../../../src-shared/kan/edits/edit'
import { edgeKey } from '../../../src-shared/kan/locks'
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { FROZEN, networkFlags, PRUNED } from '../numbers/flags'
import { lockedWords } from '../selection/words'
import type { EdgeAddress, Tool } from '../types'

export type PaintTool = Exclude<Tool, 'select'>

export interface Stroke {
  /** Takes the edges that the pointer passed over; the first one decides between doing and undoing for the whole stroke. */
  add(edges: readonly EdgeAddress[]): void
  readonly tool: PaintTool
  /** Whether it takes back what was done. */
  readonly undoing: boolean
  /** Edges that the stroke will change. */
  readonly edges: readonly EdgeAddress[]
  /** How many it passed over that it leaves as they are. */
  readonly left: number
  /** What a stroke with Lock or Prune comes to; null where it passed over nothing. Tie asks all of them together. */
  edit(): Edit | null
}

/** Begins a stroke; a click is a stroke over one edge. */
export function beginStroke(specification: Specification, tool: PaintTool): Stroke {
  const isSet = tool === 'tie' ? () => false : setIn(specification, tool)
  const seen = new Set<string>()
  const edges: EdgeAddress[] = []
  let left = 0
  let undoing: boolean | null = null
  return {
    tool,
    get undoing() {
      return undoing === true
    },
    edges,
    get left() {
      return left
    },
    add(touched) {
      for (const at of touched) {
        const set = isSet(at)
        undoing ??= set
        const address = `${at.layer} ${edgeKey(at.edge)}`
        if (seen.has(address)) continue
        seen.add(address)
        if (set === undoing) edges.push(at)
        else left++
      }
    },
    edit: () => (tool === 'tie' ? null : editOf(tool, undoing === true, edges)),
  }
}

/** What a wish for many edges comes to. */
interface Toggled {
  /** Null where there is no edge. */
  readonly edit: Edit | null
  /** What is to be told of it. */
  readonly said: string | null
}

/** Locks or prunes the edges where that is not done yet; takes it back where it is done to all. */
export function toggle(specification: Specification, tool: 'lock' | 'prune', edges: readonly EdgeAddress[]): Toggled {
  const isSet = setIn(specification, tool)
  const open = edges.filter((at) => !isSet(at))
  const undoing = open.length === 0
  const said = saidOf(specification, tool, undoing, open, edges.length - open.length)
  return { edit: editOf(tool, undoing, undoing ? edges : open), said }
}

/**
 * What is to be told of locked edges among many that are to be pruned or locked; null where there are none.
 *
 * @param edges those that are changed
 * @param left how many more it is done to already
 */
export function saidOf(
  specification: Specification,
  tool: 'lock' | 'prune',
  undoing: boolean,
  edges: readonly EdgeAddress[],
  left: number,
): string | null {
  if (undoing) return null
  if (tool === 'lock') return lockedWords('lock', edges.length + left, left)
  return lockedWords('prune', edges.length, edges.filter(setIn(specification, 'lock')).length)
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
