/** Which edges come into a node, and which go out of it? */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress, NodeAddress } from './types'

export function edgesInto(specification: Specification, { layer, index }: NodeAddress): EdgeAddress[] {
  if (layer === 0) return []
  return Array.from(
    { length: inputsOf(specification, layer - 1) },
    (_, input): EdgeAddress => ({
      layer: layer - 1,
      edge: [input, index],
    }),
  )
}

export function edgesOutOf({ layers }: Specification, { layer, index }: NodeAddress): EdgeAddress[] {
  return Array.from(
    { length: layers[layer]?.nodes ?? 0 },
    (_, output): EdgeAddress => ({
      layer,
      edge: [index, output],
    }),
  )
}
