/** What shape has a network after its layers were edited? No number is made: a window asks with every move of the pointer. */

import { layerAt } from '../names'
import { type Basis, type LayerSpecification, layerSchema, type Specification } from '../specification'
import type { PersonsEdit } from './edit'

export type EditOfShape = Extract<
  PersonsEdit,
  { type: 'set-basis' | 'set-width' | 'remove-nodes' | 'duplicate-nodes' | 'add-layer' | 'remove-layer' | 'move-layer' }
>

/** The design after an edit that makes sense; locks still name the edges that they named before. */
export function shapeAfter(specification: Specification, edit: EditOfShape): Specification {
  const { layers } = specification
  switch (edit.type) {
    case 'set-basis':
      return { ...specification, layers: changed(layers, edit.layer, { basis: edit.basis }) }
    case 'set-width':
      return { ...specification, layers: changed(layers, edit.layer, { nodes: edit.nodes }) }
    case 'remove-nodes':
    case 'duplicate-nodes': {
      const more = new Set(edit.nodes).size * (edit.type === 'remove-nodes' ? -1 : 1)
      const nodes = layerAt(specification, edit.layer).nodes + more
      return { ...specification, layers: changed(layers, edit.layer, { nodes }) }
    }
    case 'add-layer':
      return withLayerAdded(specification, edit.at, edit.nodes, edit.basis)
    case 'remove-layer':
      return withoutLayer(specification, edit.at)
    case 'move-layer':
      return withOrder(specification, orderAfter(layers.length, edit.from, edit.to))
  }
}

/** After the last layer: then it gives the outputs, and the one before it has `nodes`. */
function withLayerAdded(specification: Specification, at: number, nodes: number, basis: Basis): Specification {
  const { layers, outputs } = specification
  const isLast = at === layers.length
  const added = layerSchema.parse({ nodes: isLast ? outputs.length : nodes, basis })
  const others = isLast ? changed(layers, at - 1, { nodes }) : layers
  return { ...specification, layers: [...others.slice(0, at), added, ...others.slice(at)] }
}

/** Where the last layer goes, the one before it gives the outputs. */
function withoutLayer(specification: Specification, at: number): Specification {
  const { layers, outputs } = specification
  const rest = layers.filter((_, l) => l !== at)
  const isLast = at === layers.length - 1
  return { ...specification, layers: isLast ? changed(rest, at - 1, { nodes: outputs.length }) : rest }
}

/** The old indices of layers in their new order. */
export function orderAfter(count: number, from: number, to: number): number[] {
  const order = Array.from({ length: count }, (_, l) => l).filter((l) => l !== from)
  return [...order.slice(0, to), from, ...order.slice(to)]
}

/** Layers take their widths along; the one that leaves the end takes the width of the one that comes there. */
function withOrder(specification: Specification, order: readonly number[]): Specification {
  const last = order.length - 1
  const spare = layerAt(specification, order[last] ?? last).nodes
  const layers = order.map((old, l) => {
    const nodes = l === last ? specification.outputs.length : old === last ? spare : null
    const layer = layerAt(specification, old)
    return nodes === null ? layer : { ...layer, nodes }
  })
  return { ...specification, layers }
}

function changed(
  layers: readonly LayerSpecification[],
  l: number,
  change: Partial<LayerSpecification>,
): LayerSpecification[] {
  return layers.map((layer, k) => (k === l ? { ...layer, ...change } : layer))
}
