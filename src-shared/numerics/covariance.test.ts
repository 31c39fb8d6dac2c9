import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Base, type Basis, basisSize } from '../kan/specification'
import { baseValue } from './base'
import { basisValues } from './basis'
import { functionSpread } from './covariance'
import { initialGrid } from './grid'
import { layerForward } from './layer'
import { random } from './random'

const bases: readonly Basis[] = [
  { type: 'spline', order: 3, intervals: 5 },
  { type: 'spline', order: 0, intervals: 2 },
  { type: 'rbf', centers: 4, kernel: 'gaussian' },
  { type: 'chebyshev', degree: 6 },
]

test('an edge spreads as its phi does, row by row', () => {
  const samples = fc.record({
    basis: fc.constantFrom(...bases),
    base: fc.constantFrom<Base>('silu', 'identity', 'tanh', 'zero'),
    rows: fc.integer({ min: 1, max: 40 }),
    seed: fc.nat(1e6),
  })
  fc.assert(
    fc.property(samples, ({ basis, base, rows, seed }) => {
      const next = random(seed)
      const x = Float64Array.from({ length: rows }, () => next() * 3 - 1.5)
      const { spread, direct } = bothWays(basis, base, x, () => next() * 2 - 1)
      expect(Math.abs(spread - direct)).toBeLessThan(1e-6 * (direct + 1e-3))
    }),
    { seed: 3 },
  )
})

test('a curve that is flat does not spread, though its terms do', () => {
  const x = Float64Array.from({ length: 50 }, (_, b) => -0.99 + 0.039 * b)
  // Splines add up to 1 within the grid.
  expect(bothWays({ type: 'spline', order: 3, intervals: 5 }, 'zero', x, () => 0.3).spread).toBe(0)
})

function bothWays(basis: Basis, base: Base, x: Float64Array, draw: () => number) {
  const { grid, scale } = initialGrid(basis, [-1, 1])
  const size = basisSize(basis)
  const curve = { weights: Float64Array.from({ length: size }, draw), baseScaler: Float64Array.of(draw()) }
  const scaler = draw()
  const parameters = { ...curve, basisScaler: Float64Array.of(scaler), bias: null, symbolic: null, grid, scale }
  const one = { basis, base, inputs: 1, nodes: 1, pruned: new Uint8Array(1), functions: null, parameters }

  const functions = new Float64Array(1 + size)
  const sums = new Float64Array(1 + size)
  const products = new Float64Array((1 + size) ** 2)
  for (const point of x) {
    functions[0] = baseValue(base, point)
    basisValues(basis, point, grid, scale, functions.subarray(1), null)
    functions.forEach((f, a) => {
      sums[a] = (sums[a] as number) + f
      functions.forEach((g, b) => {
        products[a * (1 + size) + b] = (products[a * (1 + size) + b] as number) + f * g
      })
    })
  }
  const theta = Float64Array.of(curve.baseScaler[0] as number, ...curve.weights.map((weight) => scaler * weight))
  const spread = functionSpread(products, sums, x.length).deviation(theta, new Float64Array(1 + size))
  return { spread, direct: layerForward(one, x).phi.deviation[0] as number }
}
