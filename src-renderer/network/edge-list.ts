/** Which edges the list for screen readers holds. */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { edgeCount } from './layout'
import { oneNode } from './selection'
import type { EdgeAddress, LayerScores, Selection } from './types'

/** A longer list helps nobody: of larger networks only the selected node's edges are listed. */
export const MOST_LISTED = 500

/** All edges of a small network; of a large one those of the selected node (strongest first) or the selected edges. */
export function listEdges(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  selection: Selection,
): readonly EdgeAddress[] {
  const all = (layer: number, inputs: readonly number[], outputs: readonly number[]): EdgeAddress[] =>
    outputs.flatMap((output) => inputs.map((input) => ({ layer, edge: [input, output] as const })))
  const inputs = (layer: number) => [...Array(inputsOf(specification, layer)).keys()]
  const outputs = (layer: number) => [...Array(specification.layers[layer]?.nodes ?? 0).keys()]

  if (edgeCount(specification) <= MOST_LISTED) {
    return specification.layers.flatMap((_, l) => all(l, inputs(l), outputs(l)))
  }
  if (selection.type === 'edges') return selection.edges.slice(0, MOST_LISTED)
  const node = oneNode(selection)
  if (node === null) return []
  const { layer, index } = node
  const into = layer > 0 ? all(layer - 1, inputs(layer - 1), [index]) : []
  const out = layer < specification.layers.length ? all(layer, [index], outputs(layer)) : []
  const score = ({ layer: l, edge }: EdgeAddress) =>
    importance?.[l]?.scores[edge[1] * inputsOf(specification, l) + edge[0]] ?? 0
  return [...into, ...out].sort((a, b) => score(b) - score(a)).slice(0, MOST_LISTED)
}
