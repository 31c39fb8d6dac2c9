import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LayerTensors } from '../kan/parameters'
import { checkSpecification } from '../kan/validate'
import { clipGradients } from './clip'

/** One layer of two inputs and one output, a basis of two functions. */
const design = (change: object = {}, groups: readonly number[] = [0, 0]) =>
  checkSpecification(
    {
      format: 1,
      name: 'test',
      inputs: groups.map((group, i) => ({ name: `x${i}`, group })),
      outputs: [{ name: 'y' }],
      layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 1 }, ...change }],
    },
    'test',
  )

const tensors = (...[a, b, c, d, e]: readonly [number, number, number, number, number]): LayerTensors => ({
  weights: Float64Array.of(a, b, 0, 0),
  baseScaler: Float64Array.of(c, d),
  basisScaler: Float64Array.of(0, 0),
  bias: Float64Array.of(e),
  symbolic: null,
})

describe('a gradient that is too long', () => {
  it('is shortened as a whole to the norm, and a shorter one stays as it is', () => {
    const gradients = [tensors(1, 2, 2, 0, 4)]
    const [clipped] = clipGradients(design(), gradients, 1)
    // torch.nn.utils.clip_grad_norm_ of 1, 2, 2 and 4.
    expect(clipped?.weights[1]).toBeCloseTo(0.399999920000016, 14)
    expect(clipped?.bias?.[0]).toBeCloseTo(0.799999840000032, 14)
    expect(clipGradients(design(), gradients, 5.1)).toBe(gradients)
    expect(clipGradients(design(), gradients, null)).toBe(gradients)
  })

  it('is not made longer by edges that rest, but shortened there too', () => {
    const gradients = [tensors(300, 0, 400, 3, 4)]
    for (const change of [{ frozen: [[0, 0]] }, { pruned: [[0, 0]] }]) {
      const [clipped] = clipGradients(design(change), gradients, 1)
      expect(clipped?.bias?.[0]).toBeCloseTo(0.8, 6)
      expect(clipped?.weights[0]).toBeCloseTo(60, 4)
    }
  })

  it('counts what several edges share once, by a tie or by a group of inputs', () => {
    const shared = [tensors(0, 0, 3, 3, 4)]
    const tied = design({
      tied: [
        [
          [0, 0],
          [1, 0],
        ],
      ],
    })
    for (const specification of [tied, design({}, [1, 1])]) {
      const [clipped] = clipGradients(specification, shared, 1)
      expect(clipped?.bias?.[0]).toBeCloseTo(0.8, 6)
    }
  })

  it('keeps its direction and never exceeds the norm', () => {
    const number = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.tuple(number, number, number, number, number), fc.constantFrom(0.01, 1, 50), (drawn, maximum) => {
        const [clipped] = clipGradients(design(), [tensors(...drawn)], maximum)
        if (clipped === undefined) throw new Error('no gradients')
        const { weights, baseScaler, bias } = clipped
        const after = [...weights.subarray(0, 2), ...baseScaler, ...(bias ?? [])]
        expect(Math.hypot(...after)).toBeLessThanOrEqual(maximum * (1 + 1e-12))
        const factor = Math.min(1, maximum / (Math.hypot(...drawn) + 1e-6))
        drawn.forEach((value, k) => {
          expect(after[k]).toBeCloseTo(factor * value, 9)
        })
      }),
    )
  })
})
