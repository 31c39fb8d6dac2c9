/** Which edges the list for screen readers holds. */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { edgeCount } from './place/layout'
import { edgesInto, edgesOfLayer, edgesOutOf } from './selection/node-edges'
import { oneNode } from './selection/selection'
import type { EdgeAddress, LayerScores, Selection } from './types'

/** A longer list helps nobody: of larger networks only the selected node's edges are listed. */
export const MOST_LISTED = 500

/** All edges of a small network; of a large one those of the selected node (strongest first) or the selected edges. */
export function listEdges(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  selection: Selection,
): readonly EdgeAddress[] {
  if (edgeCount(specification) <= MOST_LISTED) {
    return specification.layers.flatMap((_, l) => edgesOfLayer(specification, l))
  }
  if (selection.type === 'edges') return selection.edges.slice(0, MOST_LISTED)
  const node = oneNode(selection)
  if (node === null) return []
  const score = ({ layer: l, edge }: EdgeAddress) =>
    importance?.[l]?.scores[edge[1] * inputsOf(specification, l) + edge[0]] ?? 0
  const edges = [...edgesInto(specification, node), ...edgesOutOf(specification, node)]
  return edges.sort((a, b) => score(b) - score(a)).slice(0, MOST_LISTED)
}
