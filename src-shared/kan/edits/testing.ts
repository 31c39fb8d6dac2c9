/** What the tests of edits share: a small network whose nodes can be told apart, and its curves. */
import { edgeCurve } from '../../numerics/curve'
import { newModel } from '../file/file'
import type { Model } from '../parameters'
import { type EdgeIndex, inputsOf } from '../specification'
import { retrained } from '../testing'
import { checkSpecification } from '../validate'

/** A network of these widths; node k of the first layer has bias k + 1, so that nodes can be told apart. */
export function network(widths: readonly number[], layer: object = {}): Model {
  const specification = checkSpecification(
    {
      format: 1,
      name: 'test',
      inputs: Array.from({ length: widths[0] ?? 1 }, (_, k) => ({ name: `x${k}` })),
      outputs: Array.from({ length: widths[widths.length - 1] ?? 1 }, (_, k) => ({ name: `y${k}` })),
      layers: widths.slice(1).map((nodes) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 }, ...layer })),
    },
    'test',
  )
  return retrained(newModel(specification, 'test'), 7)
}

const points = Float64Array.from({ length: 41 }, (_, k) => -1 + k / 20.5 + 1e-3)

export function curve({ specification, parameters }: Model, l: number, edge: EdgeIndex): Float64Array {
  const layer = specification.layers[l]
  const held = parameters[l]
  if (layer === undefined || held === undefined) throw new Error(`no layer ${l}`)
  return edgeCurve(layer, held, inputsOf(specification, l), edge, points)
}

export function widthsOf({ specification }: Model): number[] {
  return [specification.inputs.length, ...specification.layers.map(({ nodes }) => nodes)]
}
