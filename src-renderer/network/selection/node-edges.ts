/** Which edges come into a node, go out of it, or make up layers? */
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import type { EdgeAddress, NodeAddress } from '../types'

export function edgesInto(specification: Specification, { layer, index }: NodeAddress): EdgeAddress[] {
  if (layer === 0) return []
  const inputs = inputsOf(specification, layer - 1)
  return Array.from({ length: inputs }, (_, input): EdgeAddress => ({ layer: layer - 1, edge: [input, index] }))
}

export function edgesOutOf({ layers }: Specification, { layer, index }: NodeAddress): EdgeAddress[] {
  const outputs = layers[layer]?.nodes ?? 0
  return Array.from({ length: outputs }, (_, output): EdgeAddress => ({ layer, edge: [index, output] }))
}

/** In their order: edge e = output · inputs + input. */
export function edgesOfLayer(specification: Specification, layer: number): EdgeAddress[] {
  const outputs = specification.layers[layer]?.nodes ?? 0
  return Array.from({ length: outputs }, (_, index) => edgesInto(specification, { layer: layer + 1, index })).flat()
}

export function edgesOfLayers(specification: Specification, layers: readonly number[]): EdgeAddress[] {
  return layers.flatMap((layer) => edgesOfLayer(specification, layer))
}
