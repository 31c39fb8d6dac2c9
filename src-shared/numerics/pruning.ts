/** Which edges are too weak to keep, what goes with them, and what must be added to the biases so that the function does not jump? */
import { withGroups } from '../kan/groups'
import { basisSize, inputsOf, type LayerSpecification, type Specification } from '../kan/specification'
import { columnWidths, prunedMasks, type Ways, waysOf } from '../kan/ways'
import { edgeMask } from './locks'
import { AFFINE_SIZE } from './symbolic'

export interface PruningRule {
  /**
   * What scores no more than the threshold goes: edges (pykan), or hidden nodes with all their edges (better_kan), a node
   * scoring as its strongest edge in or its strongest edge out, whichever is less.
   */
  readonly what: 'edges' | 'nodes'
  readonly threshold: number
  /** What becomes of weak edges that are locked. */
  readonly locked: 'keep' | 'prune'
}

/** What a rule takes. */
export interface Pruning {
  /** Edges to prune, of each layer: output · I + input, ascending. */
  readonly layers: readonly Uint32Array[]
  readonly edges: number
  /** Hidden nodes that nothing passes through any more. */
  readonly nodes: number
  /** Numbers that count no more: those of the edges, a tie's once, and the biases of the nodes. */
  readonly parameters: number
  /** Weak edges that stay because they are locked. */
  readonly locked: number
  /** Weak edges that stay because without them an output would not depend on any input. */
  readonly kept: number
  /** Inputs that lose their last way to an output. */
  readonly inputs: readonly number[]
}

/**
 * What to prune by scores [O, I] of one convention.
 *
 * - Tied edges go together or not at all: the strongest of them counts.
 * - Locked edges stay or go as the rule says, formulas count as any edge.
 * - An output that would be cut off keeps its strongest way from an input: the one whose weakest edge is the strongest.
 * - An edge that is on no way from an input to an output any more goes too.
 */
export function choosePruning(
  specification: Specification,
  scores: readonly ArrayLike<number>[],
  { what, threshold, locked }: PruningRule,
): Pruning {
  const { widths, layers } = factsOf(specification)
  const there = layers.map(({ pruned }) => pruned)
  const before = waysOf(widths, there)
  const weak = what === 'edges' ? weakEdges(layers, scores, threshold) : weakNodes(layers, scores, threshold)
  let lockedCount = 0
  const gone = layers.map(({ pruned, frozen }, l) => {
    const mask = pruned.slice()
    const own = weak[l] as Uint8Array
    for (let e = 0; e < mask.length; e++) {
      if (own[e] === 0 || mask[e] === 1) continue
      if (locked === 'keep' && frozen[e] === 1) lockedCount++
      else mask[e] = 1
    }
    return mask
  })
  const kept = keepLastWays(widths, layers, scores, gone, before.into)
  const after = waysOf(widths, gone)
  layers.forEach(({ inputs, frozen }, l) => {
    const mask = gone[l] as Uint8Array
    const [lives, lived] = [after, before].map((ways) => [ways.into[l], ways.out[l + 1]] as const)
    for (let e = 0, j = 0; e < mask.length; j++) {
      for (let i = 0; i < inputs; i++, e++) {
        if (mask[e] === 1 || (lives?.[0]?.[i] === 1 && lives[1]?.[j] === 1)) continue
        if (lived?.[0]?.[i] !== 1 || lived[1]?.[j] !== 1) continue
        // A weak one is counted already.
        if (locked === 'prune' || frozen[e] === 0) mask[e] = 1
        else if (weak[l]?.[e] === 0) lockedCount++
      }
    }
  })
  const lost = widths.map((width, column) => {
    const alive = (ways: Ways, n: number) => ways.into[column]?.[n] === 1 && ways.out[column]?.[n] === 1
    return indices(width).filter((n) => alive(before, n) && !alive(after, n))
  })
  const [inputs = [], ...nodes] = lost.slice(0, -1)
  const biases = nodes.filter((_, l) => layers[l]?.hasBias).flat().length
  const slots = layers.map(({ pruned }, l) => difference(gone[l] as Uint8Array, pruned))
  return {
    layers: slots,
    edges: slots.reduce((sum, { length }) => sum + length, 0),
    nodes: nodes.flat().length,
    parameters: biases + layers.reduce((sum, layer, l) => sum + numbersIn(layer, gone[l] as Uint8Array), 0),
    locked: lockedCount,
    kept,
    inputs,
  }
}

/** The scores of edges that are not pruned, ascending, each once: all thresholds that make a difference. */
export function thresholdsOf(specification: Specification, scores: readonly ArrayLike<number>[]): Float64Array {
  const { layers } = factsOf(specification)
  const all = new Set<number>()
  layers.forEach(({ pruned }, l) => {
    for (let e = 0; e < pruned.length; e++) {
      const score = scores[l]?.[e] ?? Number.NaN
      if (pruned[e] === 0 && Number.isFinite(score)) all.add(score)
    }
  })
  return Float64Array.from(all).sort()
}

/**
 * What pruned edges gave on average to each output, [O] a layer: added to its bias, it keeps the function from jumping. Of
 * a node that nothing reaches it is phi(bias) exactly.
 *
 * @param slots edges, output · I + input, a list a layer
 * @param means of each edge's phi over the rows, [O, I] a layer
 */
export function meansGiven(
  specification: Specification,
  slots: readonly ArrayLike<number>[],
  means: readonly ArrayLike<number>[],
): readonly Float64Array[] {
  return specification.layers.map(({ nodes }, l) => {
    const given = new Float64Array(nodes)
    const mean = means[l] ?? []
    for (const e of Array.from(slots[l] ?? [])) {
      const j = Math.floor((e * nodes) / mean.length)
      given[j] = (given[j] as number) + (mean[e] as number)
    }
    return given
  })
}

interface LayerFacts {
  readonly inputs: number
  readonly hasBias: boolean
  /** [O, I] each, as 1. */
  readonly pruned: Uint8Array
  readonly frozen: Uint8Array
  /** Which of `ties` an edge is in, −1 where in none. */
  readonly tie: Int32Array
  /** Edges of each tie. */
  readonly ties: readonly (readonly number[])[]
  /** How many numbers each edge has, [O, I]. */
  readonly numbers: Uint32Array
}

interface Facts {
  readonly widths: readonly number[]
  readonly layers: readonly LayerFacts[]
}

/** A slider asks again and again. */
const known = new WeakMap<Specification, Facts>()

function factsOf(specification: Specification): Facts {
  const found = known.get(specification)
  if (found !== undefined) return found
  const masks = prunedMasks(specification)
  const layers = withGroups(specification).layers.map((layer, l) =>
    layerFacts(layer, inputsOf(specification, l), masks[l] as Uint8Array),
  )
  const facts = { widths: columnWidths(specification), layers }
  known.set(specification, facts)
  return facts
}

function layerFacts(layer: LayerSpecification, inputs: number, pruned: Uint8Array): LayerFacts {
  const { nodes, basis, bias, frozen, tied, symbolic } = layer
  const tie = new Int32Array(nodes * inputs).fill(-1)
  const ties = tied.map((group) => group.map(([i, j]) => j * inputs + i))
  ties.forEach((group, n) => {
    for (const e of group) tie[e] = n
  })
  const numbers = new Uint32Array(nodes * inputs).fill(basisSize(basis) + 2)
  for (const { edge } of symbolic) numbers[edge[1] * inputs + edge[0]] = AFFINE_SIZE
  return { inputs, hasBias: bias, pruned, frozen: edgeMask(frozen, nodes, inputs), tie, ties, numbers }
}

/** 1 for each edge that is too weak, [O, I] a layer. */
function weakEdges(
  layers: readonly LayerFacts[],
  scores: readonly ArrayLike<number>[],
  threshold: number,
): readonly Uint8Array[] {
  return layers.map(({ pruned, ties }, l) => {
    const own = scores[l] ?? []
    const weak = new Uint8Array(pruned.length)
    for (let e = 0; e < weak.length; e++) if ((own[e] as number) <= threshold) weak[e] = 1
    for (const group of ties) {
      const together = group.every((e) => pruned[e] === 1 || weak[e] === 1) ? 1 : 0
      for (const e of group) weak[e] = together
    }
    return weak
  })
}

/** 1 for each edge of a weak hidden node, [O, I] a layer. */
function weakNodes(
  layers: readonly LayerFacts[],
  scores: readonly ArrayLike<number>[],
  threshold: number,
): readonly Uint8Array[] {
  const nodes = layers.slice(0, -1).map(({ pruned, inputs }, l) => {
    const into = new Float64Array(pruned.length / inputs)
    const out = new Float64Array(into.length)
    for (let e = 0; e < pruned.length; e++) {
      if (pruned[e] === 0) raise(into, Math.floor(e / inputs), scores[l]?.[e])
    }
    layers[l + 1]?.pruned.forEach((gone, e) => {
      if (gone === 0) raise(out, e % out.length, scores[l + 1]?.[e])
    })
    return into.map((most, n) => (Math.min(most, out[n] as number) <= threshold ? 1 : 0))
  })
  return layers.map(({ pruned, inputs }, l) =>
    pruned.map((_, e) => (nodes[l - 1]?.[e % inputs] === 1 || nodes[l]?.[Math.floor(e / inputs)] === 1 ? 1 : 0)),
  )
}

/** Where a score is not known, or not a number, nothing is weak. */
function raise(most: Float64Array, n: number, score = Number.NaN): void {
  most[n] = Math.max(most[n] as number, Number.isNaN(score) ? Number.POSITIVE_INFINITY : score)
}

/**
 * Brings the strongest way back to outputs that had one before and have none now, in place; with an edge come those that
 * are tied to it.
 *
 * @returns how many edges came back
 */
function keepLastWays(
  widths: readonly number[],
  layers: readonly LayerFacts[],
  scores: readonly ArrayLike<number>[],
  gone: readonly Uint8Array[],
  before: readonly Uint8Array[],
): number {
  const last = widths.length - 1
  const now = waysOf(widths, gone).into[last]
  const cut = indices(widths[last] ?? 0).filter((j) => before[last]?.[j] === 1 && now?.[j] === 0)
  if (cut.length === 0) return 0
  // The strongest way to each node, of edges that were there: how strong its weakest edge is, and where it comes from.
  let strength = new Float64Array(widths[0] ?? 0).fill(Number.POSITIVE_INFINITY)
  const from = layers.map(({ inputs, pruned }, l) => {
    const next = new Float64Array(widths[l + 1] ?? 0).fill(Number.NEGATIVE_INFINITY)
    const best = new Int32Array(next.length).fill(-1)
    for (let e = 0; e < pruned.length; e++) {
      if (pruned[e] === 1) continue
      const j = Math.floor(e / inputs)
      const i = e - j * inputs
      // An edge that stays anyway costs nothing.
      const own = gone[l]?.[e] === 0 ? Number.POSITIVE_INFINITY : (scores[l]?.[e] ?? 0)
      const weakest = Math.min(strength[i] as number, own)
      if (weakest > (next[j] as number)) {
        next[j] = weakest
        best[j] = i
      }
    }
    strength = next
    return best
  })
  let count = 0
  for (const output of cut) {
    let node = output
    for (let l = layers.length - 1; l >= 0; l--) {
      const { inputs, pruned, tie, ties } = layers[l] as LayerFacts
      const mask = gone[l] as Uint8Array
      const input = from[l]?.[node] ?? -1
      if (input < 0) break
      const e = node * inputs + input
      for (const member of ties[tie[e] ?? -1] ?? [e]) {
        if (mask[member] === 0 || pruned[member] === 1) continue
        mask[member] = 0
        count++
      }
      node = input
    }
  }
  return count
}

/** Numbers of the edges that go: of a tie once, when all that was there of it goes. */
function numbersIn({ pruned, tie, ties, numbers }: LayerFacts, gone: Uint8Array): number {
  let sum = 0
  for (let e = 0; e < gone.length; e++) {
    if (gone[e] === 1 && pruned[e] === 0 && (tie[e] as number) < 0) sum += numbers[e] as number
  }
  for (const group of ties) {
    const there = group.filter((e) => pruned[e] === 0)
    const [first] = there
    if (first !== undefined && there.every((e) => gone[e] === 1)) sum += numbers[first] as number
  }
  return sum
}

/** Where the first mask has 1 and the second has not. */
function difference(mask: Uint8Array, without: Uint8Array): Uint32Array {
  const found = new Uint32Array(mask.length)
  let count = 0
  for (let e = 0; e < mask.length; e++) if (mask[e] === 1 && without[e] === 0) found[count++] = e
  return found.slice(0, count)
}

const indices = (count: number): number[] => Array.from({ length: count }, (_, k) => k)
