import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitScaling, scaleRows } from './scaling'

const scaled = (scaling: 'none' | 'standard' | 'minmax', values: readonly number[]) => {
  const column = Float64Array.from(values)
  return scaleRows(column, null, fitScaling(scaling, column))
}

const numbers = (min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: 1, maxLength: 50 })

describe('scaling', () => {
  it('none leaves every number as it is', () => {
    expect(fitScaling('none', Float64Array.of(1, 2))).toEqual({ center: 0, spread: 1 })
    expect([...scaled('none', [1.5, -2, 1e300])]).toEqual([1.5, -2, 1e300])
  })

  it('standard takes the mean and the population standard deviation, as scikit-learn does', () => {
    const { center, spread } = fitScaling('standard', Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))
    expect(center).toBe(5)
    expect(spread).toBeCloseTo(2, 14)
  })

  it('minmax makes −1 of the smallest and 1 of the largest', () => {
    expect([...scaled('minmax', [10, 20, 15, 12.5])]).toEqual([-1, 1, 0, -0.5])
  })

  it.each(['standard', 'minmax'] as const)('%s makes 0 of a constant column and of a single row', (scaling) => {
    expect([...scaled(scaling, [7, 7, 7])]).toEqual([0, 0, 0])
    expect([...scaled(scaling, [0.1])]).toEqual([0])
    // The mean of three times 0.1 is not 0.1 in binary.
    expect([...scaled(scaling, [0.1, 0.1, 0.1])]).toEqual([0, 0, 0])
  })

  it('keeps the milliseconds of time stamps that a float32 would lose', () => {
    const start = 1_764_057_600
    expect([...scaled('minmax', [start, start + 0.25, start + 0.5, start + 1])]).toEqual([-1, -0.5, 0, 1])
  })

  it('uses the figures that it is given for rows that had no part in them', () => {
    const figures = fitScaling('minmax', Float64Array.of(0, 10))
    expect([...scaleRows(Float64Array.of(5, 20, -10, 0), Uint32Array.of(1, 3), figures)]).toEqual([3, -1])
  })

  it('is undone by value · spread + center', () => {
    fc.assert(
      fc.property(numbers(-1e9, 1e9), fc.constantFrom('standard' as const, 'minmax' as const), (values, scaling) => {
        const column = Float64Array.from(values)
        const figures = fitScaling(scaling, column)
        const largest = Math.max(...values.map(Math.abs))
        for (const [k, value] of scaleRows(column, null, figures).entries()) {
          const error = Math.abs(value * figures.spread + figures.center - (column[k] ?? 0))
          expect(error).toBeLessThanOrEqual(1e-15 * largest + 1e-300)
        }
      }),
    )
  })

  it('has a finite centre and a finite spread above 0, however large or alike the values are', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const columns = fc.array(fc.oneof(finite, fc.constantFrom(5e-324, 0, -0, 1, 1 + Number.EPSILON)), { minLength: 1 })
    fc.assert(
      fc.property(columns, fc.constantFrom('standard' as const, 'minmax' as const), (values, scaling) => {
        const { center, spread } = fitScaling(scaling, Float64Array.from(values))
        expect(Number.isFinite(center)).toBe(true)
        expect(Number.isFinite(spread) && spread > 0).toBe(true)
      }),
    )
  })

  it('standard columns have mean 0 and variance 1', () => {
    fc.assert(
      fc.property(numbers(-1e6, 1e6), (values) => {
        fc.pre(Math.max(...values) - Math.min(...values) > 1)
        const column = scaled('standard', values)
        const mean = column.reduce((sum, value) => sum + value, 0) / column.length
        const variance = column.reduce((sum, value) => sum + value ** 2, 0) / column.length
        expect(mean).toBeCloseTo(0, 6)
        expect(variance).toBeCloseTo(1, 6)
      }),
    )
  })
})
