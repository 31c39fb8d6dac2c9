/** Some edges' numbers, taken out of a layer and put in their places again: a large network is never sent whole while it trains. */
import type { LayerParameters } from '../kan/parameters'
import type { LayerDrawing, LayerEdges, LayerPatch } from './telemetry'

/** The numbers of those of the edges that the layer has. */
export function patchOf(layer: LayerParameters, watched: LayerEdges): LayerPatch {
  const count = layer.baseScaler.length
  const edges = watched.edges.filter((e) => e < count)
  const some = (all: Float64Array) => {
    const size = all.length / count
    const taken = new Float32Array(edges.length * size)
    edges.forEach((e, n) => {
      for (let m = 0; m < size; m++) taken[n * size + m] = all[e * size + m] as number
    })
    return taken
  }
  return {
    layer: watched.layer,
    edges,
    weights: some(layer.weights),
    baseScaler: some(layer.baseScaler),
    basisScaler: some(layer.basisScaler),
    symbolic: layer.symbolic && some(layer.symbolic),
    grid: layer.grid && Float32Array.from(layer.grid),
    scale: layer.scale && Float32Array.from(layer.scale),
  }
}

/** The layer with the patch in it: its arrays are written to, and it is another object. One of another shape is left as it is. */
export function patched(layer: LayerDrawing, patch: LayerPatch): LayerDrawing {
  const count = layer.baseScaler.length
  const fits = (all: Float32Array | null, some: Float32Array | null) =>
    all === null || some === null ? all === some : (all.length / count) * patch.edges.length === some.length
  if (!fits(layer.weights, patch.weights) || !fits(layer.symbolic, patch.symbolic)) return layer
  if (layer.grid?.length !== patch.grid?.length || patch.edges.some((e) => e >= count)) return layer
  const put = (all: Float32Array, some: Float32Array) => {
    const size = all.length / count
    patch.edges.forEach((e, n) => {
      all.set(some.subarray(n * size, (n + 1) * size), e * size)
    })
  }
  put(layer.weights, patch.weights)
  put(layer.baseScaler, patch.baseScaler)
  put(layer.basisScaler, patch.basisScaler)
  if (layer.symbolic !== null && patch.symbolic !== null) put(layer.symbolic, patch.symbolic)
  return { ...layer, grid: patch.grid, scale: patch.scale }
}
