/** A model's numbers as the window draws them. */
import type { LayerDrawing, LayerImportance } from '../../src-shared/contract/telemetry'
import type { Model } from '../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'

/** Every layer's numbers in float32. */
export function drawingOf(model: Model): readonly LayerDrawing[] {
  return model.parameters.map((layer) => ({
    weights: Float32Array.from(layer.weights),
    baseScaler: Float32Array.from(layer.baseScaler),
    basisScaler: Float32Array.from(layer.basisScaler),
    bias: layer.bias && Float32Array.from(layer.bias),
    grid: layer.grid && Float32Array.from(layer.grid),
    scale: layer.scale && Float32Array.from(layer.scale),
  }))
}

/** Whether scores belong to a network of this shape, or to one before an edit. */
export function importanceFits(importance: readonly LayerImportance[], specification: Specification): boolean {
  return (
    importance.length === specification.layers.length &&
    specification.layers.every((layer, l) => {
      const inputs = inputsOf(specification, l)
      const { scores, minimum } = importance[l] ?? { scores: [], minimum: [] }
      return scores.length === layer.nodes * inputs && minimum.length === inputs
    })
  )
}
