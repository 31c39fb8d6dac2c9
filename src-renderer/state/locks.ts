/** Locks and prunes of an edge, and the edit that turns them over. */
import type { Edit } from '../../src-shared/kan/edit'
import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'

const has = (edges: readonly EdgeIndex[] | undefined, [input, output]: EdgeIndex) =>
  edges?.some(([i, j]) => i === input && j === output) ?? false

export const isFrozen = (specification: Specification, layer: number, edge: EdgeIndex) =>
  has(specification.layers[layer]?.frozen, edge)

export const isPruned = (specification: Specification, layer: number, edge: EdgeIndex) =>
  has(specification.layers[layer]?.pruned, edge)

export const toggleFrozen = (specification: Specification, layer: number, edge: EdgeIndex): Edit => ({
  type: isFrozen(specification, layer, edge) ? 'unfreeze' : 'freeze',
  layer,
  edges: [edge],
})

export const togglePruned = (specification: Specification, layer: number, edge: EdgeIndex): Edit => ({
  type: isPruned(specification, layer, edge) ? 'unprune' : 'prune',
  layer,
  edges: [edge],
})
