/** Where an arrow key leads: up and down among the edges of a layer or the nodes of a column, left and right from one to the other. */
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { columnWidths } from '../../../src-shared/kan/ways'
import type { Hit } from '../place/hit'

export type ArrowKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

export function isArrowKey(key: string): key is ArrowKey {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight'
}

/** The next edge or node, or the same one at the end of the way; the first edge where there was none. */
export function walk(specification: Specification, from: Hit | null, key: ArrowKey): Hit {
  const layers = specification.layers.length
  if (from === null || from.layer > layers || (from.type === 'edge' && from.layer === layers)) {
    return { type: 'edge', layer: 0, edge: [0, 0] }
  }
  return from.type === 'edge' ? fromEdge(specification, from, key) : fromNode(specification, from, key)
}

function fromEdge(specification: Specification, from: Hit & { type: 'edge' }, key: ArrowKey): Hit {
  const { layer, edge } = from
  const [input, output] = edge
  // Along the signal: into the node that the edge leads to.
  if (key === 'ArrowRight') return { type: 'node', layer: layer + 1, index: output }
  if (key === 'ArrowLeft') return { type: 'node', layer, index: input }
  const inputs = inputsOf(specification, layer)
  const next = output * inputs + input + (key === 'ArrowUp' ? -1 : 1)
  if (next < 0 || next >= inputs * (specification.layers[layer]?.nodes ?? 1)) return from
  return { type: 'edge', layer, edge: [next % inputs, Math.floor(next / inputs)] }
}

function fromNode(specification: Specification, from: Hit & { type: 'node' }, key: ArrowKey): Hit {
  const { layer, index } = from
  if (key === 'ArrowRight') {
    return layer < specification.layers.length ? { type: 'edge', layer, edge: [index, 0] } : from
  }
  if (key === 'ArrowLeft') return layer > 0 ? { type: 'edge', layer: layer - 1, edge: [0, index] } : from
  const next = index + (key === 'ArrowUp' ? -1 : 1)
  const nodes = columnWidths(specification)[layer] ?? 0
  return next < 0 || next >= nodes ? from : { type: 'node', layer, index: next }
}
