import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { type Basis, type LayerSpecification, specificationSchema } from '../kan/specification'
import { edgeCurve } from './curve'
import { initializeLayer } from './initialize'
import { random } from './random'
import { refitLayer } from './refit'

const spline = (order: number, intervals: number): Basis => ({ type: 'spline', order, intervals })
const rbf: Basis = { type: 'rbf', centers: 12, kernel: 'gaussian' }
const chebyshev: Basis = { type: 'chebyshev', degree: 6 }
const inside = Array.from({ length: 101 }, (_, p) => -1 + (2 * p) / 101)

/** Two inputs, three nodes, curves of about unit size. */
function layerOf(basis: Basis) {
  const specification = specificationSchema.parse({
    format: 1,
    name: 'test',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    layers: [{ nodes: 3, basis }],
  })
  const parameters = initializeLayer(specification, 0)
  const next = random(3)
  for (const tensor of [parameters.weights, parameters.baseScaler, parameters.basisScaler]) {
    tensor.forEach((_, k) => {
      tensor[k] = next() * 2 - 1
    })
  }
  return { layer: specification.layers[0] as LayerSpecification, parameters }
}

function worstError(from: Basis, to: Basis, points: readonly number[] = inside): number {
  const { layer, parameters } = layerOf(from)
  const next = { ...layer, basis: to }
  const refitted = refitLayer(layer, parameters, next, 2)
  const errors = [0, 1].flatMap((i) =>
    [0, 1, 2].map((j) =>
      largestError(edgeCurve(next, refitted, 2, [i, j], points), edgeCurve(layer, parameters, 2, [i, j], points)),
    ),
  )
  return Math.max(...errors)
}

describe('a curve in another basis', () => {
  test.each([
    { from: spline(3, 5), to: spline(3, 10) },
    { from: spline(3, 5), to: spline(3, 5) },
    { from: spline(0, 3), to: spline(0, 6) },
    { from: spline(2, 1), to: spline(4, 3) },
    { from: chebyshev, to: { type: 'chebyshev', degree: 9 } as const },
  ])('that can hold it is the same curve: $from to $to', ({ from, to }) => {
    expect(worstError(from, to)).toBeLessThan(1e-10)
  })

  test.each([
    { from: spline(3, 5), to: rbf, within: 0.1 },
    { from: rbf, to: spline(3, 40), within: 1e-3 },
    { from: chebyshev, to: spline(3, 20), within: 1e-3 },
    { from: chebyshev, to: rbf, within: 0.1 },
    { from: spline(3, 3), to: { type: 'chebyshev', degree: 12 } as const, within: 0.05 },
  ])('that cannot quite hold it comes near: $from.type to $to.type', ({ from, to, within }) => {
    // Radial functions have no centre at the right end of the range, so their curves droop in the last step.
    expect(
      worstError(
        from,
        to,
        inside.filter((x) => x < 0.75),
      ),
    ).toBeLessThan(within)
  })

  test('can be very fine', () => {
    expect(worstError(spline(3, 5), spline(3, 3001))).toBeLessThan(1e-3)
    expect(worstError(spline(3, 7), spline(3, 2800))).toBeLessThan(1e-10)
  })

  test('has weights of modest size, however many polynomials there are for it', () => {
    const { layer, parameters } = layerOf(spline(1, 7))
    const { weights } = refitLayer(layer, parameters, { ...layer, basis: { type: 'chebyshev', degree: 40 } }, 2)
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(100)
  })

  test('keeps scalers and bias, and copies them', () => {
    const { layer, parameters } = layerOf(rbf)
    const refitted = refitLayer(layer, parameters, { ...layer, basis: chebyshev }, 2)
    expect(refitted.baseScaler).toEqual(parameters.baseScaler)
    expect(refitted.basisScaler).toEqual(parameters.basisScaler)
    expect(refitted.bias).toEqual(parameters.bias)
    expect(refitted.baseScaler).not.toBe(parameters.baseScaler)
    expect([refitted.grid, refitted.scale]).toEqual([null, null])
  })

  test('stands on each input’s own range', () => {
    const { layer, parameters } = layerOf(spline(3, 5))
    parameters.grid?.subarray(12).forEach((knot, m, grid) => {
      grid[m] = 10 + 4 * knot
    })
    const next = { ...layer, basis: spline(3, 10) }
    const refitted = refitLayer(layer, parameters, next, 2)
    const points = inside.map((x) => 10 + 4 * x)
    const before = edgeCurve(layer, parameters, 2, [1, 2], points)
    expect(largestError(edgeCurve(next, refitted, 2, [1, 2], points), before)).toBeLessThan(1e-10)
    expect(refitted.grid?.[3]).toBeCloseTo(-1, 12)
    expect(refitted.grid?.[17 + 3]).toBeCloseTo(6, 12)
  })

  test.each([spline(3, 5), { type: 'rbf', centers: 1, kernel: 'gaussian' } as const])(
    'falls back to the layer’s range where the old grid has none: $type',
    (basis) => {
      const { layer, parameters } = layerOf(basis)
      parameters.grid?.fill(0.25)
      const refitted = refitLayer(layer, parameters, { ...layer, basis: spline(2, 4) }, 2)
      expect(refitted.weights.every(Number.isFinite)).toBe(true)
      expect([refitted.grid?.[2], refitted.grid?.[6]]).toEqual([-1, 1])
    },
  )
})

describe('a grid of its own shape', () => {
  function uneven(basis: Basis) {
    const { layer, parameters } = layerOf(basis)
    parameters.grid?.forEach((knot, m, grid) => {
      grid[m] = knot + (0.4 * Math.sin(3 * knot)) / 3
    })
    return { layer, parameters }
  }
  const points = Array.from({ length: 200 }, (_, p) => -1.2 + 0.0121 * p)

  test.each([
    { from: 5, to: 10 },
    { from: 5, to: 15 },
    { from: 1, to: 7 },
  ])('is divided evenly from $from to $to intervals, and the curves stay the same', ({ from, to }) => {
    for (const order of [0, 1, 2, 3, 5]) {
      const { layer, parameters } = uneven(spline(order, from))
      const next = { ...layer, basis: spline(order, to) }
      const refitted = refitLayer(layer, parameters, next, 2)
      const old = parameters.grid?.subarray(order, order + from + 1) ?? []
      old.forEach((knot, m) => {
        expect(refitted.grid?.[order + (m * to) / from]).toBe(knot)
      })
      const inside = points.filter((x) => x >= (old[0] as number) && x < (old[from] as number))
      const before = edgeCurve(layer, parameters, 2, [0, 1], inside)
      expect(largestError(edgeCurve(next, refitted, 2, [0, 1], inside), before)).toBeLessThan(1e-12)
    }
  })

  test('keeps its quantiles where the numbers of intervals have nothing in common', () => {
    const { layer, parameters } = uneven(spline(3, 4))
    const refitted = refitLayer(layer, parameters, { ...layer, basis: spline(3, 8) }, 2)
    const back = refitLayer({ ...layer, basis: spline(3, 8) }, refitted, { ...layer, basis: spline(3, 6) }, 2)
    const quantile = (knots: Float64Array | null, m: number) => knots?.[3 + m] ?? Number.NaN
    expect(quantile(back.grid, 3)).toBe(quantile(parameters.grid, 2))
    expect(quantile(back.grid, 0)).toBe(quantile(parameters.grid, 0))
    expect(quantile(back.grid, 6)).toBe(quantile(parameters.grid, 4))
  })

  test('of RBF keeps the spacing of its centres', () => {
    const { layer, parameters } = uneven(rbf)
    const refitted = refitLayer(layer, parameters, { ...layer, basis: { ...rbf, centers: 24 } }, 2)
    parameters.grid?.subarray(0, 12).forEach((center, m) => {
      expect(refitted.grid?.[2 * m]).toBe(center)
    })
    const inside = points.filter((x) => Math.abs(x) < 0.8)
    const before = edgeCurve(layer, parameters, 2, [0, 1], inside)
    const after = edgeCurve({ ...layer, basis: { ...rbf, centers: 24 } }, refitted, 2, [0, 1], inside)
    expect(largestError(after, before)).toBeLessThan(0.05)
  })

  test('of RBF with another kernel stays', () => {
    const { layer, parameters } = uneven(rbf)
    const refitted = refitLayer(layer, parameters, { ...layer, basis: { ...rbf, kernel: 'gaussian' } }, 2)
    expect([refitted.grid, refitted.scale]).toEqual([parameters.grid, parameters.scale])
  })
})
