/** What is selected, as values: one thing or many of one kind, and what of them an edit has left. */
import type { Specification } from '../../../src-shared/kan/specification'
import { columnWidths } from '../../../src-shared/kan/ways'
import { counted } from '../../ui/format'
import type { Hit } from '../place/hit'
import { type EdgeAddress, type NodeAddress, type Selection, sameEdge } from '../types'
import { edgesOfLayers } from './node-edges'

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

/** Whether a thing is among those that are selected. */
export function isIn(selection: Selection, hit: Hit): boolean {
  if (hit.type === 'edge') return selection.type === 'edges' && selection.edges.some((at) => sameEdge(at, hit))
  return (
    selection.type === 'nodes' && selection.nodes.some(({ layer, index }) => layer === hit.layer && index === hit.index)
  )
}

/** The selection with a thing more, or without it where it was in it; things of another kind make way. */
export function toggled(selection: Selection, hit: Hit): Selection {
  if (hit.type === 'edge') {
    const at = { layer: hit.layer, edge: hit.edge }
    const old = selection.type === 'edges' ? selection.edges : []
    const rest = old.filter((edge) => !sameEdge(edge, at))
    return edgesSelected(rest.length < old.length ? rest : [...old, at])
  }
  const at = { layer: hit.layer, index: hit.index }
  const old = selection.type === 'nodes' ? selection.nodes : []
  const rest = old.filter(({ layer, index }) => layer !== at.layer || index !== at.index)
  return nodesSelected(rest.length < old.length ? rest : [...old, at])
}

/** What a click on a layer selects: with Shift or Ctrl (Cmd) it comes to the others, or leaves them. */
export function layerClicked(
  selection: Selection,
  layer: number,
  keys: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean },
): Selection {
  if (!keys.shiftKey && !keys.ctrlKey && !keys.metaKey) return { type: 'layers', layers: [layer] }
  const old = selection.type === 'layers' ? selection.layers : []
  const layers = old.includes(layer) ? old.filter((other) => other !== layer) : [...old, layer]
  return layers.length === 0 ? NO_SELECTION : { type: 'layers', layers }
}

/** The selection with all of these, too; things of another kind make way. */
export function joined(selection: Selection, more: Selection): Selection {
  if (selection.type === 'edges' && more.type === 'edges') {
    const known = new Set(selection.edges.map(keyOf))
    return edgesSelected([...selection.edges, ...more.edges.filter((at) => !known.has(keyOf(at)))])
  }
  if (selection.type === 'nodes' && more.type === 'nodes') {
    const known = new Set(selection.nodes.map(({ layer, index }) => `${layer} ${index}`))
    return nodesSelected([
      ...selection.nodes,
      ...more.nodes.filter(({ layer, index }) => !known.has(`${layer} ${index}`)),
    ])
  }
  return more.type === 'none' ? selection : more
}

/** All things of the kind that is selected, edges where nothing is: first those of the same layers, then everything. */
export function everything(specification: Specification, selection: Selection): Selection {
  const { layers } = specification
  const count = (length: number) => Array.from({ length }, (_, n) => n)
  if (selection.type === 'layers') return { type: 'layers', layers: count(layers.length) }
  const widths = columnWidths(specification)
  const columns = [...widths.keys()]
  const all =
    selection.type === 'nodes'
      ? (among: readonly number[]) =>
          nodesSelected(among.flatMap((layer) => count(widths[layer] ?? 0).map((index) => ({ layer, index }))))
      : (among: readonly number[]) => edgesSelected(edgesOfLayers(specification, among))
  const alike = all(columns.filter((layer) => layersOf(selection).has(layer)))
  return sizeOf(alike) > sizeOf(selection) ? alike : all(columns)
}

/** How many things are selected. */
export function sizeOf(selection: Selection): number {
  switch (selection.type) {
    case 'none':
      return 0
    case 'edges':
      return selection.edges.length
    case 'nodes':
      return selection.nodes.length
    case 'layers':
      return selection.layers.length
  }
}

/** `12 edges`, `1 node`; empty where nothing is selected. */
export function countWords(selection: Selection): string {
  return selection.type === 'none' ? '' : counted(sizeOf(selection), selection.type.slice(0, -1))
}

export const edgesSelected = (edges: readonly EdgeAddress[]): Selection =>
  edges.length === 0 ? NO_SELECTION : { type: 'edges', edges }

export const nodesSelected = (nodes: readonly NodeAddress[]): Selection =>
  nodes.length === 0 ? NO_SELECTION : { type: 'nodes', nodes }

export const inputsSelected = (inputs: readonly number[]): Selection =>
  nodesSelected(inputs.map((index) => ({ layer: 0, index })))

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
  const { layers } = specification
  const widths = columnWidths(specification)
  const has = (layer: number, index: number) => index < (widths[layer] ?? 0)
  switch (selection.type) {
    case 'none':
      return selection
    case 'edges': {
      const edges = selection.edges.filter(
        ({ layer, edge: [input, output] }) => layer < layers.length && has(layer, input) && has(layer + 1, output),
      )
      return kept(selection, edges.length, selection.edges.length) ?? { type: 'edges', edges }
    }
    case 'nodes': {
      const nodes = selection.nodes.filter(({ layer, index }) => has(layer, index))
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

function layersOf(selection: Selection): ReadonlySet<number> {
  if (selection.type === 'edges') return new Set(selection.edges.map(({ layer }) => layer))
  return new Set(selection.type === 'nodes' ? selection.nodes.map(({ layer }) => layer) : [])
}

const keyOf = ({ layer, edge }: EdgeAddress) => `${layer} ${edge[0]} ${edge[1]}`

function only<T>(things: readonly T[]): T | null {
  return things.length === 1 ? (things[0] ?? null) : null
}
