/** Networks of a shape, for the tests of this folder. */

import { type Specification, specificationSchema } from '../../src-shared/kan/specification'
import { FITTED, type Size, type View } from './place/geometry'
import { layoutNetwork } from './place/layout'
import { type Seen, see } from './place/view'

export function networkOf(shape: readonly number[], layers: readonly object[] = []): Specification {
  const [inputs = 1, ...nodes] = shape
  const outputs = nodes[nodes.length - 1] ?? 1
  const basis = { type: 'spline', order: 3, intervals: 5 }
  return specificationSchema.parse({
    format: 1,
    name: 'test',
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: inputs <= 2 ? 'xy'.charAt(i) : `x${i + 1}` })),
    outputs: Array.from({ length: outputs }, (_, i) => ({ name: outputs === 1 ? 'f' : `f${i + 1}` })),
    layers: nodes.map((count, l) => ({ nodes: count, basis, ...layers[l] })),
  })
}

/** Every letter 6 pixels wide. */
export const measure = (text: string) => text.length * 6

export function seenOf(specification: Specification, size: Size, view: View = FITTED): Seen {
  return see(layoutNetwork(specification, size, measure), view)
}
