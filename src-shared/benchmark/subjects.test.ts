import { describe, expect, it } from 'vitest'
import { benchNetwork, benchParameters, type KanMethod } from './subjects'

const DEFAULTS = { batchSize: 1000, inputs: 100, hidden: 1000, repetitions: 50 }

describe("the benchmark's parameter counts", () => {
  it.each([
    ['spline', 1_011_001, 1_011_001],
    ['rbf', 1_019_801, 1_011_001],
    ['chebyshev', 1_213_001, 1_213_001],
  ] satisfies [KanMethod, number, number][])("are better_kan's: %s", (method, all, trainable) => {
    expect(benchParameters(benchNetwork(method, DEFAULTS))).toEqual({ all, trainable })
  })

  it('count a width for each centre of each input', () => {
    const { all, trainable } = benchParameters(benchNetwork('rbf', { ...DEFAULTS, inputs: 7, hidden: 13 }))
    expect(all - trainable).toBe(8 * (7 + 13))
  })
})
