import { expect, test } from 'vitest'
import { specificationSchema } from './specification'
import { stepEstimate } from './speed'

function network(inputs: number, widths: readonly number[]) {
  return specificationSchema.parse({
    ...{ format: 1, name: 'n', seed: 1, outputs: [{ name: 'y' }] },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    layers: widths.map((nodes) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 } })),
  })
}

test('the two networks that were measured come out within a quarter', () => {
  expect(1 / stepEstimate(network(2, [5, 1]), 1000)).toBeGreaterThan(17_000 * 0.75)
  expect(1 / stepEstimate(network(2, [5, 1]), 1000)).toBeLessThan(17_000 * 1.25)
  const wide = 1000 * stepEstimate(network(100, [1000, 1]), 1000)
  expect(wide).toBeGreaterThan(24.8 * 0.75)
  expect(wide).toBeLessThan(24.8 * 1.25)
})

test('twice the rows take no less, and a wider network takes longer', () => {
  const design = network(4, [20, 1])
  for (let rows = 1; rows < 1e6; rows *= 2) {
    expect(stepEstimate(design, 2 * rows)).toBeGreaterThanOrEqual(stepEstimate(design, rows))
  }
  expect(stepEstimate(network(4, [40, 1]), 1e4)).toBeGreaterThan(stepEstimate(design, 1e4))
})
