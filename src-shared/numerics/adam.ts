/** How does Adam move the parameters? PyTorch's formula, β 0.9 and 0.999, ε 1e-8. */
import { withGroups } from '../kan/groups'
import type { LayerParameters, LayerTensors, Moments } from '../kan/parameters'
import { basisSize, inputsOf, type Specification } from '../kan/specification'
import { zeroTensors } from './layer'
import { trainableKinds } from './locks'
import { AFFINE_SIZE } from './symbolic'

const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8

/** Adam's state before the first step. */
export function zeroMoments(parameters: readonly LayerTensors[]): Moments {
  return { first: parameters.map(zeroTensors), second: parameters.map(zeroTensors), step: 0 }
}

/**
 * One update; nothing that is passed in changes.
 *
 * Edges that are frozen, pruned or tied to a frozen one keep their parameters and moments. Tied edges move as one
 * because each carries the tie's gradient and the same moments.
 *
 * @param gradients as `lossAndGradient` gives them, ties already pooled
 * @param moments   null before the first step
 */
export function adamStep(
  parameters: readonly LayerParameters[],
  gradients: readonly LayerTensors[],
  moments: Moments | null,
  { learningRate }: { readonly learningRate: number },
  specification: Specification,
): { parameters: LayerParameters[]; moments: Moments } {
  const before = moments ?? zeroMoments(parameters)
  const step = before.step + 1
  const rate = adamRate(learningRate, step)
  const next = { parameters: [] as LayerParameters[], first: [] as LayerTensors[], second: [] as LayerTensors[] }
  withGroups(specification).layers.forEach((layer, l) => {
    const old = at(parameters, l)
    const first = copyTensors(at(before.first, l))
    const second = copyTensors(at(before.second, l))
    const moved = { ...old, ...copyTensors(old) }
    const gradient = at(gradients, l)
    const { curves: mask, formulas } = trainableKinds(layer, inputsOf(specification, l))
    const size = basisSize(layer.basis)
    moveNumbers(moved.weights, gradient.weights, first.weights, second.weights, rate, mask, size)
    moveNumbers(moved.baseScaler, gradient.baseScaler, first.baseScaler, second.baseScaler, rate, mask, 1)
    moveNumbers(moved.basisScaler, gradient.basisScaler, first.basisScaler, second.basisScaler, rate, mask, 1)
    if (moved.bias && gradient.bias && first.bias && second.bias) {
      moveNumbers(moved.bias, gradient.bias, first.bias, second.bias, rate, null, 1)
    }
    if (moved.symbolic && gradient.symbolic && first.symbolic && second.symbolic) {
      moveNumbers(moved.symbolic, gradient.symbolic, first.symbolic, second.symbolic, rate, formulas, AFFINE_SIZE)
    }
    next.parameters.push(moved)
    next.first.push(first)
    next.second.push(second)
  })
  return { parameters: next.parameters, moments: { first: next.first, second: next.second, step } }
}

export interface AdamRate {
  /** lr / (1 − β1^t) */
  readonly size: number
  /** √(1 − β2^t) */
  readonly correction: number
}

/** @param step of the update, from 1 on */
export function adamRate(learningRate: number, step: number): AdamRate {
  return { size: learningRate / (1 - BETA1 ** step), correction: Math.sqrt(1 - BETA2 ** step) }
}

/** Moves one tensor and its moments in place; `size` numbers belong to each entry of the mask. */
export function moveNumbers(
  values: Float64Array,
  gradient: Float64Array,
  first: Float64Array,
  second: Float64Array,
  { size: stepSize, correction }: AdamRate,
  mask: Uint8Array | null,
  size: number,
): void {
  for (let k = 0; k < values.length; k++) {
    if (mask !== null && mask[Math.floor(k / size)] === 0) continue
    const g = gradient[k] as number
    const mean = BETA1 * (first[k] as number) + (1 - BETA1) * g
    const square = BETA2 * (second[k] as number) + (1 - BETA2) * g * g
    first[k] = mean
    second[k] = square
    values[k] = (values[k] as number) - (stepSize * mean) / (Math.sqrt(square) / correction + EPSILON)
  }
}

/** A copy that shares no array. */
export function copyTensors({ weights, baseScaler, basisScaler, bias, symbolic }: LayerTensors): LayerTensors {
  return {
    weights: weights.slice(),
    baseScaler: baseScaler.slice(),
    basisScaler: basisScaler.slice(),
    bias: bias?.slice() ?? null,
    symbolic: symbolic?.slice() ?? null,
  }
}

function at<T>(layers: readonly T[], l: number): T {
  const layer = layers[l]
  if (layer === undefined) throw new RangeError(`no tensors of layer ${l}`)
  return layer
}
