/** What nodes, edges and bases are called on the screen. */
import { UserError } from '../user-error'
import type { Basis, EdgeIndex, LayerSpecification, Specification } from './specification'

/**
 * Name of a node at a boundary: 0 are the inputs, l the outputs of the l-th layer. Inputs and outputs have names of their
 * own; hidden nodes are `h₁`, `h₂`, …, or `h₂,₁` (layer, node) where there is more than one hidden layer.
 */
export function nodeName(specification: Specification, boundary: number, index: number): string {
  const last = specification.layers.length
  if (boundary === 0) return specification.inputs[index]?.name ?? `input ${index + 1}`
  if (boundary === last) return specification.outputs[index]?.name ?? `output ${index + 1}`
  const node = subscript(index + 1)
  return last > 2 ? `h${subscript(boundary)},${node}` : `h${node}`
}

/** An edge as `x → h₂`. */
export function edgeName(specification: Specification, layer: number, [input, output]: EdgeIndex): string {
  return `${nodeName(specification, layer, input)} → ${nodeName(specification, layer + 1, output)}`
}

/** @throws UserError when there is no such layer */
export function layerAt(specification: Specification, l: number): LayerSpecification {
  const layer = specification.layers[l]
  if (layer !== undefined) return layer
  const count = specification.layers.length
  throw new UserError(`There is no layer ${l + 1}: the network has ${count === 1 ? 'one' : count}.`)
}

export function basisName(basis: Basis): string {
  switch (basis.type) {
    case 'spline':
      return 'spline'
    case 'rbf':
      return 'RBF'
    case 'chebyshev':
      return 'Chebyshev'
  }
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉'

function subscript(number: number): string {
  return String(number).replace(/\d/g, (digit) => SUBSCRIPTS.charAt(Number(digit)))
}
