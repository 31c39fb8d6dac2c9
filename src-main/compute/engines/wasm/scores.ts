/** What do the sums of |phi| that the kernels left say of a layer's edges and inputs? */
import type { LayerStatistics } from '../engine'
import type { Arena } from './arena'
import { type LayerPlan, RANGE_BYTES, tiledIndex } from './layout'

/** Scores and ranges after `Passes.scores` of so many rows. */
export function readScores(
  { floats }: Arena,
  { fields: layer, placeOf }: LayerPlan,
  rows: number,
): Pick<LayerStatistics, 'scores' | 'minimum' | 'maximum'> {
  const { inputs, outputs } = layer
  const minimum = new Float32Array(inputs)
  const maximum = new Float32Array(inputs)
  const scores = new Float32Array(outputs * inputs)
  for (let i = 0; i < inputs; i++) {
    const range = (layer.ranges + i * RANGE_BYTES) / 4
    const low = floats[range] as number
    const high = floats[range + 1] as number
    minimum[i] = low
    maximum[i] = high
    // An input that never changes explains nothing.
    const divisor = high - low >= 1e-12 ? rows * (high - low) : Number.POSITIVE_INFINITY
    for (let j = 0; j < outputs; j++) {
      scores[j * inputs + i] =
        (floats[layer.scores / 4 + tiledIndex(layer, 1, i, placeOf[j] as number)] as number) / divisor
    }
  }
  return { scores, minimum, maximum }
}
