/** How long is the gradient of a whole network, and how is it shortened? PyTorch's `clip_grad_norm_`. */
import { withGroups } from '../kan/groups'
import type { LayerTensors } from '../kan/parameters'
import { basisSize, inputsOf, type Specification } from '../kan/specification'
import { trainableKinds } from './locks'
import { AFFINE_SIZE } from './symbolic'

/** PyTorch adds it to the norm that it divides by. */
const EPSILON = 1e-6

/** What a gradient of this norm is multiplied by, so that it is no longer than `maximum`: 1 where it is not anyway. */
export function clipFactor(norm: number, maximum: number): number {
  return Math.min(1, maximum / (norm + EPSILON))
}

/**
 * The gradients, shortened together where their norm is larger than `maximum`. It is that of the numbers which train: edges
 * that rest do not count, and a tie counts once.
 *
 * @param gradients as `lossAndGradient` gives them, ties already pooled
 * @param maximum   null leaves them as they are
 */
export function clipGradients(
  specification: Specification,
  gradients: readonly LayerTensors[],
  maximum: number | null,
): readonly LayerTensors[] {
  if (maximum === null) return gradients
  const factor = clipFactor(gradientNorm(specification, gradients), maximum)
  if (factor === 1) return gradients
  const scaled = (values: Float64Array) => values.map((value) => factor * value)
  return gradients.map(({ weights, baseScaler, basisScaler, bias, symbolic }) => ({
    weights: scaled(weights),
    baseScaler: scaled(baseScaler),
    basisScaler: scaled(basisScaler),
    bias: bias && scaled(bias),
    symbolic: symbolic && scaled(symbolic),
  }))
}

function gradientNorm(specification: Specification, gradients: readonly LayerTensors[]): number {
  let sum = 0
  withGroups(specification).layers.forEach((layer, l) => {
    const tensors = gradients[l]
    if (tensors === undefined) throw new RangeError(`no gradients of layer ${l}`)
    const inputs = inputsOf(specification, l)
    const { curves, formulas } = trainableKinds(layer, inputs)
    for (const tie of layer.tied) {
      const slots = tie.map(([input, output]) => output * inputs + input)
      const [, ...others] = slots.filter((slot) => curves[slot] === 1 || formulas[slot] === 1)
      for (const slot of others) curves[slot] = formulas[slot] = 0
    }
    sum += squares(tensors.weights, curves, basisSize(layer.basis))
    sum += squares(tensors.baseScaler, curves, 1) + squares(tensors.basisScaler, curves, 1)
    if (tensors.symbolic) sum += squares(tensors.symbolic, formulas, AFFINE_SIZE)
    sum += tensors.bias?.reduce((total, value) => total + value * value, 0) ?? 0
  })
  return Math.sqrt(sum)
}

/** Of the entries whose edge counts; `size` numbers belong to an edge. */
function squares(values: Float64Array, counts: Uint8Array, size: number): number {
  let sum = 0
  for (let k = 0; k < values.length; k++) {
    if (counts[Math.floor(k / size)] === 1) sum += (values[k] as number) ** 2
  }
  return sum
}
