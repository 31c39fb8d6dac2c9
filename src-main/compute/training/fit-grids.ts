/** Moves a network's grids to where the training rows are, while it stays compiled. */
import { withGroups } from '../../../src-shared/kan/groups'
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { updateGrids } from '../../../src-shared/numerics/grid-update'
import type { DataHandle, Network } from '../engines/engine'
import { gridRows } from './plan'

/** A layer on another grid. */
export interface Refitted {
  readonly layer: number
  readonly parameters: LayerParameters
}

/**
 * Layer after layer, so that each follows what reaches it from those before on their new grids. Moments stay as they are.
 *
 * @param seed of the choice of rows, where there are too many
 * @param only a single layer; null takes all
 * @returns the layers that changed
 */
export function fitGrids(
  network: Network,
  specification: Specification,
  train: DataHandle,
  { seed, only }: { readonly seed: number; readonly only: number | null },
): Refitted[] {
  const { layers } = withGroups(specification)
  const widest = Math.max(...layers.map((_, l) => inputsOf(specification, l)))
  const rows = gridRows(train.rows, widest, seed)
  const before = network.readParameters()
  const refitted: Refitted[] = []
  layers.forEach((layer, l) => {
    const parameters = before[l]
    if (parameters === undefined || parameters.grid === null || (only !== null && only !== l)) return
    const updated = updateGrids(layer, parameters, network.layerInputs(train, l, rows))
    if (updated === parameters) return
    network.writeLayer(l, updated)
    refitted.push({ layer: l, parameters: updated })
  })
  return refitted
}
