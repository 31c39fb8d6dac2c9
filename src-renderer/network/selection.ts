/** What is selected, as values: one thing or many of one kind, and what of them an edit has left. */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import type { Hit } from './hit'
import type { EdgeAddress, NodeAddress, Selection } from './types'

export const NO_SELECTION: Selection = { type: 'none' }

/** What a click selects. */
export function selectionOf(hit: Hit | null): Selection {
  switch (hit?.type) {
    case undefined:
      return NO_SELECTION
    case 'edge':
      return { type: 'edges', edges: [{ layer: hit.layer, edge: hit.edge }] }
    case 'node':
      return { type: 'nodes', nodes: [{ layer: hit.layer, index: hit.index }] }
  }
}

/** The edge that is selected alone, or null. */
export function oneEdge(selection: Selection): EdgeAddress | null {
  return selection.type === 'edges' ? only(selection.edges) : null
}

/** The node that is selected alone, or null. */
export function oneNode(selection: Selection): NodeAddress | null {
  return selection.type === 'nodes' ? only(selection.nodes) : null
}

/** The layer that is selected alone, or null. */
export function oneLayer(selection: Selection): number | null {
  return selection.type === 'layers' ? only(selection.layers) : null
}

/** A selection may outlive what it points at: what of it is there. */
export function presentIn(specification: Specification, selection: Selection): Selection {
  const { layers, inputs } = specification
  const nodesAt = (column: number) => (column === 0 ? inputs.length : (layers[column - 1]?.nodes ?? 0))
  switch (selection.type) {
    case 'none':
      return selection
    case 'edges': {
      const edges = selection.edges.filter(
        ({ layer, edge: [input, output] }) =>
          layer < layers.length && input < inputsOf(specification, layer) && output < nodesAt(layer + 1),
      )
      return kept(selection, edges.length, selection.edges.length) ?? { type: 'edges', edges }
    }
    case 'nodes': {
      const nodes = selection.nodes.filter(({ layer, index }) => index < nodesAt(layer))
      return kept(selection, nodes.length, selection.nodes.length) ?? { type: 'nodes', nodes }
    }
    case 'layers': {
      const those = selection.layers.filter((layer) => layer < layers.length)
      return kept(selection, those.length, selection.layers.length) ?? { type: 'layers', layers: those }
    }
  }
}

/** The very selection where all of it is left, so that nothing is drawn anew; none where nothing is. */
function kept(selection: Selection, left: number, all: number): Selection | null {
  if (left === all) return selection
  return left === 0 ? NO_SELECTION : null
}

function only<T>(things: readonly T[]): T | null {
  return things.length === 1 ? (things[0] ?? null) : null
}
