// The edges of a network, cut into blocks that threads take one after the other.
import { Layer } from './layer.as'
import { boundary, program } from './program.as'

// Edge tiles of a layer that make a block.
export const EDGES: i32 = 256

@inline export function blocksOf(l: Layer): i32 { return (l.tiles * l.inputs + EDGES - 1) / EDGES }

export function blockCount(): i32 {
  let count = 0
  for (let l = 0; l < program.layers; l++) count += blocksOf(boundary(l).layer)
  return count
}

// The layer of a block.
export function layerOf(block: i32): Layer {
  let l = 0
  for (let rest = block; rest >= blocksOf(boundary(l).layer); l++) rest -= blocksOf(boundary(l).layer)
  return boundary(l).layer
}

// The block's first edge tile in its layer, [tile][input] in a row.
export function firstEdge(block: i32): i32 {
  let rest = block
  for (let l = 0; rest >= blocksOf(boundary(l).layer); l++) rest -= blocksOf(boundary(l).layer)
  return rest * EDGES
}

@inline export function endEdge(l: Layer, first: i32): i32 { return min(first + EDGES, l.tiles * l.inputs) }
