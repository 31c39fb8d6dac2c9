/** Which edges of a layer are gone, which rest, and which share one curve? */
import type { LayerTensors } from '../kan/parameters'
import { basisSize, type EdgeIndex, type LayerSpecification } from '../kan/specification'
import { AFFINE_SIZE } from './symbolic'

/** [O, I]: 1 where the edge is in the list. */
export function edgeMask(edges: readonly EdgeIndex[], nodes: number, inputs: number): Uint8Array {
  const mask = new Uint8Array(nodes * inputs)
  for (const [input, output] of edges) mask[output * inputs + input] = 1
  return mask
}

/** [O, I]: 1 where training moves the edge: it is neither pruned nor frozen, nor tied to a frozen one. */
export function trainableEdges(layer: LayerSpecification, inputs: number): Uint8Array {
  const moves = new Uint8Array(layer.nodes * inputs).fill(1)
  const rest = (edges: readonly EdgeIndex[]) => {
    for (const [input, output] of edges) moves[output * inputs + input] = 0
  }
  rest(layer.frozen)
  for (const tie of layer.tied) {
    if (tie.some(([input, output]) => moves[output * inputs + input] === 0)) rest(tie)
  }
  rest(layer.pruned)
  return moves
}

/**
 * Adds up the gradients of tied edges, in place: every slot of a tie then holds the sum, and pruned slots hold 0.
 * Expects 0 in pruned slots.
 */
export function poolTied(layer: LayerSpecification, inputs: number, gradients: LayerTensors): void {
  if (layer.tied.length === 0) return
  const pruned = edgeMask(layer.pruned, layer.nodes, inputs)
  for (const tie of layer.tied) {
    const slots = tie.map(([input, output]) => output * inputs + input)
    const receivers = slots.filter((slot) => pruned[slot] === 0)
    for (const [tensor, size] of edgeTensors(layer, gradients)) {
      for (let m = 0; m < size; m++) {
        let sum = 0
        for (const slot of slots) sum += tensor[slot * size + m] as number
        for (const slot of receivers) tensor[slot * size + m] = sum
      }
    }
  }
}

/** Gives every edge of a tie the curve of the tie's first edge, in place. */
export function shareTied(layer: LayerSpecification, inputs: number, parameters: LayerTensors): void {
  for (const tie of layer.tied) {
    const [first, ...others] = tie.map(([input, output]) => output * inputs + input)
    if (first === undefined) continue
    for (const [tensor, size] of edgeTensors(layer, parameters)) {
      for (const slot of others) tensor.copyWithin(slot * size, first * size, (first + 1) * size)
    }
  }
}

/** Of the edges that train, those that are formulas, [O, I], and those that have a curve. */
export function trainableKinds(
  layer: LayerSpecification,
  inputs: number,
): { readonly curves: Uint8Array; readonly formulas: Uint8Array } {
  const curves = trainableEdges(layer, inputs)
  const formulas = new Uint8Array(curves.length)
  for (const { edge } of layer.symbolic) {
    const slot = edge[1] * inputs + edge[0]
    formulas[slot] = curves[slot] as number
    curves[slot] = 0
  }
  return { curves, formulas }
}

/** Inputs that share a grid, because edges of theirs are tied: a list for each grid. */
export function gridGroups(tied: LayerSpecification['tied'], inputs: number): number[][] {
  const leader = Array.from({ length: inputs }, (_, input) => input)
  const find = (input: number): number => {
    let at = input
    while (leader[at] !== at) at = leader[at] as number
    return at
  }
  for (const tie of tied) {
    for (const [input] of tie) leader[find(input)] = find(tie[0]?.[0] ?? input)
  }
  const groups = new Map<number, number[]>()
  for (let input = 0; input < inputs; input++) {
    const group = find(input)
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [input])
    else members.push(input)
  }
  return [...groups.values()]
}

/** The tensors that belong to edges, each with its numbers an edge. */
function edgeTensors(layer: LayerSpecification, tensors: LayerTensors): readonly (readonly [Float64Array, number])[] {
  return [
    [tensors.weights, basisSize(layer.basis)],
    [tensors.baseScaler, 1],
    [tensors.basisScaler, 1],
    ...(tensors.symbolic === null ? [] : [[tensors.symbolic, AFFINE_SIZE] as const]),
  ]
}
