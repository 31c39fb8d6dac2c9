/** What does an engine keep of a network on this side of its device? */
import type { LayerParameters, LayerTensors } from '../../../src-shared/kan/parameters'

/** Grids as a device has them, in float32. */
export function withRoundedGrids(layer: LayerParameters): LayerParameters {
  return { ...layer, grid: layer.grid?.map(Math.fround) ?? null, scale: layer.scale?.map(Math.fround) ?? null }
}

/** What was read from the device, with the grids that are kept here: copies, which may be changed. */
export function withGrids(
  parameters: readonly LayerParameters[],
  tensors: readonly LayerTensors[],
): readonly LayerParameters[] {
  return parameters.map((layer, l) => ({
    ...layer,
    ...tensors[l],
    grid: layer.grid?.slice() ?? null,
    scale: layer.scale?.slice() ?? null,
  }))
}
