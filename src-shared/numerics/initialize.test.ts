import { describe, expect, test } from 'vitest'
import { type Basis, basisSize, type Specification, specificationSchema } from '../kan/specification'
import { basisValues } from './basis'
import { inputGrid } from './grid'
import { initialize, initializeLayer } from './initialize'

const bases: readonly Basis[] = [
  { type: 'spline', order: 3, intervals: 5 },
  { type: 'spline', order: 0, intervals: 4 },
  { type: 'rbf', centers: 8, kernel: 'gaussian' },
  { type: 'chebyshev', degree: 4 },
]

function design(basis: Basis, hidden = 3, more: Partial<Specification> = {}): Specification {
  const layers = [
    { nodes: hidden, basis },
    { nodes: 1, basis },
  ]
  return specificationSchema.parse({
    format: 1,
    name: 'test',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'f' }],
    layers,
    ...more,
  })
}

describe.each(bases)('$type', (basis) => {
  test('has the shapes of its tensors, and the same numbers every time', () => {
    const [first] = initialize(design(basis))
    const size = basisSize(basis)
    expect(first?.weights.length).toBe(3 * 2 * size)
    expect(initialize(design(basis))).toEqual(initialize(design(basis)))
    expect(initialize(design(basis, 3, { seed: 1 }))[0]?.weights).not.toEqual(first?.weights)
    expect(first?.weights.every(Number.isFinite)).toBe(true)
    expect(first?.grid?.length ?? 0).toBe(
      2 * inputGrid(basis, { grid: first?.grid ?? null, scale: null }, 0).grid.length,
    )
  })

  test('starts with noise within ±½·0.1/n at the grid points', () => {
    const [first] = initialize(design(basis))
    const size = basisSize(basis)
    const { grid, scale } = inputGrid(basis, { grid: first?.grid ?? null, scale: first?.scale ?? null }, 1)
    const values = new Float64Array(size)
    const noise: number[] = []
    // Order 0 ends before the last grid point: the values there are those of the intervals.
    for (let p = 0; p < (basis.type === 'spline' ? basis.intervals : size); p++) {
      const steps = basis.type === 'spline' ? basis.intervals : size
      basisValues(basis, -1 + (2 / steps) * p + 1e-12, grid, scale, values, null)
      for (let edge = 1; edge < 6; edge += 2) {
        noise.push(values.reduce((sum, value, m) => sum + value * (first?.weights[edge * size + m] ?? 0), 0))
      }
    }
    const largest = Math.max(...noise.map(Math.abs))
    expect(largest).toBeLessThanOrEqual((0.5 * 0.1) / size + 1e-9)
    expect(largest).toBeGreaterThan((0.2 * 0.1) / size)
    expect(Math.min(...noise)).toBeLessThan(0)
    expect(Math.max(...noise)).toBeGreaterThan(0)
  })

  test('gives a node the same curves in a wider layer', () => {
    const narrow = initializeLayer(design(basis, 3), 0)
    const wide = initializeLayer(design(basis, 7), 0)
    expect(wide.weights.slice(0, narrow.weights.length)).toEqual(narrow.weights)
  })
})

test.each([
  { type: 'chebyshev', degree: 20 },
  { type: 'chebyshev', degree: 40 },
  { type: 'chebyshev', degree: 100 },
  { type: 'spline', order: 12, intervals: 3 },
  { type: 'spline', order: 200, intervals: 15 },
  { type: 'rbf', centers: 80, kernel: 'spline' },
] as const)('weights are of modest size, however alike basis functions are: %o', (basis) => {
  const [first] = initialize(design(basis))
  expect(Math.max(...(first?.weights.map(Math.abs) ?? [Infinity]))).toBeLessThan(10)
  expect(first?.weights.some((weight) => weight !== 0)).toBe(true)
})

test('better_kan starts with scalers of 1 and no bias, scaled with a base scaler of 1/√inputs', () => {
  const [plain] = initialize(design({ type: 'chebyshev', degree: 2 }))
  const [, scaled] = initialize(design({ type: 'chebyshev', degree: 2 }, 3, { initialization: 'scaled' }))
  expect(new Set(plain?.baseScaler)).toEqual(new Set([1]))
  expect(new Set(plain?.basisScaler)).toEqual(new Set([1]))
  expect([...(plain?.bias ?? [])]).toEqual([0, 0, 0])
  expect(new Set(scaled?.baseScaler)).toEqual(new Set([1 / Math.sqrt(3)]))
  expect(new Set(scaled?.basisScaler)).toEqual(new Set([1]))
})

test('tied edges start with one curve', () => {
  const basis: Basis = { type: 'spline', order: 2, intervals: 3 }
  const free = design(basis)
  const tied = { ...free, layers: free.layers.map((layer, l) => (l === 0 ? { ...layer, tied: [tie] } : layer)) }
  const { weights } = initializeLayer(tied, 0)
  expect(weights.slice(5 * 5, 6 * 5)).toEqual(weights.slice(0, 5))
  expect(weights.slice(0, 25)).toEqual(initializeLayer(free, 0).weights.slice(0, 25))
})

const tie: [number, number][] = [
  [0, 0],
  [1, 2],
]
