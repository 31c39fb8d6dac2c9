/** Lists of edges as sets: what a layer's locks are made of. */
import type { EdgeIndex, LayerSpecification } from './specification'

/** Everything in a layer's design that names edges. */
export type Locks = Pick<LayerSpecification, 'frozen' | 'tied' | 'pruned' | 'symbolic'>

export function locksOf({ frozen, tied, pruned, symbolic }: LayerSpecification): Locks {
  return { frozen, tied, pruned, symbolic }
}

/** Sorts edges by input, then output, and drops repetitions. */
export function sortedEdges(edges: readonly EdgeIndex[]): EdgeIndex[] {
  const sorted = [...edges].sort(([a, b], [c, d]) => a - c || b - d)
  return sorted.filter((edge, k) => k === 0 || !sameEdge(edge, sorted[k - 1]))
}

export function sameEdge(a: EdgeIndex, b: EdgeIndex | undefined): boolean {
  return b !== undefined && a[0] === b[0] && a[1] === b[1]
}

export function without(edges: readonly EdgeIndex[], others: readonly EdgeIndex[]): EdgeIndex[] {
  const keys = new Set(others.map(edgeKey))
  return edges.filter((edge) => !keys.has(edgeKey(edge)))
}

export function within(edges: readonly EdgeIndex[], others: readonly EdgeIndex[]): EdgeIndex[] {
  const keys = new Set(others.map(edgeKey))
  return edges.filter((edge) => keys.has(edgeKey(edge)))
}

export function sameGroup(a: readonly EdgeIndex[], b: readonly EdgeIndex[]): boolean {
  return a.length === b.length && a.every((edge, k) => sameEdge(edge, b[k]))
}

export function edgeKey([input, output]: EdgeIndex): string {
  return `${input},${output}`
}
