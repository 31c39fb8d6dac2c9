/** Locks and prunes of an edge, and what an edit of them will make of the design. */
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { withGroups } from '../../src-shared/kan/groups'
import { sameEdge, sortedEdges, without } from '../../src-shared/kan/locks'
import { type EdgeIndex, inputsOf, type Specification } from '../../src-shared/kan/specification'

const has = (edges: readonly EdgeIndex[] | undefined, edge: EdgeIndex) =>
  edges?.some((other) => sameEdge(other, edge)) ?? false

export const isFrozen = (specification: Specification, layer: number, edge: EdgeIndex) =>
  has(withGroups(specification).layers[layer]?.frozen, edge)

export const isPruned = (specification: Specification, layer: number, edge: EdgeIndex) =>
  has(withGroups(specification).layers[layer]?.pruned, edge)

/**
 * What a lock or a prune will make of the design, to be shown until the studio answers (which waits for the end of a step);
 * null for any other edit. The answer has the last word: of tied edges, for one, it locks all.
 */
export function expected(specification: Specification, edit: EditRequest): Specification | null {
  switch (edit.type) {
    case 'freeze':
    case 'unfreeze':
      return withEdges(specification, 'frozen', edit.type === 'freeze', edit)
    case 'prune':
    case 'unprune':
      return withEdges(specification, 'pruned', edit.type === 'prune', edit)
    case 'prune-to-mean':
      return edit.slots.reduce((shown, slots, layer) => {
        const inputs = inputsOf(shown, layer)
        const edges = Array.from(slots, (e): EdgeIndex => [e % inputs, Math.floor(e / inputs)])
        return edges.length === 0 ? shown : withEdges(shown, 'pruned', true, { layer, edges })
      }, specification)
    case 'sequence': {
      let shown = specification
      for (const one of edit.edits) {
        const next = expected(shown, one)
        if (next === null) return null
        shown = next
      }
      return shown
    }
    default:
      return null
  }
}

function withEdges(
  specification: Specification,
  kind: 'frozen' | 'pruned',
  on: boolean,
  { layer, edges }: { readonly layer: number; readonly edges: readonly EdgeIndex[] },
): Specification {
  const layers = specification.layers.map((old, l) => {
    if (l !== layer) return old
    return { ...old, [kind]: on ? sortedEdges([...old[kind], ...edges]) : without(old[kind], edges) }
  })
  return { ...specification, layers }
}
