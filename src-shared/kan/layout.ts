/** Which tensors a layer has: their names in files, their fields in memory and their shapes. */

import { AFFINE_SIZE } from '../numerics/symbolic'
import type { LayerParameters, LayerTensors } from './parameters'
import { basisSize, gridSize, type LayerSpecification } from './specification'

export interface TensorPlace<Field> {
  /** As in `layers.{l}.{name}`. */
  readonly name: string
  readonly field: Field
  readonly shape: readonly number[]
}

/** What trains: a curve's numbers, the bias [O] where the layer has one, and formulas' numbers [O, I, 4] where there are any. */
export function trainableLayout(layer: LayerSpecification, inputs: number): TensorPlace<keyof LayerTensors>[] {
  const places = curveLayout(layer, inputs)
  if (layer.symbolic.length > 0) {
    places.push({ name: 'symbolic', field: 'symbolic', shape: [layer.nodes, inputs, AFFINE_SIZE] })
  }
  return places
}

/** Weights [O, I, n], scalers [O, I], and the bias [O] where the layer has one. */
function curveLayout(layer: LayerSpecification, inputs: number): TensorPlace<keyof LayerTensors>[] {
  const edges = [layer.nodes, inputs]
  const places: TensorPlace<keyof LayerTensors>[] = [
    { name: 'weights', field: 'weights', shape: [...edges, basisSize(layer.basis)] },
    { name: 'base_scaler', field: 'baseScaler', shape: edges },
    { name: 'basis_scaler', field: 'basisScaler', shape: edges },
  ]
  if (layer.bias) places.push({ name: 'bias', field: 'bias', shape: [layer.nodes] })
  return places
}

/** What a model's file has tensors of, the grid [I, knots or centres] and the scale [I, centres] too; formulas stand in the design. */
export function tensorLayout(layer: LayerSpecification, inputs: number): TensorPlace<keyof LayerParameters>[] {
  const places: TensorPlace<keyof LayerParameters>[] = curveLayout(layer, inputs)
  const size = gridSize(layer.basis)
  if (size > 0) places.push({ name: 'grid', field: 'grid', shape: [inputs, size] })
  if (layer.basis.type === 'rbf') places.push({ name: 'scale', field: 'scale', shape: [inputs, size] })
  return places
}
