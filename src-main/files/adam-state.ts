/** Adam's state as tensors: its two moments, shaped as the tensors that train. */

import type { Tensor } from '../../src-shared/kan/file/safetensors'
import { trainableLayout } from '../../src-shared/kan/layout'
import type { LayerTensors, Moments } from '../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'

export function tensorsOfMoments(moments: Moments, specification: Specification): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>()
  specification.layers.forEach((layer, l) => {
    for (const { name, field, shape } of trainableLayout(layer, inputsOf(specification, l))) {
      for (const order of ['first', 'second'] as const) {
        const values = moments[order][l]?.[field]
        if (values == null) throw new RangeError(`no ${order} moments of layers.${l}.${name}`)
        tensors.set(`${order}.layers.${l}.${name}`, { shape, values })
      }
    }
  })
  return tensors
}

/** Null where the tensors are not those of such a network. */
export function momentsOfTensors(
  tensors: ReadonlyMap<string, Tensor>,
  specification: Specification,
  updates: number,
): Moments | null {
  const first = layersOf('first', tensors, specification)
  const second = layersOf('second', tensors, specification)
  const count = specification.layers.reduce((sum, layer) => sum + 2 * trainableLayout(layer, 1).length, 0)
  if (first === null || second === null || tensors.size !== count) return null
  return { first, second, step: updates }
}

function layersOf(
  order: 'first' | 'second',
  tensors: ReadonlyMap<string, Tensor>,
  specification: Specification,
): LayerTensors[] | null {
  const layers: LayerTensors[] = []
  for (const [l, layer] of specification.layers.entries()) {
    const found: { -readonly [Field in keyof LayerTensors]?: Float64Array } = {}
    for (const { name, field, shape } of trainableLayout(layer, inputsOf(specification, l))) {
      const tensor = tensors.get(`${order}.layers.${l}.${name}`)
      const fits = tensor?.shape.join() === shape.join() && tensor.values.every(Number.isFinite)
      if (tensor === undefined || !fits) return null
      found[field] = tensor.values
    }
    const { weights, baseScaler, basisScaler, bias = null, symbolic = null } = found
    if (weights === undefined || baseScaler === undefined || basisScaler === undefined) return null
    layers.push({ weights, baseScaler, basisScaler, bias, symbolic })
  }
  return layers
}
