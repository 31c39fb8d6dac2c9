/**
 * How do the numbers that train become one vector on the device, and back?
 *
 * Layer after layer: weights [n, I, O], base scalers [I, O], basis scalers [I, O], biases [O]. So a layer's first n + 1 parts
 * are, as they stand, the matrix that its basis values are multiplied with. Formulas are not among them (formulas.ts).
 */
import type { LayerTensors } from '../../../../src-shared/kan/parameters'
import { basisSize, inputsOf, type Specification } from '../../../../src-shared/kan/specification'

/** Where a layer's numbers are. */
export interface Place {
  readonly inputs: number
  readonly nodes: number
  /** Basis functions of an edge. */
  readonly size: number
  readonly from: number
  /** Biases; 0 where the layer has none. */
  readonly biases: number
}

export interface Layout {
  readonly layers: readonly Place[]
  readonly length: number
}

export function layoutOf(specification: Specification): Layout {
  let length = 0
  const layers = specification.layers.map(({ basis, nodes, bias }, l): Place => {
    const place = {
      ...{ inputs: inputsOf(specification, l), nodes, size: basisSize(basis) },
      ...{ from: length, biases: bias ? nodes : 0 },
    }
    length += edgeNumbers(place) + place.biases
    return place
  })
  return { layers, length }
}

/** Numbers of all edges of a layer: its weights and both scalers. */
export function edgeNumbers({ inputs, nodes, size }: Place): number {
  return (size + 2) * inputs * nodes
}

export function pack({ layers, length }: Layout, tensors: readonly LayerTensors[]): Float32Array {
  const values = new Float32Array(length)
  layers.forEach((place, l) => {
    const layer = tensors[l]
    if (layer === undefined) throw new RangeError(`no layer ${l}`)
    for (const [name, parts] of PARTS(place)) {
      const tensor = layer[name]
      eachNumber(place, parts, (at, k) => {
        values[at] = tensor[k] as number
      })
    }
    values.set(layer.bias ?? [], place.from + edgeNumbers(place))
  })
  return values
}

/** @param formulas a, b, c, d of the edges of each layer that are formulas */
export function unpack(
  { layers }: Layout,
  values: Float32Array,
  formulas: readonly (Float64Array | null)[],
): LayerTensors[] {
  return layers.map((place, l) => {
    const edges = place.inputs * place.nodes
    const layer = {
      weights: new Float64Array(edges * place.size),
      baseScaler: new Float64Array(edges),
      basisScaler: new Float64Array(edges),
      bias: place.biases === 0 ? null : new Float64Array(place.biases),
      symbolic: formulas[l]?.slice() ?? null,
    }
    for (const [name, parts] of PARTS(place)) {
      const tensor = layer[name]
      eachNumber(place, parts, (at, k) => {
        tensor[k] = values[at] as number
      })
    }
    const biases = place.from + edgeNumbers(place)
    layer.bias?.set(values.subarray(biases, biases + place.biases))
    return layer
  })
}

/** A matrix [O, I] as the device has it, [I, O], or the other way around. */
export function turned<T extends Float32Array | Float64Array | Uint8Array>(matrix: T, columns: number): T {
  const rows = matrix.length / columns
  const result = matrix.slice() as T
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[c * rows + r] = matrix[r * columns + c] as number
  }
  return result
}

interface Parts {
  readonly first: number
  readonly count: number
}

const PARTS = ({ size }: Place): readonly (readonly ['weights' | 'baseScaler' | 'basisScaler', Parts])[] => [
  ['weights', { first: 0, count: size }],
  ['baseScaler', { first: size, count: 1 }],
  ['basisScaler', { first: size + 1, count: 1 }],
]

/** @param visit where a number is in the vector, and where in its tensor [O, I, parts] */
function eachNumber({ inputs, nodes, from }: Place, { first, count }: Parts, visit: (at: number, k: number) => void) {
  for (let j = 0; j < nodes; j++) {
    for (let i = 0; i < inputs; i++) {
      for (let m = 0; m < count; m++) {
        visit(from + ((first + m) * inputs + i) * nodes + j, (j * inputs + i) * count + m)
      }
    }
  }
}
