import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Base, type Basis, basisSize } from '../kan/specification'
import { covariance } from './covariance'
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
    centre: fc.constantFrom(0, 0.7, 300),
    seed: fc.nat(1e6),
  })
  fc.assert(
    fc.property(samples, ({ basis, base, rows, centre, seed }) => {
      const next = random(seed)
      const x = Float64Array.from({ length: rows }, () => centre + next() * 2 - 1)
      const grid = initialGrid(basis, [-1, 1])
      const { spread, direct } = bothWays(basis, base, grid, x, () => next() * 2 - 1)
      expect(Math.abs(spread - direct)).toBeLessThan(1e-6 * (direct + 1e-3))
    }),
    { seed: 3 },
  )
})

test.each([0.1, 5, -1e6])('a column that is %d all the way down does not spread', (value) => {
  for (const basis of bases) {
    const x = new Float64Array(7).fill(value)
    expect(bothWays(basis, 'silu', initialGrid(basis, [-1, 1]), x, () => 0.3)).toEqual({ spread: 0, direct: 0 })
  }
})

test('a curve that is flat does not spread, though its terms do', () => {
  const basis: Basis = { type: 'spline', order: 3, intervals: 5 }
  const x = Float64Array.from({ length: 50 }, (_, b) => -0.99 + 0.039 * b)
  // Splines add up to 1 within the grid.
  expect(bothWays(basis, 'zero', initialGrid(basis, [-1, 1]), x, () => 0.3).spread).toBe(0)
})

function bothWays(basis: Basis, base: Base, grid: ReturnType<typeof initialGrid>, x: Float64Array, draw: () => number) {
  const size = basisSize(basis)
  const parameters = {
    weights: Float64Array.from({ length: size }, draw),
    baseScaler: Float64Array.of(draw()),
    basisScaler: Float64Array.of(draw()),
    bias: null,
    symbolic: null,
    grid: grid.grid,
    scale: grid.scale,
  }
  const one = { basis, base, inputs: 1, nodes: 1, pruned: new Uint8Array(1), functions: null, parameters }
  const taken = covariance({ basis, base }, grid)
  for (const point of x) taken.add(point)
  const scaler = parameters.basisScaler[0] as number
  const theta = [parameters.baseScaler[0] as number, ...parameters.weights.map((weight) => scaler * weight)]
  return {
    spread: taken.finish().deviation(theta, new Float64Array(theta.length)),
    direct: layerForward(one, x).phi.deviation[0] as number,
  }
}
