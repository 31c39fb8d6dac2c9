/** What a stroke with the Lock or Prune tool comes to: one edit for each layer that it touched. */
import type { Edit } from '../../src-shared/kan/edit'
import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress, Tool } from './types'

export type PaintTool = Exclude<Tool, 'select'>

export interface Stroke {
  /** Takes the edges that the pointer passed over; the first one decides between doing and undoing for the whole stroke. */
  add(edges: readonly EdgeAddress[]): void
  /** Edges that the stroke will change. */
  readonly edges: readonly EdgeAddress[]
  /** One edit for each layer, in the order of the layers. */
  edits(): readonly Edit[]
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
    edits() {
      const type = tool === 'lock' ? (undoing ? 'unfreeze' : 'freeze') : undoing ? 'unprune' : 'prune'
      return specification.layers.flatMap((_, layer): Edit[] => {
        const mine = edges.filter((address) => address.layer === layer).map(({ edge }) => edge)
        return mine.length === 0 ? [] : [{ type, layer, edges: mine }]
      })
    },
  }
}

const key = ([input, output]: EdgeIndex) => `${input} ${output}`
