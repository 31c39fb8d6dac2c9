/** How much does the regulariser charge a network, and what does its gradient say to each layer? Source: docs/numerics.md. */
import type { BetterKanRegularization, PykanRegularization, Regularization } from '../contract/job'
import type { Layer, LayerOutput, StatisticsGradient } from './layer'
import { coefficientPenalty, pykanPenalty } from './pykan-regularization'
import { addSpreadGradient, columnSpread } from './statistics'

/** A batch on its way through one layer. */
export interface Pass {
  readonly layer: Layer
  /** [B, I] */
  readonly x: Float64Array
  readonly result: LayerOutput
}

/** λ·regularisation of a network over a batch. */
export interface Charge {
  readonly value: number
  /** Its derivatives by the statistics of each layer. */
  readonly statistics: readonly StatisticsGradient[]
  /** Adds its derivative by the weights of a layer that does not go through phi. */
  addToWeights(layer: number, gradient: Float64Array): void
  /** Adds its derivative by what reaches a layer ([B, I]; past the last: the outputs) that does not go through phi. */
  addToColumn(layer: number, flow: Float64Array): void
}

/** Null where there is nothing to charge. */
export function chargeOf(
  passes: readonly Pass[],
  output: Float64Array,
  regularization: Regularization | null,
): Charge | null {
  if (regularization === null || regularization.lambda === 0) return null
  switch (regularization.type) {
    case 'better_kan':
      return betterKanCharge(passes, regularization)
    case 'pykan':
      return pykanCharge(passes, output, regularization)
  }
}

// The range in the scores' denominator is seen to where the scores are: in the layer.
function betterKanCharge(passes: readonly Pass[], settings: BetterKanRegularization): Charge {
  const { lambda } = settings
  let value = 0
  const statistics = passes.map(({ result }) => {
    const penalty = betterKanPenalty(result.scores, settings)
    value += lambda * penalty.value
    return { scores: penalty.gradient.map((slope) => lambda * slope), deviations: null }
  })
  return { value, statistics, addToWeights() {}, addToColumn() {} }
}

function pykanCharge(passes: readonly Pass[], output: Float64Array, settings: PykanRegularization): Charge {
  const { lambda } = settings
  const columns = [...passes.map(({ x }) => x), output]
  const widths = [...passes.map(({ layer }) => layer.inputs), passes.at(-1)?.layer.nodes ?? 0]
  const spreads = columns.map((values, l) => columnSpread(values, widths[l] as number))
  const [inputs = new Float64Array(0), ...outputs] = spreads.map(({ deviation }) => deviation)
  const edges = passes.map(({ result }) => result.phi.deviation)
  const formulas = passes.map(({ layer: { pruned, functions } }) =>
    pruned.map((_, e) => Number(functions?.[e] != null)),
  )
  const { value, gradient } = pykanPenalty({ edges, inputs, outputs, formulas }, settings)
  const scaled = (values: Float64Array) => values.map((slope) => lambda * slope)
  const byWeights = passes.map(({ layer: { parameters, pruned, functions, nodes } }) => {
    const curveless = pruned.map((gone, e) => (functions?.[e] === undefined ? gone : 1))
    return coefficientPenalty(parameters.weights, curveless, nodes, settings)
  })
  return {
    value: lambda * byWeights.reduce((sum, penalty) => sum + penalty.value, value),
    statistics: gradient.edges.map((slopes) => ({ scores: null, deviations: scaled(slopes) })),
    addToWeights(layer, flow) {
      byWeights[layer]?.gradient.forEach((slope, k) => {
        flow[k] = (flow[k] as number) + lambda * slope
      })
    },
    addToColumn(layer, flow) {
      addSpreadGradient(
        flow,
        columns[layer] as Float64Array,
        spreads[layer] as (typeof spreads)[number],
        scaled(gradient.nodes[layer] as Float64Array),
      )
    },
  }
}

/**
 * l1·L1 + entropy·S of one layer, without λ, where L1 = Σ l1_ji, p = l1_ji / L1 and S = −Σ p ln p, with its gradient.
 *
 * An edge of size 0 has p ln p = 0 and takes no entropy gradient: its |phi| has slope 0 there anyway.
 *
 * @param scores l1_ji ≥ 0, [O, I]
 * @returns the value, and its derivative by each score, [O, I]
 */
export function betterKanPenalty(
  scores: Float64Array,
  { l1, entropy }: { readonly l1: number; readonly entropy: number },
): { value: number; gradient: Float64Array } {
  const total = scores.reduce((sum, score) => sum + score, 0)
  let disorder = 0
  for (const score of scores) disorder -= plogp(score / total)
  const gradient = scores.map((score) => {
    const p = score / total
    return p > 0 ? l1 - (entropy * (Math.log(p) + disorder)) / total : l1
  })
  return { value: l1 * total + entropy * disorder, gradient }
}

/** 0 at p = 0; also for a layer whose every edge is 0, where p is 0/0. */
function plogp(p: number): number {
  return p > 0 ? p * Math.log(p) : 0
}
