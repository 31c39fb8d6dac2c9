/** How do the numbers of a network become those on the card, and back? */
import type { LayerParameters, LayerTensors } from '../../../../src-shared/kan/parameters'
import type { LayerRecord, Layout } from './layout'

/** @param step 1, or 2 where other numbers stand in between */
export function pack(layout: Layout, tensors: readonly LayerTensors[], into: Float32Array, step = 1, from = 0): void {
  eachTensor(layout, (l, name, begin) => {
    tensors[l]?.[name]?.forEach((value, k) => {
      into[step * (begin + k) + from] = value
    })
  })
}

export function unpack(
  layout: Layout,
  parameters: readonly LayerTensors[],
  from: Float32Array,
  step = 1,
  first = 0,
): LayerTensors[] {
  const tensors = parameters.map(({ weights, baseScaler, basisScaler, bias, symbolic }) => ({
    weights: new Float64Array(weights.length),
    baseScaler: new Float64Array(baseScaler.length),
    basisScaler: new Float64Array(basisScaler.length),
    bias: bias && new Float64Array(bias.length),
    symbolic: symbolic && new Float64Array(symbolic.length),
  }))
  eachTensor(layout, (l, name, begin) => {
    const tensor = tensors[l]?.[name]
    if (tensor == null) return
    for (let k = 0; k < tensor.length; k++) tensor[k] = from[step * (begin + k) + first] as number
  })
  return tensors
}

/** Knots, centres and scales of all layers. */
export function packGrids({ layers, grids }: Layout, parameters: readonly LayerParameters[]): Float32Array {
  const values = new Float32Array(grids)
  layers.forEach((layer, l) => {
    values.set(parameters[l]?.grid ?? [], layer.grid)
    values.set(parameters[l]?.scale ?? [], layer.scale)
  })
  return values
}

type Name = keyof LayerTensors
const PLACES: Readonly<Record<Name, keyof LayerRecord>> = {
  weights: 'weights',
  baseScaler: 'baseScaler',
  basisScaler: 'basisScaler',
  bias: 'bias',
  symbolic: 'affine',
}

function eachTensor({ layers }: Layout, visit: (layer: number, name: Name, begin: number) => void): void {
  layers.forEach((layer, l) => {
    for (const name of Object.keys(PLACES) as Name[]) visit(l, name, layer[PLACES[name]])
  })
}
