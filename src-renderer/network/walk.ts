/** Where an arrow key leads from an edge: up and down its layer's slots, left and right to the edges before and after. */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress } from './types'

export type ArrowKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

export function isArrowKey(key: string): key is ArrowKey {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight'
}

/** The next edge, or the same one at the end of the way; the first edge where there was none. */
export function walk(specification: Specification, from: EdgeAddress | null, key: ArrowKey): EdgeAddress {
  const start = from === null || specification.layers[from.layer] === undefined ? null : from
  if (start === null) return { layer: 0, edge: [0, 0] }
  const { layer, edge } = start
  const [input, output] = edge
  const inputs = inputsOf(specification, layer)
  const nodes = specification.layers[layer]?.nodes ?? 1
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = output * inputs + input + (key === 'ArrowUp' ? -1 : 1)
      if (next < 0 || next >= inputs * nodes) return start
      return { layer, edge: [next % inputs, Math.floor(next / inputs)] }
    }
    case 'ArrowRight':
      // Along the signal: out of the node that this edge leads to.
      return layer + 1 < specification.layers.length ? { layer: layer + 1, edge: [output, 0] } : start
    case 'ArrowLeft':
      return layer > 0 ? { layer: layer - 1, edge: [0, input] } : start
  }
}
