import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RegressionMetrics, RegressionSum } from './regression-metrics'

function metricsOf(truth: readonly number[], predicted: readonly number[]): RegressionMetrics {
  const sum = new RegressionSum()
  truth.forEach((value, row) => {
    sum.add(value, predicted[row] ?? Number.NaN)
  })
  return sum.metrics()
}

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true })
const numbers = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 })

describe('R², RMSE and MAE', () => {
  it('are those of scikit-learn', () => {
    // sklearn.metrics.r2_score, root_mean_squared_error and mean_absolute_error of these four rows.
    const { r2, rmse, mae } = metricsOf([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    expect(r2).toBeCloseTo(0.9486081370449679, 14)
    expect(rmse).toBeCloseTo(0.6123724356957945, 14)
    expect(mae).toBe(0.5)
  })

  it('are 1, 0 and 0 for a perfect prediction, and R² is 0 for the mean', () => {
    expect(metricsOf([1, 2, 4], [1, 2, 4])).toEqual({ rows: 3, lost: 0, r2: 1, rmse: 0, mae: 0 })
    expect(metricsOf([1, 2, 6], [3, 3, 3]).r2).toBeCloseTo(0, 14)
  })

  it('are what their definitions say, in two passes', () => {
    fc.assert(
      fc.property(numbers, (pairs) => {
        const truth = pairs.map(([first]) => first)
        const predicted = pairs.map(([, second]) => second)
        const mean = truth.reduce((sum, one) => sum + one / truth.length, 0)
        const total = truth.reduce((sum, one) => sum + (one - mean) ** 2, 0)
        const residual = pairs.reduce((sum, [one, guess]) => sum + (one - guess) ** 2, 0)
        const { r2, rmse, mae } = metricsOf(truth, predicted)
        expect(rmse).toBeCloseTo(Math.sqrt(residual / pairs.length), 8)
        expect(mae).toBeCloseTo(
          pairs.reduce((sum, [value, guess]) => sum + Math.abs(value - guess), 0) / pairs.length,
          8,
        )
        fc.pre(total > 1e-3)
        expect(Math.abs((r2 ?? 0) - (1 - residual / total))).toBeLessThan(1e-9 * (1 + residual / total))
      }),
    )
  })

  it('do not lose digits where all values are far from 0', () => {
    const truth = Array.from({ length: 1000 }, (_, k) => 1e9 + k)
    const predicted = truth.map((value) => value + 1)
    // Σ (k − 499.5)² = (1000³ − 1000)/12
    expect(metricsOf(truth, predicted).r2).toBeCloseTo(1 - 1000 / ((1e9 - 1000) / 12), 12)
  })

  it('leave R² undefined where the true values are all the same, also where their mean is not exact', () => {
    const truth = new Array<number>(10).fill(0.1)
    const { r2, rmse } = metricsOf(truth, new Array<number>(10).fill(0.3))
    expect(r2).toBeNull()
    expect(rmse).toBeCloseTo(0.2, 14)
    expect(metricsOf([5], [4])).toMatchObject({ rows: 1, r2: null, rmse: 1 })
    expect(metricsOf([], [])).toEqual({ rows: 0, lost: 0, r2: null, rmse: null, mae: null })
  })

  it('count rows without a finite prediction and leave them out', () => {
    const metrics = metricsOf([1, 2, 3, 9], [1, 2, 4, Number.NaN])
    expect(metrics).toMatchObject({ rows: 3, lost: 1, r2: 0.5 })
  })
})
