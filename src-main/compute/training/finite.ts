/** Whether a model holds nothing but finite numbers: what may be kept, written and trained further. */
import type { LayerTensors, Model } from '../../../src-shared/kan/parameters'

export function hasFiniteParameters({ parameters }: Model): boolean {
  return parameters.every(isFiniteLayer)
}

/** A square may overflow in the moments while the parameters are still finite. */
export function hasFiniteMoments({ moments }: Model): boolean {
  return moments === null || [...moments.first, ...moments.second].every(isFiniteLayer)
}

function isFiniteLayer({ weights, baseScaler, basisScaler, bias, symbolic }: LayerTensors): boolean {
  return [weights, baseScaler, basisScaler, bias, symbolic].every(
    (tensor) => tensor === null || tensor.every((value) => Number.isFinite(value)),
  )
}
