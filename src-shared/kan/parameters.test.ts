import { expect, test } from 'vitest'
import { initialize } from '../numerics/initialize'
import { parameterCount } from './parameters'
import { type Basis, type Specification, specificationSchema } from './specification'

const spline = (intervals = 5, order = 3): Basis => ({ type: 'spline', order, intervals })

function design(widths: readonly number[], basis: Basis): Specification {
  const [inputs = 1, ...nodes] = widths
  return specificationSchema.parse({
    ...{ format: 1, name: 'counted' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    outputs: Array.from({ length: nodes.at(-1) ?? 1 }, (_, j) => ({ name: `y${j}` })),
    layers: nodes.map((count) => ({ nodes: count, basis })),
  })
}

test.each([
  { widths: [8, 16, 32, 16, 8, 1], basis: spline(15), parameters: 25_833 },
  { widths: [784, 64, 10], basis: spline(), parameters: 508_234 },
  { widths: [3072, 2000], basis: spline(), parameters: 61_442_000 },
  { widths: [10_000, 10], basis: spline(), parameters: 1_000_010 },
  { widths: [10_000, 1], basis: spline(), parameters: 100_001 },
  { widths: [406, 16, 2], basis: spline(15, 5), parameters: 143_634 },
  { widths: [406, 16, 2], basis: spline(15, 200), parameters: 1_416_594 },
  { widths: [19, 100, 64, 5], basis: spline(16), parameters: 181_189 },
  { widths: [100, 1000, 1], basis: spline(), parameters: 1_011_001 },
  { widths: [100, 1000, 1], basis: { type: 'rbf', centers: 8, kernel: 'matern52' } as const, parameters: 1_011_001 },
  { widths: [100, 1000, 1], basis: { type: 'chebyshev', degree: 9 } as const, parameters: 1_213_001 },
])('$widths of $basis has $parameters parameters', ({ widths, basis, parameters }) => {
  expect(parameterCount(design(widths, basis))).toBe(parameters)
})

test('the count is that of the numbers which are made', () => {
  const bases = [spline(1, 0), spline(7, 12), { type: 'rbf', centers: 1, kernel: 'spline' } as const]
  for (const basis of bases) {
    const specification = design([3, 4, 2], basis)
    const numbers = initialize(specification).flatMap(({ weights, baseScaler, basisScaler, bias }) => [
      ...weights,
      ...baseScaler,
      ...basisScaler,
      ...(bias ?? []),
    ])
    expect(numbers).toHaveLength(parameterCount(specification))
  }
})
