/** Which edges and nodes do the outputs owe their spread to? pykan's attribution, docs/numerics.md. */

/** Standard deviations over a batch: of every edge's phi, [O, I] a layer (0 if pruned), and of every layer's outputs, [O] a layer. */
export interface Deviations {
  readonly edges: readonly ArrayLike<number>[]
  readonly outputs: readonly ArrayLike<number>[]
}

export interface Attribution {
  /** Scores of edges, [O, I] a layer; 0 for pruned edges. */
  readonly edges: readonly Float64Array[]
  /** Scores of nodes: of each layer's inputs in turn, last the outputs, which share 1 among them. */
  readonly nodes: readonly Float64Array[]
}

/** Keeps an output that does not move from dividing by 0. */
const FLOOR = 1e-4

/**
 * node_j = 1/O at the outputs; then from the last layer to the first
 * edge_ji = node_j · std(phi_ji) / (std(y_j) + 1e-4), and node_i = Σ_j edge_ji.
 */
export function attribute({ edges, outputs }: Deviations): Attribution {
  const last = outputs.at(-1)?.length ?? 0
  const nodes: Float64Array[] = [new Float64Array(last).fill(1 / last)]
  const scores: Float64Array[] = []
  for (let l = edges.length - 1; l >= 0; l--) {
    const spread = at(edges, l)
    const output = at(outputs, l)
    const node = nodes[0] as Float64Array
    const inputs = spread.length / output.length
    const edge = Float64Array.from(spread, (deviation, e) => {
      const j = Math.floor(e / inputs)
      return (deviation * (node[j] as number)) / ((output[j] as number) + FLOOR)
    })
    scores.unshift(edge)
    nodes.unshift(columnSums(edge, inputs))
  }
  return { edges: scores, nodes }
}

/**
 * How a function of the edges' scores moves with the deviations.
 *
 * @param gradient its derivative by each edge's score, [O, I] a layer
 */
export function attributeBackward(
  { edges, outputs }: Deviations,
  { nodes }: Attribution,
  gradient: readonly Float64Array[],
): { readonly edges: Float64Array[]; readonly outputs: Float64Array[] } {
  let byNode = new Float64Array(at(nodes, 0).length)
  const byEdge: Float64Array[] = []
  const byOutput: Float64Array[] = []
  for (let l = 0; l < edges.length; l++) {
    const spread = at(edges, l)
    const output = at(outputs, l)
    const node = at(nodes, l + 1)
    const inputs = byNode.length
    const own = new Float64Array(spread.length)
    const next = new Float64Array(output.length)
    const squeeze = new Float64Array(output.length)
    for (let e = 0; e < spread.length; e++) {
      const j = Math.floor(e / inputs)
      const divisor = (output[j] as number) + FLOOR
      const score = ((at(gradient, l)[e] as number) + (byNode[e % inputs] as number)) / divisor
      own[e] = score * (node[j] as number)
      next[j] = (next[j] as number) + score * (spread[e] as number)
    }
    for (let j = 0; j < squeeze.length; j++) {
      squeeze[j] = (-(next[j] as number) * (node[j] as number)) / ((output[j] as number) + FLOOR)
    }
    byEdge.push(own)
    byOutput.push(squeeze)
    byNode = next
  }
  return { edges: byEdge, outputs: byOutput }
}

function columnSums(matrix: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns)
  matrix.forEach((value, e) => {
    sums[e % columns] = (sums[e % columns] as number) + value
  })
  return sums
}

function at<T>(layers: readonly T[], l: number): T {
  const layer = layers[l]
  if (layer === undefined) throw new RangeError(`no layer ${l}`)
  return layer
}
