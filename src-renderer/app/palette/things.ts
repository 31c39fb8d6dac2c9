/** What of a network can be found by name and selected: layers, inputs, nodes, outputs. */
import { nodeName } from '../../../src-shared/kan/names'
import type { Specification } from '../../../src-shared/kan/specification'
import { basisDetail, basisTitle, nodeCount } from '../../network/selection/words'
import type { Selection } from '../../network/types'

export interface Thing {
  readonly title: string
  readonly detail: string
  readonly selection: Selection
}

export function thingsIn(specification: Specification): readonly Thing[] {
  const { layers, inputs } = specification
  const nodes = (layer: number, count: number, detail: string): readonly Thing[] =>
    Array.from({ length: count }, (_, index) => ({
      title: nodeName(specification, layer, index),
      detail,
      selection: { type: 'nodes', nodes: [{ layer, index }] },
    }))
  return [
    ...layers.map(
      (layer, l): Thing => ({
        title: `Layer ${l + 1}`,
        detail: `${basisTitle(layer.basis)} ${basisDetail(layer.basis)} · ${nodeCount(layer)}`,
        selection: { type: 'layers', layers: [l] },
      }),
    ),
    ...nodes(0, inputs.length, 'input'),
    ...layers.flatMap((layer, l) =>
      nodes(l + 1, layer.nodes, l === layers.length - 1 ? 'output' : `node of layer ${l + 1}`),
    ),
  ]
}
