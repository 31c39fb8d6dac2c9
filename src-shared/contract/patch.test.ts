import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newModel } from '../kan/file/file'
import { specificationSchema } from '../kan/specification'
import { drawingOf } from './drawing'
import { patched, patchOf } from './patch'

const bases = [
  { type: 'spline', order: 3, intervals: 5 },
  { type: 'rbf', centers: 6 },
  { type: 'chebyshev', degree: 4 },
]
const modelOf = (basis: object, seed: number) => {
  const design = {
    format: 1,
    name: 'n',
    seed,
    inputs: [{ name: 'x' }, { name: 'y' }, { name: 'z' }],
    outputs: [{ name: 'f' }, { name: 'g' }],
  }
  return newModel(specificationSchema.parse({ ...design, layers: [{ nodes: 2, basis }] }), 'n')
}

test('what is patched has the new numbers of the edges that were watched, and the old ones of all others', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bases), fc.uniqueArray(fc.nat(5)), (basis, edges) => {
      const [before] = modelOf(basis, 1).parameters
      const [after] = modelOf(basis, 2).parameters
      if (before === undefined || after === undefined) throw new Error('no layer')
      const result = patched(drawingOf(before), patchOf(after, { layer: 0, edges: Uint32Array.from(edges) }))
      const [old, next] = [drawingOf(before), drawingOf(after)]
      for (const name of ['weights', 'baseScaler', 'basisScaler'] as const) {
        const size = old[name].length / 6
        for (let e = 0; e < 6; e++) {
          const from = edges.includes(e) ? next[name] : old[name]
          expect(result[name].subarray(e * size, (e + 1) * size)).toEqual(from.subarray(e * size, (e + 1) * size))
        }
      }
      expect(result.grid).toEqual(next.grid)
    }),
  )
})

test('edges that the layer does not have are left out, and a patch of another shape changes nothing', () => {
  const [spline] = modelOf({ type: 'spline', order: 3, intervals: 5 }, 1).parameters
  const [other] = modelOf({ type: 'spline', order: 3, intervals: 9 }, 1).parameters
  if (spline === undefined || other === undefined) throw new Error('no layer')
  expect([...patchOf(spline, { layer: 0, edges: Uint32Array.of(1, 99) }).edges]).toEqual([1])
  const drawing = drawingOf(spline)
  expect(patched(drawing, patchOf(other, { layer: 0, edges: Uint32Array.of(1) }))).toBe(drawing)
})
