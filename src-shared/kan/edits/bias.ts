/** How are the biases of a layer moved, and moved back while they train on? */

import { layerAt } from '../names'
import type { Model } from '../parameters'
import { type Slice, sliceOf, withLayer, zeroMoments } from '../slices'
import type { Applied, Biases, Edit } from './edit'

/** The edit that adds to the biases of a layer; one that has none gets them. Null where there is nothing to add. */
export function addToBias(model: Model, l: number, shifts: Float64Array): Edit | null {
  if (shifts.every((shift) => shift === 0)) return null
  const from = biasesOf(sliceOf(model, l))
  const values = shifts.map((shift, j) => (from?.values[j] ?? 0) + shift)
  return { type: 'move-bias', layer: l, from, to: { values, moments: from?.moments ?? null } }
}

/**
 * Biases that are still what they were in `from` become those in `to`, to the bit; others have trained since and move as far.
 * A layer takes its biases away and gets them back with their moments.
 */
export function moveBias(model: Model, { layer: l, from, to }: Extract<Edit, { type: 'move-bias' }>): Applied {
  const layer = layerAt(model.specification, l)
  const slice = sliceOf(model, l)
  const now = biasesOf(slice)
  const next: Biases | null =
    to === null || now === null || from === null
      ? to
      : {
          values: now.values.map((value, j) => {
            const [old, wanted] = [from.values[j] as number, to.values[j] as number]
            return Object.is(value, old) ? wanted : value + (wanted - old)
          }),
          moments: now.moments,
        }
  return {
    model: withLayer(model, l, { ...layer, bias: next !== null }, withBiases(slice, next)),
    inverse: { type: 'move-bias', layer: l, from: next, to: now },
  }
}

function biasesOf({ parameters, moments }: Slice): Biases | null {
  if (parameters.bias === null) return null
  const { first, second } = moments ?? zeroMoments(parameters)
  return {
    values: parameters.bias,
    moments: moments && first.bias && second.bias && { first: first.bias, second: second.bias },
  }
}

function withBiases({ parameters, moments }: Slice, biases: Biases | null): Slice {
  const zeros = biases && new Float64Array(biases.values.length)
  return {
    parameters: { ...parameters, bias: biases?.values ?? null },
    moments: moments && {
      first: { ...moments.first, bias: biases?.moments?.first ?? zeros },
      second: { ...moments.second, bias: biases?.moments?.second ?? zeros },
    },
  }
}
