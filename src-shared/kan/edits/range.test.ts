import { describe, expect, it } from 'vitest'
import { edgeCurve } from '../../numerics/curve'
import { initialize } from '../../numerics/initialize'
import type { Model } from '../parameters'
import { specificationSchema } from '../specification'
import { apply } from './apply'

function modelOf(basis: object): Model {
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'placed', seed: 3, inputs: [{ name: 'x' }, { name: 'y' }], outputs: [{ name: 'f' }] },
    layers: [{ nodes: 1, basis }],
  })
  return { specification, parameters: initialize(specification), moments: null }
}

function curveOf({ specification, parameters }: Model, xs: readonly number[]): number[] {
  const [layer] = specification.layers
  const [numbers] = parameters
  if (layer === undefined || numbers === undefined) throw new Error('a layer is missing')
  return [...edgeCurve(layer, numbers, 2, [1, 0], xs)]
}

const place = (model: Model, from: number, to: number) =>
  apply(model, { type: 'set-range', layer: 0, range: [from, to] })

describe('placing a grid', () => {
  it('moves the knots of every input and keeps the curves where they were', () => {
    const model = modelOf({ type: 'spline', order: 3, intervals: 40 })
    const { model: placed, inverse } = place(model, -0.5, 0.75)
    const grid = placed.parameters[0]?.grid ?? new Float64Array(0)
    expect(grid[3]).toBeCloseTo(-0.5, 12)
    expect(grid[grid.length - 4]).toBeCloseTo(0.75, 12)
    expect(placed.specification.layers[0]?.range).toEqual([-0.5, 0.75])
    const xs = [-0.45, -0.2, 0, 0.3, 0.7]
    curveOf(placed, xs).forEach((value, p) => {
      expect(value).toBeCloseTo(curveOf(model, xs)[p] as number, 3)
    })
    expect(apply(placed, inverse).model).toEqual(model)
  })

  it('places centres, too', () => {
    const { model: placed } = place(modelOf({ type: 'rbf', centers: 8, kernel: 'gaussian' }), 0, 4)
    expect([...(placed.parameters[0]?.grid?.subarray(0, 3) ?? [])]).toEqual([0, 0.5, 1])
  })

  it('leaves inputs whose grid is there already as they are, to the bit', () => {
    const model = modelOf({ type: 'rbf', centers: 6, kernel: 'gaussian' })
    const [numbers] = model.parameters
    if (numbers?.grid === null || numbers === undefined) throw new Error('there is no grid')
    const grid = numbers.grid.map((center, k) => (k < 6 ? center : 2 * center))
    const { model: placed } = place({ ...model, parameters: [{ ...numbers, grid }] }, -1, 1)
    expect(placed.parameters[0]?.weights.subarray(0, 6)).toEqual(numbers.weights.subarray(0, 6))
    expect(placed.parameters[0]?.weights.subarray(6)).not.toEqual(numbers.weights.subarray(6))
  })

  it('refuses a range so far away that a kernel is infinite there', () => {
    const model = modelOf({ type: 'rbf', centers: 6, kernel: 'quadratic' })
    expect(() => place(model, 1e200, 2e200)).toThrow('have no finite values from 1e+200 to 2e+200')
  })

  it('says what makes no sense', () => {
    const model = modelOf({ type: 'spline', order: 3, intervals: 5 })
    expect(() => place(model, 1, 1)).toThrow('from a smaller to a larger number, not from 1 to 1')
    expect(() => place(model, -1, 1)).toThrow('goes from -1 to 1 already')
    expect(() => place(modelOf({ type: 'chebyshev', degree: 4 }), 0, 1)).toThrow('have no grid')
  })
})
