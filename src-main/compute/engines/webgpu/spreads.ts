/** How large are edges and columns of the rows that the card computed last? */
import type { ChunkLayer } from '../joined-statistics'
import type { Card } from './card'
import { COLUMN, type LayerRecord } from './layout'

/** Of the rows that the card computed last. */
export function readStatistics(card: Card): ChunkLayer[] {
  const { layers, outputs, statistics } = card.layout
  const values = card.read('statistics', 0, statistics)
  const column = ({ columns, inputs }: LayerRecord, kind: number) =>
    values.subarray(columns + kind * inputs, columns + (kind + 1) * inputs)
  return layers.map((layer, l) => {
    const edges = layer.inputs * layer.nodes
    const next = layers[l + 1] ?? outputs
    return {
      inputs: layer.inputs,
      minimum: column(layer, COLUMN.smallest),
      maximum: column(layer, COLUMN.largest),
      scores: values.subarray(layer.scores, layer.scores + edges),
      phi: {
        mean: values.subarray(layer.means, layer.means + edges),
        deviation: values.subarray(layer.deviations, layer.deviations + edges),
      },
      outputs: { mean: column(next, COLUMN.mean), deviation: column(next, COLUMN.deviation) },
    }
  })
}
