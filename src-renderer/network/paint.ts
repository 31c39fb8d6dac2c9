/** What a stroke with the Lock or Prune tool comes to, as one step of undo. */
import type { Edit } from '../../src-shared/kan/edit'
import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress, Tool } from './types'

export type PaintTool = Extract<Tool, 'lock' | 'prune'>

export interface Stroke {
  /** Takes the edges that the pointer passed over; the first one decides between doing and undoing for the whole stroke. */
  add(edges: readonly EdgeAddress[]): void
  /** Edges that the stroke will change. */
  readonly edges: readonly EdgeAddress[]
  /** What it comes to, as one step; null where it passed over nothing. */
  edit(): Edit | null
}

/** Begins a stroke; a click is a stroke over one edge. */
export function beginStroke(specification: Specification, tool: PaintTool): Stroke {
  const field = tool === 'lock' ? 'frozen' : 'pruned'
  const isSet = specification.layers.map((layer) => new Set(layer[field].map(key)))
  const seen = new Set<string>()
  const edges: EdgeAddress[] = []
  let undoing: boolean | null = null
  return {
    edges,
    add(touched) {
      for (const { layer, edge } of touched) {
        const set = isSet[layer]?.has(key(edge)) ?? false
        undoing ??= set
        const address = `${layer} ${key(edge)}`
        if (set !== undoing || seen.has(address)) continue
        seen.add(address)
        edges.push({ layer, edge })
      }
    },
    edit() {
      const type = tool === 'lock' ? (undoing ? 'unfreeze' : 'freeze') : undoing ? 'unprune' : 'prune'
      return editOf(type, edges)
    },
  }
}

/** One edit of edges, or one for each of their layers as one step. */
function editOf(type: 'freeze' | 'unfreeze' | 'prune' | 'unprune', edges: readonly EdgeAddress[]): Edit | null {
  const layers = Map.groupBy(edges, ({ layer }) => layer)
  const edits = [...layers]
    .sort(([a], [b]) => a - b)
    .map(([layer, mine]): Edit => ({ type, layer, edges: mine.map(({ edge }) => edge) }))
  return edits.length > 1 ? { type: 'sequence', edits } : (edits[0] ?? null)
}

const key = ([input, output]: EdgeIndex) => `${input} ${output}`
