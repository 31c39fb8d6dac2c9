/**
 * Which numbers of a network train, as one vector? Each free number stands in it once: nothing of frozen and pruned edges,
 * a tie's curve for all of its edges.
 *
 * Layer after layer, and in a layer edge after edge (output by output): base scaler, basis scaler and weights of a curve,
 * or a, b, c, d of a formula; then the biases.
 */
import { withGroups } from '../kan/groups'
import type { LayerTensors } from '../kan/parameters'
import { basisSize, inputsOf, type LayerSpecification, type Specification } from '../kan/specification'
import { trainableKinds } from './locks'
import { AFFINE_SIZE } from './symbolic'

export interface TrainableVector {
  readonly length: number
  readonly layers: readonly TrainableLayer[]
}

export interface TrainableLayer {
  readonly curves: Edges
  readonly formulas: Edges
  /** Basis functions of an edge: its curve is 2 + size numbers. */
  readonly size: number
  /** Where the biases begin in the vector, and how many they are. */
  readonly biasOffset: number
  readonly biases: number
}

/** Edges that train. */
interface Edges {
  /** output · I + input */
  readonly slots: Int32Array
  /** Where the numbers of each begin in the vector; tied edges begin at the same place. */
  readonly offsets: Int32Array
}

export function trainableVector(specification: Specification): TrainableVector {
  let length = 0
  const layers = withGroups(specification).layers.map((layer, l): TrainableLayer => {
    const inputs = inputsOf(specification, l)
    const size = basisSize(layer.basis)
    const { curves, formulas } = trainableKinds(layer, inputs)
    const offsets = new Int32Array(curves.length)
    const firstOf = firstOfTies(layer, inputs, (slot) => curves[slot] === 1 || formulas[slot] === 1)
    for (let slot = 0; slot < offsets.length; slot++) {
      const first = firstOf.get(slot) ?? slot
      offsets[slot] = first < slot ? (offsets[first] as number) : length
      if (first === slot) length += curves[slot] === 1 ? 2 + size : formulas[slot] === 1 ? AFFINE_SIZE : 0
    }
    const edgesOf = (mask: Uint8Array): Edges => {
      const slots = Int32Array.from(mask.keys()).filter((slot) => mask[slot] === 1)
      return { slots, offsets: slots.map((slot) => offsets[slot] as number) }
    }
    const biases = layer.bias ? layer.nodes : 0
    length += biases
    return { curves: edgesOf(curves), formulas: edgesOf(formulas), size, biasOffset: length - biases, biases }
  })
  return { length, layers }
}

/** Equal for two designs that compute the same with equal numbers, and in which the same of them train. */
export function designKey({ inputs, layers }: Specification): string {
  // Formulas' own numbers are among those that train.
  const curves = layers.map(({ symbolic, ...layer }) => [
    layer,
    symbolic.map(({ edge, function: name }) => [edge, name]),
  ])
  return JSON.stringify([inputs.map(({ group }) => group), curves])
}

/** The vector of parameters, or of gradients in which each slot of a tie holds the tie's sum. */
export function readVector({ length, layers }: TrainableVector, tensors: readonly LayerTensors[]): Float64Array {
  const vector = new Float64Array(length)
  layers.forEach(({ curves, formulas, size, biasOffset }, l) => {
    const { weights, baseScaler, basisScaler, bias, symbolic } = at(tensors, l)
    curves.slots.forEach((slot, k) => {
      const offset = curves.offsets[k] as number
      vector[offset] = baseScaler[slot] as number
      vector[offset + 1] = basisScaler[slot] as number
      for (let m = 0; m < size; m++) vector[offset + 2 + m] = weights[slot * size + m] as number
    })
    if (symbolic !== null) {
      formulas.slots.forEach((slot, k) => {
        vector.set(symbolic.subarray(slot * AFFINE_SIZE, (slot + 1) * AFFINE_SIZE), formulas.offsets[k])
      })
    }
    if (bias !== null) vector.set(bias, biasOffset)
  })
  return vector
}

/** Puts a vector into parameters, in place; what does not train stays. */
export function writeVector({ layers }: TrainableVector, vector: Float64Array, tensors: readonly LayerTensors[]): void {
  layers.forEach(({ curves, formulas, size, biasOffset, biases }, l) => {
    const { weights, baseScaler, basisScaler, bias, symbolic } = at(tensors, l)
    curves.slots.forEach((slot, k) => {
      const offset = curves.offsets[k] as number
      baseScaler[slot] = vector[offset] as number
      basisScaler[slot] = vector[offset + 1] as number
      for (let m = 0; m < size; m++) weights[slot * size + m] = vector[offset + 2 + m] as number
    })
    formulas.slots.forEach((slot, k) => {
      const offset = formulas.offsets[k] as number
      symbolic?.set(vector.subarray(offset, offset + AFFINE_SIZE), slot * AFFINE_SIZE)
    })
    bias?.set(vector.subarray(biasOffset, biasOffset + biases))
  })
}

/** Of each tied edge that trains, the first of its tie that does. */
function firstOfTies({ tied }: LayerSpecification, inputs: number, trains: (slot: number) => boolean) {
  const firstOf = new Map<number, number>()
  for (const tie of tied) {
    const members = tie.map(([input, output]) => output * inputs + input).filter(trains)
    for (const slot of members) firstOf.set(slot, Math.min(...members))
  }
  return firstOf
}

function at<T>(layers: readonly T[], l: number): T {
  const layer = layers[l]
  if (layer === undefined) throw new RangeError(`no tensors of layer ${l}`)
  return layer
}
