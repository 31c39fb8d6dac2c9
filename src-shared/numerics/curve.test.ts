import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenArray, goldenBatch, goldenKinds, goldenModel } from '../golden/golden'
import type { LayerParameters } from '../kan/parameters'
import type { LayerSpecification } from '../kan/specification'
import { edgeCurve } from './curve'

describe.each(goldenKinds)('a curve of the golden %s network', (kind) => {
  const { specification, parameters } = goldenModel(kind)
  const layer = specification.layers[0] as LayerSpecification
  const tensors = parameters[0] as LayerParameters
  const { inputs } = goldenBatch(kind)
  const phi = goldenArray(kind, 'activations.0(batch,out,in)')

  test('is the golden activation of every edge', () => {
    for (let j = 0; j < 4; j++) {
      for (let i = 0; i < 3; i++) {
        const points = inputs.filter((_, k) => k % 3 === i)
        const expected = phi.filter((_, k) => k % 12 === j * 3 + i)
        expect(largestError(edgeCurve(layer, tensors, 3, [i, j], points), expected)).toBeLessThan(1e-10)
      }
    }
  })

  test('stays when its edge is pruned', () => {
    const pruned = { ...layer, pruned: [[2, 1]] as [number, number][] }
    expect(edgeCurve(pruned, tensors, 3, [2, 1], [0.3])).toEqual(edgeCurve(layer, tensors, 3, [2, 1], [0.3]))
  })

  test('is drawn from float32 numbers too', () => {
    const float32 = (numbers: Float64Array | null) => (numbers === null ? null : Float32Array.from(numbers))
    const drawing = {
      weights: Float32Array.from(tensors.weights),
      baseScaler: Float32Array.from(tensors.baseScaler),
      basisScaler: Float32Array.from(tensors.basisScaler),
      symbolic: null,
      grid: float32(tensors.grid),
      scale: float32(tensors.scale),
    }
    const points = [-0.95, -0.31, 0.02, 0.77]
    const exact = edgeCurve(layer, tensors, 3, [1, 0], points)
    expect(largestError(edgeCurve(layer, drawing, 3, [1, 0], points), exact)).toBeLessThan(1e-5)
  })
})
