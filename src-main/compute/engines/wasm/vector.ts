/** How do the numbers that train get out of tiles of WebAssembly memory into one vector, and back? */
import type { Specification } from '../../../../src-shared/kan/specification'
import { type TrainableVector, trainableVector } from '../../../../src-shared/numerics/trainable-vector'
import { type LayerPlan, tiledIndex } from './layout'

/** Where each number of the vector lies: made once for a design and its locks. */
export class VectorMap {
  readonly trainable: TrainableVector
  readonly #layers: readonly MappedLayer[]

  constructor(specification: Specification, layers: readonly LayerPlan[]) {
    this.trainable = trainableVector(specification)
    this.#layers = this.trainable.layers.map(({ curves: { slots, offsets }, size, biasOffset, biases }, l) => {
      const plan = layers[l]
      if (plan === undefined) throw new RangeError(`no layer ${l}`)
      const { fields, placeOf } = plan
      const { inputs, lanes } = fields
      const index = (rows: number) => (slot: number) =>
        tiledIndex(fields, rows, slot % inputs, placeOf[Math.floor(slot / inputs)] as number)
      const from = fields.parameters / 4
      const gradientFrom = fields.gradient / 4
      return {
        ...{ offsets, size, lanes, biasOffset, placeOf: placeOf.slice(0, biases) },
        parameters: slots.map((slot) => from + index(size + 2)(slot)),
        gradients: slots.map((slot) => gradientFrom + index(size + 1)(slot)),
        bias: fields.bias / 4,
        biasGradient: fields.biasGradient / 4,
      }
    })
  }

  read(floats: Float32Array): Float64Array {
    const vector = new Float64Array(this.trainable.length)
    for (const { offsets, parameters, size, lanes, biasOffset, placeOf, bias } of this.#layers) {
      for (let k = 0; k < offsets.length; k++) {
        const offset = offsets[k] as number
        const at = parameters[k] as number
        for (let r = 0; r < size + 2; r++) vector[offset + r] = floats[at + r * lanes] as number
      }
      placeOf.forEach((place, j) => {
        vector[biasOffset + j] = floats[bias + place] as number
      })
    }
    return vector
  }

  write(floats: Float32Array, vector: Float64Array): void {
    for (const { offsets, parameters, size, lanes, biasOffset, placeOf, bias } of this.#layers) {
      for (let k = 0; k < offsets.length; k++) {
        const offset = offsets[k] as number
        const at = parameters[k] as number
        for (let r = 0; r < size + 2; r++) floats[at + r * lanes] = vector[offset + r] as number
      }
      placeOf.forEach((place, j) => {
        floats[bias + place] = vector[biasOffset + j] as number
      })
    }
  }

  /** Out of the gradients by the effective weights, as `readGradients` of packing.ts. */
  readGradient(floats: Float32Array): Float64Array {
    const vector = new Float64Array(this.trainable.length)
    for (const { offsets, parameters, gradients, size, lanes, biasOffset, placeOf, biasGradient } of this.#layers) {
      for (let k = 0; k < offsets.length; k++) {
        const offset = offsets[k] as number
        const at = parameters[k] as number
        const gradientAt = gradients[k] as number
        const scaler = floats[at + lanes] as number
        let sum = 0
        for (let m = 1; m <= size; m++) {
          const gradient = floats[gradientAt + m * lanes] as number
          vector[offset + 1 + m] = scaler * gradient
          sum += (floats[at + (m + 1) * lanes] as number) * gradient
        }
        vector[offset] = floats[gradientAt] as number
        vector[offset + 1] = sum
      }
      placeOf.forEach((place, j) => {
        vector[biasOffset + j] = floats[biasGradient + place] as number
      })
    }
    return vector
  }
}

interface MappedLayer {
  /** Where each edge that trains begins in the vector. */
  readonly offsets: Int32Array
  /** Index of its first row in memory, and in that of the gradients by the effective weights. */
  readonly parameters: Int32Array
  readonly gradients: Int32Array
  readonly size: number
  readonly lanes: number
  readonly biasOffset: number
  /** Where each bias lies behind the first; none where the layer has no biases. */
  readonly placeOf: Int32Array
  readonly bias: number
  readonly biasGradient: number
}
