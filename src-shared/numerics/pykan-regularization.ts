/** How much does pykan's regulariser charge a network? Source: docs/numerics.md, "Loss and regularisation". */
import type { PykanRegularization } from '../contract/job'
import { type Attribution, attribute, attributeBackward, type Deviations } from './attribution'

type Settings = Omit<PykanRegularization, 'type' | 'lambda'>
type Metric = Settings['metric']

/** What the sizes of edges are made of. */
export interface NetworkDeviations extends Deviations {
  /** Standard deviation of the network's own inputs, [I]. */
  readonly inputs: ArrayLike<number>
  /** [O, I] a layer: 1 where the edge is a formula. */
  readonly formulas: readonly Uint8Array[]
}

export interface DeviationGradient {
  /** By the deviation of every edge's phi, [O, I] a layer. */
  readonly edges: readonly Float64Array[]
  /** By the deviations of what reaches each layer in turn, last of the outputs. */
  readonly nodes: readonly Float64Array[]
}

/** Keeps an input that does not move from dividing by 0. */
const FLOOR = 0.1
/** Keep logarithms and shares of nothing finite. */
const LOG_FLOOR = 1e-4
const SHARE_FLOOR = 1

/**
 * l1·Σ s + entropy·(mean row entropy + mean column entropy) over all layers, without λ and without the terms of the
 * weights, and its gradient.
 *
 * s_ji is std(phi_ji) / (std(x_i) + 0.1) (`edge_forward_spline_n`, which does not see formulas, and `edge_forward_sum`),
 * std(phi_ji) (`edge_forward_spline_u`), or the edge's attribution (`edge_backward`).
 */
export function pykanPenalty(
  deviations: NetworkDeviations,
  settings: Settings,
): { readonly value: number; readonly gradient: DeviationGradient } {
  const attribution = settings.metric === 'edge_backward' ? attribute(deviations) : null
  const nodes = [deviations.inputs, ...deviations.outputs]
  let value = 0
  const bySize = deviations.edges.map((edges, l) => {
    const sizes = attribution?.edges[l] ?? edgeSizes(edges, at(nodes, l), at(deviations.formulas, l), settings.metric)
    const layer = matrixPenalty(sizes, at(nodes, l).length, settings)
    value += layer.value
    return layer.gradient
  })
  const gradient =
    attribution === null
      ? sizesBackward(deviations, nodes, bySize, settings.metric)
      : attributionBackward(deviations, attribution, bySize)
  return { value, gradient }
}

/**
 * coef·Σ mean_j |w_jim| + coefDiff·Σ mean_j |w_ji(m+1) − w_jim| of one layer, without λ, over edges that have a curve.
 *
 * @param weights [O, I, n]
 * @param curveless [O, I], 1 where the edge is pruned or a formula
 * @returns the value, and its derivative by each weight, [O, I, n]
 */
export function coefficientPenalty(
  weights: Float64Array,
  curveless: Uint8Array,
  nodes: number,
  { coef, coefDiff }: Pick<Settings, 'coef' | 'coefDiff'>,
): { value: number; gradient: Float64Array } {
  const size = weights.length / curveless.length
  const gradient = new Float64Array(weights.length)
  let value = 0
  for (let edge = 0; edge < curveless.length; edge++) {
    if (curveless[edge] === 1) continue
    for (let k = edge * size; k < (edge + 1) * size; k++) {
      const weight = weights[k] as number
      value += (coef / nodes) * Math.abs(weight)
      gradient[k] = (gradient[k] as number) + (coef / nodes) * Math.sign(weight)
      if (k + 1 === (edge + 1) * size) continue
      const difference = (weights[k + 1] as number) - weight
      const slope = (coefDiff / nodes) * Math.sign(difference)
      value += slope * difference
      gradient[k] = (gradient[k] as number) - slope
      gradient[k + 1] = slope
    }
  }
  return { value, gradient }
}

/** Whether a metric divides by the spread of an edge's input. */
function isRelative(metric: Metric): boolean {
  return metric === 'edge_forward_spline_n' || metric === 'edge_forward_sum'
}

/** By what an edge's deviation is divided, given its input's: infinity where the metric does not see the edge. */
function divisorOf(metric: Metric, input: number, formula: number): number {
  if (formula === 1 && metric === 'edge_forward_spline_n') return Number.POSITIVE_INFINITY
  return isRelative(metric) ? input + FLOOR : 1
}

function edgeSizes(
  edges: ArrayLike<number>,
  inputs: ArrayLike<number>,
  formulas: Uint8Array,
  metric: Metric,
): Float64Array {
  return Float64Array.from(
    edges,
    (deviation, e) => deviation / divisorOf(metric, inputs[e % inputs.length] as number, formulas[e] as number),
  )
}

function sizesBackward(
  { edges, formulas }: NetworkDeviations,
  nodes: readonly ArrayLike<number>[],
  bySize: readonly Float64Array[],
  metric: Metric,
): DeviationGradient {
  const byNode = nodes.map((column) => new Float64Array(column.length))
  const byEdge = bySize.map((gradient, l) => {
    const inputs = at(nodes, l)
    const squeeze = at(byNode, l)
    return gradient.map((slope, e) => {
      const i = e % inputs.length
      const divisor = divisorOf(metric, inputs[i] as number, at(formulas, l)[e] as number)
      const own = slope / divisor
      if (isRelative(metric)) squeeze[i] = (squeeze[i] as number) - (own * (at(edges, l)[e] as number)) / divisor
      return own
    })
  })
  return { edges: byEdge, nodes: byNode }
}

function attributionBackward(
  deviations: NetworkDeviations,
  attribution: Attribution,
  byScore: readonly Float64Array[],
): DeviationGradient {
  const { edges, outputs } = attributeBackward(deviations, attribution, byScore)
  return { edges, nodes: [new Float64Array(deviations.inputs.length), ...outputs] }
}

/** l1·Σ s + entropy·(mean entropy of the rows + mean entropy of the columns) of a matrix [O, I]; entropies in bits. */
function matrixPenalty(
  sizes: Float64Array,
  inputs: number,
  { l1, entropy }: Settings,
): { value: number; gradient: Float64Array } {
  const nodes = sizes.length / inputs
  const gradient = new Float64Array(sizes.length).fill(l1)
  let value = l1 * sizes.reduce((sum, size) => sum + size, 0)
  for (let j = 0; j < nodes; j++) value += addEntropy(sizes, j * inputs, 1, inputs, entropy / nodes, gradient)
  for (let i = 0; i < inputs; i++) value += addEntropy(sizes, i, inputs, nodes, entropy / inputs, gradient)
  return { value, gradient }
}

/**
 * weight · −Σ p log2(p + 1e-4), p = s / (Σ s + 1), over `count` sizes from `first` on, `step` apart; its gradient is
 * added.
 */
function addEntropy(
  sizes: Float64Array,
  first: number,
  step: number,
  count: number,
  weight: number,
  gradient: Float64Array,
): number {
  const end = first + step * count
  let total = SHARE_FLOOR
  for (let k = first; k < end; k += step) total += sizes[k] as number
  let disorder = 0
  let mean = 0
  for (let k = first; k < end; k += step) {
    const p = (sizes[k] as number) / total
    disorder -= p * Math.log2(p + LOG_FLOOR)
    mean += p * entropySlope(p)
  }
  for (let k = first; k < end; k += step) {
    const slope = entropySlope((sizes[k] as number) / total)
    gradient[k] = (gradient[k] as number) + (weight * (slope - mean)) / total
  }
  return weight * disorder
}

/** d (−p log2(p + 1e-4)) / d p */
function entropySlope(p: number): number {
  return -Math.log2(p + LOG_FLOOR) - p / ((p + LOG_FLOOR) * Math.LN2)
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`no layer ${index}`)
  return item
}
