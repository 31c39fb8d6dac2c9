import { describe, expect, it } from 'vitest'
import { DEFAULT_BASES } from './method'
import { DEFAULT_SHAPE } from './plan'
import { benchNetwork, benchParameters } from './subjects'

describe("the benchmark's parameter counts", () => {
  it.each([
    ['spline', 1_011_001, 1_011_001],
    ['rbf', 1_019_801, 1_011_001],
    ['chebyshev', 1_213_001, 1_213_001],
  ] as const)("are better_kan's: %s", (method, all, trainable) => {
    expect(benchParameters(benchNetwork(DEFAULT_BASES[method], DEFAULT_SHAPE))).toEqual({ all, trainable })
  })

  it('count a width for each centre of each input', () => {
    const { all, trainable } = benchParameters(
      benchNetwork(DEFAULT_BASES.rbf, { ...DEFAULT_SHAPE, inputs: 7, hidden: 13 }),
    )
    expect(all - trainable).toBe(8 * (7 + 13))
  })
})
