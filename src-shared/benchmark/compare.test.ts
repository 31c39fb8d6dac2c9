import { describe, expect, it } from 'vitest'
import { random } from '../numerics/random'
import { compareReports, mannWhitney, ratioOf } from './compare'
import { benchRow } from './results'

const noisy = (mean: number, seed: number, count = 30) => {
  const next = random(seed, 'noise')
  return Array.from({ length: count }, () => mean * (0.95 + 0.1 * next()))
}

describe('a comparison', () => {
  it("has Mann and Whitney's p, as SciPy computes it", () => {
    // scipy.stats.mannwhitneyu(…, method='asymptotic')
    expect(mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12])).toBeCloseTo(0.11134688653314041, 5)
    expect(mannWhitney([1, 2, 2, 3, 5], [2, 4, 4, 6, 7, 8])).toBeCloseTo(0.07934368319771502, 5)
    expect(mannWhitney([1, 1], [1, 1])).toBe(1)
  })

  it('marks what is faster or slower beyond chance, and nothing else', () => {
    expect(ratioOf(noisy(100, 1), noisy(80, 2))).toMatchObject({ verdict: 'faster' })
    expect(ratioOf(noisy(100, 1), noisy(120, 2))).toMatchObject({ verdict: 'slower' })
    expect(ratioOf(noisy(100, 1), noisy(100, 2))).toMatchObject({ verdict: 'no difference' })
    expect(ratioOf([100], [50])).toMatchObject({ ratio: 0.5, verdict: 'no difference' })
    const { ratio, lower, upper } = ratioOf(noisy(100, 1), noisy(80, 2))
    expect(ratio).toBeCloseTo(0.8, 1)
    expect(lower).toBeLessThan(ratio)
    expect(upper).toBeGreaterThan(ratio)
  })

  it('tells which rows only one report has', () => {
    const row = (name: string, times: readonly number[]) =>
      benchRow(
        { name, method: name, engine: 'wasm', threads: null, regularized: false, widths: [2, 3, 1], batchSize: 10 },
        { forward: times, backward: times, step: times },
        { forwardBytes: 1, backwardBytes: 1, deviceBytes: null, parameters: 1, trainable: 1 },
      )
    const before = { rows: [row('a', noisy(10, 1)), row('b', [1])] }
    const { rows, onlyBefore, onlyAfter } = compareReports(before, { rows: [row('c', [1]), row('a', noisy(20, 2))] })
    expect(rows.map(({ name, step }) => [name, step.verdict])).toEqual([['a', 'slower']])
    expect([onlyBefore, onlyAfter]).toEqual([['b'], ['c']])
  })
})
