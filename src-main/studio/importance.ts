/** Whether what is drawn beside a network is of this network. */
import type { LayerImportance } from '../../src-shared/contract/telemetry'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'

/** Whether scores belong to a network of this shape, or to one before an edit. */
export function importanceFits(importance: readonly LayerImportance[], specification: Specification): boolean {
  return (
    importance.length === specification.layers.length &&
    specification.layers.every((layer, l) => {
      const inputs = inputsOf(specification, l)
      const known = importance[l]
      return known?.scores.l1.length === layer.nodes * inputs && known.minimum.length === inputs
    })
  )
}
