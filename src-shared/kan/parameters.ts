/** The numbers of a network, float64, row-major: what the tensors of a `.kan` file hold. */
import { AFFINE_SIZE } from '../numerics/symbolic'
import { basisSize, gridSize, inputsOf, type LayerSpecification, type Specification } from './specification'

/**
 * The trainable numbers of one layer with I inputs, O outputs and n basis functions.
 * phi_ji(x) = baseScaler_ji · base(x) + basisScaler_ji · Σ_m weights_jim · B_m(x), or c_ji · f(a_ji · x + b_ji) + d_ji
 */
export interface LayerTensors {
  /** [O, I, n] */
  readonly weights: Float64Array
  /** [O, I] */
  readonly baseScaler: Float64Array
  /** [O, I] */
  readonly basisScaler: Float64Array
  /** [O], or null where the layer has no bias */
  readonly bias: Float64Array | null
  /** a, b, c, d of the edges that are formulas [O, I, 4], 0 for the others; null where the layer has no such edge */
  readonly symbolic: Float64Array | null
}

/** A layer's numbers with the grid they are written on (the grid does not train). */
export interface LayerParameters extends LayerTensors {
  /** Knots [I, G + 2k + 1] of splines, centres [I, n] of RBF, else null. */
  readonly grid: Float64Array | null
  /** 1 / width of each RBF centre [I, n], else null. */
  readonly scale: Float64Array | null
}

/** Adam's running means of gradients and of their squares, shaped like the parameters. */
export interface Moments {
  readonly first: readonly LayerTensors[]
  readonly second: readonly LayerTensors[]
  /** Updates done with them, PyTorch's `step`. */
  readonly step: number
}

/** A network with everything that training it further needs. */
export interface Model {
  readonly specification: Specification
  readonly parameters: readonly LayerParameters[]
  readonly moments: Moments | null
}

/** Length of each tensor of a layer; 0 where the layer has none. */
export function tensorLengths(layer: LayerSpecification, inputs: number) {
  const edges = layer.nodes * inputs
  return {
    weights: edges * basisSize(layer.basis),
    baseScaler: edges,
    basisScaler: edges,
    bias: layer.bias ? layer.nodes : 0,
    symbolic: layer.symbolic.length > 0 ? edges * AFFINE_SIZE : 0,
    grid: inputs * gridSize(layer.basis),
    scale: layer.basis.type === 'rbf' ? inputs * layer.basis.centers : 0,
  }
}

/** All numbers that could train: O·I·n + 2·O·I + O a layer, and 4 for each formula. */
export function parameterCount(specification: Specification): number {
  return specification.layers.reduce((sum, layer, l) => {
    const lengths = tensorLengths(layer, inputsOf(specification, l))
    const formulas = layer.symbolic.length * AFFINE_SIZE
    return sum + lengths.weights + lengths.baseScaler + lengths.basisScaler + lengths.bias + formulas
  }, 0)
}
