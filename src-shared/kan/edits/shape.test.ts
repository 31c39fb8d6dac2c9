import { describe, expect, it } from 'vitest'
import { edgeCurve } from '../../numerics/curve'
import { initialize } from '../../numerics/initialize'
import type { Model } from '../parameters'
import { type EdgeIndex, inputsOf, specificationSchema } from '../specification'
import { apply } from './apply'
import type { ShapePoint } from './edit'

const BASES = [
  { type: 'spline', order: 3, intervals: 5 },
  { type: 'spline', order: 1, intervals: 8 },
  { type: 'rbf', centers: 8, kernel: 'gaussian' },
  { type: 'chebyshev', degree: 8 },
] as const

function modelOf(basis: object, more: object = {}): Model {
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'shaped', seed: 3, inputs: [{ name: 'x' }, { name: 'y' }], outputs: [{ name: 'f' }] },
    layers: [
      { nodes: 3, basis, ...more },
      { nodes: 1, basis },
    ],
  })
  return { specification, parameters: initialize(specification), moments: null }
}

function valuesOf({ specification, parameters }: Model, edge: EdgeIndex, xs: readonly number[]): number[] {
  const layer = specification.layers[0]
  const numbers = parameters[0]
  if (layer === undefined || numbers === undefined) throw new Error('a layer is missing')
  return [...edgeCurve(layer, numbers, inputsOf(specification, 0), edge, xs)]
}

const shape = (model: Model, edge: EdgeIndex, points: readonly ShapePoint[]) =>
  apply(model, { type: 'shape-edge', layer: 0, edge, points })

describe('shaping a curve by hand', () => {
  it.each(BASES)('takes the curve of %o to a point and keeps it at the others', (basis) => {
    const model = modelOf(basis)
    const xs = [-0.9, -0.45, 0, 0.45, 0.9]
    const before = valuesOf(model, [1, 2], xs)
    const { model: shaped, inverse } = shape(
      model,
      [1, 2],
      xs.map((x) => ({ x, y: x === 0 ? 1.5 : null })),
    )
    const after = valuesOf(shaped, [1, 2], xs)
    after.forEach((value, p) => {
      expect(value).toBeCloseTo(xs[p] === 0 ? 1.5 : (before[p] as number), 6)
    })
    expect(valuesOf(shaped, [0, 2], xs)).toEqual(valuesOf(model, [0, 2], xs))
    expect(apply(shaped, inverse).model).toEqual(model)
  })

  it('follows a drawn line where it was drawn, and stays as it is far from there', () => {
    const model = modelOf({ type: 'spline', order: 3, intervals: 20 })
    const drawn = Array.from({ length: 40 }, (_, p) => ({ x: p / 80, y: (p / 80) ** 2 }))
    const { model: shaped } = shape(model, [0, 0], drawn)
    const inside = [0.1, 0.2, 0.3, 0.4]
    valuesOf(shaped, [0, 0], inside).forEach((value, p) => {
      expect(value).toBeCloseTo((inside[p] as number) ** 2, 3)
    })
    const outside = [-0.9, -0.5, 0.9]
    expect(valuesOf(shaped, [0, 0], outside)).toEqual(valuesOf(model, [0, 0], outside))
  })

  it('bends tied edges together, and locked ones too', () => {
    const model = modelOf(BASES[0], {
      tied: [
        [
          [0, 0],
          [1, 2],
        ],
      ],
      frozen: [
        [0, 0],
        [1, 2],
      ],
    })
    const { model: shaped } = shape(model, [1, 2], [{ x: 0.2, y: -1 }])
    expect(valuesOf(shaped, [0, 0], [0.2])[0]).toBeCloseTo(-1, 6)
    expect(valuesOf(shaped, [1, 2], [-0.5, 0.2])).toEqual(valuesOf(shaped, [0, 0], [-0.5, 0.2]))
  })

  it('bends a curve whose basis counts for nothing', () => {
    const model = modelOf(BASES[0])
    const flat = {
      ...model,
      parameters: model.parameters.map((layer) => ({ ...layer, basisScaler: layer.basisScaler.map(() => 0) })),
    }
    const { model: shaped, inverse } = shape(flat, [0, 1], [{ x: 0, y: 2 }])
    expect(valuesOf(shaped, [0, 1], [0])[0]).toBeCloseTo(2, 6)
    expect(apply(shaped, inverse).model).toEqual(flat)
  })

  it('says why an edge cannot be bent', () => {
    const model = modelOf(BASES[0], {
      pruned: [[0, 0]],
      symbolic: [{ edge: [1, 0], function: 'sin', a: 1, b: 0, c: 1, d: 0 }],
    })
    expect(() => shape(model, [0, 0], [{ x: 0, y: 1 }])).toThrow('Edge x → h₁ is pruned: bring it back first.')
    expect(() => shape(model, [1, 0], [{ x: 0, y: 1 }])).toThrow('Edge y → h₁ is a formula')
    expect(() => shape(model, [0, 1], [{ x: 40, y: 1 }])).toThrow('beyond its grid')
    expect(() => shape(model, [0, 1], [{ x: 0, y: Number.NaN }])).toThrow('finite coordinates')
    expect(() => shape(model, [0, 1], [{ x: 0, y: null }])).toThrow('finite coordinates')
  })
})
