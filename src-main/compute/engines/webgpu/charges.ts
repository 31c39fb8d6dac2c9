/** How much does pykan's regulariser charge, and what does it say to the layers, from the spreads that the card found? */
import type { PykanRegularization } from '../../../../src-shared/contract/job'
import type { LayerFunctions } from '../../../../src-shared/kan/symbolic'
import { pykanPenalty } from '../../../../src-shared/numerics/pykan-regularization'
import { spreadSlope } from '../../../../src-shared/numerics/statistics'
import type { Card } from './card'
import { COLUMN, type LayerRecord } from './layout'

/** Where `control` has the regularisation (program.wgsl). */
const PENALTY = 3

/**
 * Reads the spreads of the rows that were computed last, and writes the regularisation and its slopes.
 *
 * @param functions of the edges of each layer
 */
export function pykanSlopes(
  card: Card,
  rows: number,
  functions: readonly LayerFunctions[],
  settings: PykanRegularization,
): void {
  const { layers, outputs, statistics } = card.layout
  const values = card.read('statistics', 0, statistics)
  const edges = layers.map(({ deviations, inputs, nodes }) => values.subarray(deviations, deviations + inputs * nodes))
  const records = [...layers, outputs]
  const columns = records.map(({ columns, inputs }) => {
    const from = columns + COLUMN.deviation * inputs
    return values.subarray(from, from + inputs)
  })
  const formulas = edges.map((layer, l) => Uint8Array.from(layer, (_, e) => Number(functions[l]?.[e] !== undefined)))
  const [inputs = new Float32Array(0), ...others] = columns
  const { value, gradient } = pykanPenalty({ edges, inputs, outputs: others, formulas }, settings)
  const slopes = (by: Float64Array | undefined, deviations: Float32Array) =>
    Float32Array.from(deviations, (deviation, k) => spreadSlope(settings.lambda * (by?.[k] as number), deviation, rows))
  layers.forEach(({ deviationSlopes }, l) => {
    card.write('statistics', deviationSlopes, slopes(gradient.edges[l], edges[l] as Float32Array))
  })
  records.forEach(({ columns: at, inputs: width }: LayerRecord, l) => {
    const own = slopes(gradient.nodes[l], columns[l] as Float32Array)
    card.write('statistics', at + COLUMN.slope * width, own)
  })
  card.write('control', PENALTY, Float32Array.of(settings.lambda * value))
}
