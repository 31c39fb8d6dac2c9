/** How important is every edge, by either convention? */
import type { LayerImportance } from '../../src-shared/contract/telemetry'
import { attribute } from '../../src-shared/numerics/attribution'
import type { LayerStatistics } from './engines/engine'

/** @param layers over all training rows */
export function importanceOf(layers: readonly LayerStatistics[]): readonly LayerImportance[] {
  const { edges } = attribute({
    edges: layers.map(({ deviations }) => deviations),
    outputs: layers.map(({ outputDeviations }) => outputDeviations),
  })
  return layers.map(({ scores, minimum, maximum }, l) => ({
    scores: { l1: scores, attribution: Float32Array.from(edges[l] ?? []) },
    minimum,
    maximum,
  }))
}
