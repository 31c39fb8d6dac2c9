import { describe, expect, it } from 'vitest'
import { type Basis, specificationSchema } from './specification'
import { designWarnings } from './warnings'

function design(bases: readonly Basis[]) {
  return specificationSchema.parse({
    ...{ format: 1, name: 'odd' },
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
    layers: bases.map((basis) => ({ nodes: 1, basis })),
  })
}

const spline = (order: number, intervals = 5): Basis => ({ type: 'spline', order, intervals })

describe('a design', () => {
  it('of usual size has no warnings', () => {
    const bases: Basis[] = [spline(3), spline(10), { type: 'rbf', centers: 8, kernel: 'spline' }]
    expect(designWarnings(design(bases), null)).toEqual([])
    expect(designWarnings(design(bases), 1000)).toEqual([])
  })

  it('with splines above order 10 is warned of, once for all such layers', () => {
    expect(designWarnings(design([spline(200), spline(3), spline(200), spline(11)]), null)).toEqual([
      'Layers 1, 3: Splines of order 200 are ill-conditioned and slow: above 10 their weights cancel each other; 3 is usual.',
      'Layer 4: Splines of order 11 are ill-conditioned and slow: above 10 their weights cancel each other; 3 is usual.',
    ])
  })

  it('with more coefficients than the rows can carry is warned of', () => {
    for (const intervals of [3, 5, 10, 20]) expect(designWarnings(design([spline(3, intervals)]), 60)).toEqual([])
    expect(designWarnings(design([spline(3, 50)]), 60)).toEqual([
      'Layer 1: Each curve has 53 coefficients for 60 rows: it can follow the noise of the data; take fewer intervals, and watch the validation loss.',
    ])
    expect(designWarnings(design([{ type: 'chebyshev', degree: 4 }]), 1)[0]).toContain('for one row: ')
  })
})
