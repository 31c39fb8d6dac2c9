/** Which nodes and edges are too weak to keep, and what must be added to the biases so that the function does not jump? */
import type { Convention } from '../contract/telemetry'
import { withGroups } from '../kan/groups'
import { sortedEdges } from '../kan/locks'
import type { EdgeIndex, Specification } from '../kan/specification'
import { attribute } from './attribution'
import { edgeMask } from './locks'
import type { EdgeStatistics } from './network'

export interface Thresholds {
  /** A hidden node goes that does not score more. */
  readonly node: number
  /** An edge goes that does not score more; null where edges go with nodes only. */
  readonly edge: number | null
}

/** Those of the original programs: better_kan prunes nodes only. */
const THRESHOLDS: Readonly<Record<Convention, Thresholds>> = {
  l1: { node: 1e-2, edge: null },
  attribution: { node: 1e-2, edge: 3e-2 },
}

export interface Pruning {
  readonly layers: readonly {
    /** Edges to prune that are not pruned yet. */
    readonly edges: readonly EdgeIndex[]
    /** What these edges gave on average to each output that is kept, [O]: to be added to its bias. */
    readonly bias: Float64Array
  }[]
  /** 1 where a hidden node is kept, a column each. */
  readonly nodes: readonly Uint8Array[]
  /** Inputs that are left without an edge. */
  readonly inputs: readonly number[]
}

/**
 * What to prune by a convention's scores.
 *
 * By `l1` a hidden node is kept if its largest incoming and its largest outgoing score exceed the threshold, by
 * `attribution` if its own score does. With a node go its edges. What a pruned edge gave is replaced by its mean over the
 * rows: for a node without incoming edges that is phi(bias) exactly.
 *
 * @param statistics over the rows that score, a layer each
 */
export function pruneWeak(
  specification: Specification,
  statistics: readonly EdgeStatistics[],
  convention: Convention,
  thresholds: Thresholds = THRESHOLDS[convention],
): Pruning {
  const design = withGroups(specification)
  const scores = scoresOf(statistics, convention)
  const nodes = design.layers.slice(0, -1).map((layer, l) => keptNodes(scores, l, layer.nodes, thresholds.node))
  const layers = design.layers.map((layer, l) => {
    const mean = statistics[l]?.phi.mean ?? new Float64Array(0)
    const inputs = mean.length / layer.nodes
    const gone = edgeMask(layer.pruned, layer.nodes, inputs)
    const bias = new Float64Array(layer.nodes)
    const edges: EdgeIndex[] = []
    gone.forEach((pruned, e) => {
      const [i, j] = [e % inputs, Math.floor(e / inputs)]
      const ends = nodes[l - 1]?.[i] !== 0 && nodes[l]?.[j] !== 0
      const strong = thresholds.edge === null || (scores.edges[l]?.[e] ?? 0) > thresholds.edge
      if (pruned === 1 || (ends && strong)) return
      edges.push([i, j])
      if (nodes[l]?.[j] !== 0) bias[j] = (bias[j] as number) + (mean[e] as number)
    })
    return { edges: sortedEdges(edges), bias }
  })
  return { layers, nodes, inputs: silentInputs(design, layers[0]?.edges ?? []) }
}

interface Scores {
  /** [O, I] a layer. */
  readonly edges: readonly Float64Array[]
  /** Of the nodes of each column where the convention has them. */
  readonly nodes: readonly Float64Array[] | null
}

function scoresOf(statistics: readonly EdgeStatistics[], convention: Convention): Scores {
  switch (convention) {
    case 'l1':
      return { edges: statistics.map(({ scores }) => scores), nodes: null }
    case 'attribution':
      return attribute({
        edges: statistics.map(({ phi }) => phi.deviation),
        outputs: statistics.map(({ outputDeviation }) => outputDeviation),
      })
  }
}

/** 1 for each output of a layer that is not the last, if it is kept. */
function keptNodes({ edges, nodes }: Scores, l: number, count: number, threshold: number): Uint8Array {
  const own = nodes?.[l + 1]
  if (own !== undefined) return Uint8Array.from(own, (score) => Number(score > threshold))
  const before = edges[l] as Float64Array
  const inputs = before.length / count
  const into = new Uint8Array(count)
  const out = new Uint8Array(count)
  before.forEach((score, e) => {
    if (score > threshold) into[Math.floor(e / inputs)] = 1
  })
  edges[l + 1]?.forEach((score, e) => {
    if (score > threshold) out[e % count] = 1
  })
  return into.map((strong, n) => strong & (out[n] as number))
}

/** Inputs whose every edge is pruned, before or now. */
function silentInputs({ inputs, layers: [first] }: Specification, pruned: readonly EdgeIndex[]): number[] {
  const mask = edgeMask([...(first?.pruned ?? []), ...pruned], first?.nodes ?? 0, inputs.length)
  return [...inputs.keys()].filter((i) => mask.every((gone, e) => gone === 1 || e % inputs.length !== i))
}
