/** A layer's numbers as a window draws them. */
import type { LayerParameters } from '../kan/parameters'
import type { LayerDrawing } from './telemetry'

/** The same numbers in float32. */
export function drawingOf({
  weights,
  baseScaler,
  basisScaler,
  bias,
  symbolic,
  grid,
  scale,
}: LayerParameters): LayerDrawing {
  return {
    weights: Float32Array.from(weights),
    baseScaler: Float32Array.from(baseScaler),
    basisScaler: Float32Array.from(basisScaler),
    bias: bias && Float32Array.from(bias),
    symbolic: symbolic && Float32Array.from(symbolic),
    grid: grid && Float32Array.from(grid),
    scale: scale && Float32Array.from(scale),
  }
}
