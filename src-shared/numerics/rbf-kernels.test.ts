/** Can every radial kernel be begun with, changed to and changed from? */
import { expect, test } from 'vitest'
import { largestError } from '../golden/error'
import {
  type Basis,
  type LayerSpecification,
  type RbfKernel,
  rbfKernelSchema,
  specificationSchema,
} from '../kan/specification'
import { edgeCurve } from './curve'
import { initializeLayer } from './initialize'
import { random } from './random'
import { refitLayer } from './refit'

const kernels = rbfKernelSchema.options
const rbf = (kernel: RbfKernel, centers: number): Basis => ({ type: 'rbf', centers, kernel })
const spline: Basis = { type: 'spline', order: 3, intervals: 40 }
const inside = Array.from({ length: 101 }, (_, p) => -1 + (2 * p) / 101)

/** Two inputs, two nodes. */
function layerOf(basis: Basis) {
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'kernels', initialization: 'scaled' },
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'a' }, { name: 'b' }],
    layers: [{ nodes: 2, basis, base: 'zero' }],
  })
  return { layer: specification.layers[0] as LayerSpecification, parameters: initializeLayer(specification, 0) }
}

test.each(kernels.flatMap((kernel) => [1, 2, 8, 50].map((centers) => ({ kernel, centers }))))(
  '$centers functions of the kernel $kernel begin as small curves of numbers that do not cancel',
  ({ kernel, centers }) => {
    const { layer, parameters } = layerOf(rbf(kernel, centers))
    expect(Math.max(...parameters.weights.map(Math.abs))).toBeLessThan(1)
    for (const input of [0, 1]) {
      const curve = edgeCurve(layer, parameters, 2, [input, 0], inside)
      expect(Math.max(...curve.map(Math.abs))).toBeLessThan(2 / centers)
    }
  },
)

test.each(kernels)('curves of the kernel %s keep their shape as splines, and come back as they were', (kernel) => {
  const { layer, parameters } = layerOf(rbf(kernel, 8))
  const next = random(3)
  parameters.weights.forEach((_, k) => {
    parameters.weights[k] = 2 * next() - 1
  })
  const asSpline = { ...layer, basis: spline }
  const refitted = refitLayer(layer, parameters, asSpline, 2)
  const back = refitLayer(asSpline, refitted, layer, 2)
  for (const input of [0, 1]) {
    const before = edgeCurve(layer, parameters, 2, [input, 1], inside)
    // The kinks of two kernels fall between knots.
    const within = kernel.startsWith('poisson') ? 0.1 : 2e-3
    expect(largestError(edgeCurve(asSpline, refitted, 2, [input, 1], inside), before)).toBeLessThan(within)
    expect(largestError(edgeCurve(layer, back, 2, [input, 1], inside), before)).toBeLessThan(within)
  }
})

test.each(kernels)('a spline becomes the kernel %s as well as it can, with numbers of modest size', (kernel) => {
  const { layer, parameters } = layerOf({ type: 'spline', order: 3, intervals: 5 })
  for (const centers of [1, 3, 12, 60]) {
    const next = { ...layer, basis: rbf(kernel, centers) }
    const refitted = refitLayer(layer, parameters, next, 2)
    expect(refitted.weights.every((weight) => Math.abs(weight) < 1)).toBe(true)
    const before = edgeCurve(layer, parameters, 2, [0, 0], inside)
    const rest = edgeCurve(next, refitted, 2, [0, 0], inside).map((value, p) => value - (before[p] as number))
    expect(norm(rest)).toBeLessThan(1.01 * norm(before))
  }
})

function norm(values: Float64Array): number {
  return Math.hypot(...values)
}
