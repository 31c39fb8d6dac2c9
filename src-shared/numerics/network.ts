/** What does a whole network compute, what does it lose, and how do the gradients flow? */
import type { Loss, Regularization } from '../contract/job'
import { withGroups } from '../kan/groups'
import type { LayerParameters, LayerTensors } from '../kan/parameters'
import { inputsOf, type Specification } from '../kan/specification'
import { functionsOf } from '../kan/symbolic'
import {
  hasRange,
  type Layer,
  type LayerStatistics,
  layerBackward,
  layerForward,
  type StatisticsGradient,
} from './layer'
import { edgeMask, poolTied } from './locks'
import { dataLoss } from './loss'
import { chargeOf, type Pass } from './regularization'
import { columnSpread } from './statistics'

/** What is minimised: data loss + λ·regularisation. */
export interface Objective {
  readonly loss: Loss
  readonly regularization: Regularization | null
}

export interface LossAndGradient {
  /** [N, O] */
  readonly output: Float64Array
  /** Data loss. */
  readonly loss: number
  /** λ·regularisation. */
  readonly regularization: number
  /** Of their sum, frozen edges too; 0 for pruned edges; every slot of a tie holds the tie's sum. */
  readonly gradients: readonly LayerTensors[]
  /** Of their sum by the inputs, [N, I]. */
  readonly inputGradient: Float64Array
}

export interface EdgeStatistics extends LayerStatistics {
  /** Standard deviation of each output, [O]. */
  readonly outputDeviation: Float64Array
}

/** Outputs [N, O] of inputs [N, I], both row-major. */
export function forward(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
): Float64Array {
  return compute(specification, parameters, inputs).output
}

/** What reaches each layer, [N, I_l] a layer, and the outputs [N, O]. */
export function forwardLayers(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
  carry: Carry = unchanged,
): { layerInputs: readonly Float64Array[]; output: Float64Array } {
  const { passes, output } = compute(specification, parameters, inputs, carry)
  return { layerInputs: passes.map(({ x }) => x), output }
}

/**
 * Scores, ranges and spreads of every layer over the rows, as people see them.
 *
 * @param carry as in `lossAndGradient`
 */
export function edgeStatistics(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
  carry: Carry = unchanged,
): readonly EdgeStatistics[] {
  const { passes, output } = compute(specification, parameters, inputs, carry)
  return passes.map(({ layer, result }, l) => ({
    ...result,
    scores: result.scores.map((score, e) => {
      const i = e % layer.inputs
      // An input that never changes explains nothing, however large its edges are.
      return hasRange(result.minimum[i] as number, result.maximum[i] as number) ? score : 0
    }),
    outputDeviation: columnSpread(passes[l + 1]?.x ?? output, layer.nodes).deviation,
  }))
}

/** better_kan's score l1_ji of every edge over the rows, [O, I] a layer; 0 for pruned edges and those of a constant input. */
export function edgeScores(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
): readonly Float64Array[] {
  return edgeStatistics(specification, parameters, inputs).map(({ scores }) => scores)
}

/** Data loss and λ·regularisation over one batch, without their gradient: `inputs` [N, I], `targets` [N, O]. */
export function lossOf(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
  targets: Float64Array,
  objective: Objective,
): { loss: number; regularization: number } {
  const { passes, output } = compute(specification, parameters, inputs)
  const charge = chargeOf(passes, output, objective.regularization)
  const { value } = dataLoss(objective.loss, output, targets, specification.outputs.length)
  return { loss: value, regularization: charge?.value ?? 0 }
}

/**
 * Loss, regularisation and the exact gradient of their sum over one batch.
 *
 * @param inputs  [N, I], N ≥ 1
 * @param targets [N, O]
 * @param carry   what becomes of numbers from layer to layer: nothing, unless one asks what rounding them would change
 */
export function lossAndGradient(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
  targets: Float64Array,
  objective: Objective,
  carry: Carry = unchanged,
): LossAndGradient {
  const { passes, output } = compute(specification, parameters, inputs, carry)
  const { value: loss, slopes } = dataLoss(objective.loss, output, targets, specification.outputs.length)
  const charge = chargeOf(passes, output, objective.regularization)
  const gradients: LayerTensors[] = []
  charge?.addToColumn(passes.length, slopes)
  let flow = carry(slopes)
  for (const [l, { layer, x, result }] of [...passes.entries()].reverse()) {
    const back = layerBackward(layer, x, result, flow, charge?.statistics[l] ?? NONE)
    charge?.addToWeights(l, back.gradients.weights)
    charge?.addToColumn(l, back.inputGradient)
    gradients.unshift(back.gradients)
    flow = carry(back.inputGradient)
  }
  withGroups(specification).layers.forEach((layer, l) => {
    poolTied(layer, inputsOf(specification, l), gradients[l] as LayerTensors)
  })
  return { output, loss, regularization: charge?.value ?? 0, gradients, inputGradient: flow }
}

const NONE: StatisticsGradient = { scores: null, deviations: null }

/** Outputs of a layer on their way to the next, and derivatives by them on their way back. */
type Carry = (values: Float64Array) => Float64Array
const unchanged: Carry = (values) => values

function compute(
  specification: Specification,
  parameters: readonly LayerParameters[],
  inputs: Float64Array,
  carry = unchanged,
) {
  const passes: Pass[] = []
  let x = inputs
  withGroups(specification).layers.forEach((design, l) => {
    const { basis, base, nodes, pruned } = design
    const width = inputsOf(specification, l)
    const tensors = parameters[l]
    if (tensors === undefined) throw new RangeError(`no parameters of layer ${l}`)
    if (x.length === 0 || x.length % width !== 0) throw new RangeError(`${x.length} numbers are no rows of ${width}`)
    const mask = edgeMask(pruned, nodes, width)
    const functions = functionsOf(design, width)
    const layer: Layer = { basis, base, inputs: width, nodes, pruned: mask, functions, parameters: tensors }
    const result = layerForward(layer, x)
    passes.push({ layer, x, result })
    x = carry(result.output)
  })
  return { passes, output: x }
}
