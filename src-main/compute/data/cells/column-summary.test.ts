import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summarizeNumbers, sumOf } from './column-summary'

describe('the summary of a column', () => {
  it('gives the figures of its numbers', () => {
    expect(summarizeNumbers('x', Float64Array.of(3, 1, 2, 2), 1)).toMatchObject({
      name: 'x',
      type: 'number',
      missing: 1,
      distinct: 3,
      min: 1,
      max: 3,
      mean: 2,
      sum: 8,
    })
  })

  it('leaves out what is not finite', () => {
    const values = Float64Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 3)
    expect(summarizeNumbers('x', values)).toMatchObject({ distinct: 2, min: 1, max: 3, mean: 2, sum: 4 })
  })

  it('has no figures where there is no number', () => {
    expect(summarizeNumbers('x', Float64Array.of(Number.NaN), 1)).toEqual({
      name: 'x',
      type: 'number',
      unit: null,
      missing: 1,
      bad: 0,
      distinct: 0,
      min: null,
      max: null,
      mean: null,
      sum: null,
      histogram: [],
      values: [],
      suspects: [],
    })
  })

  it('shows a constant column as one bin', () => {
    expect(summarizeNumbers('x', new Float64Array(12).fill(7))).toMatchObject({ distinct: 1, histogram: [12] })
  })

  it('counts every finite number in exactly one bin, however far apart or near they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (values) => {
        const finite = values.filter(Number.isFinite).length
        const { histogram } = summarizeNumbers('x', Float64Array.from(values))
        expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(finite)
      }),
    )
  })

  it('changes nothing in the column', () => {
    const values = Float64Array.of(3, 1, 2)
    summarizeNumbers('x', values)
    expect([...values]).toEqual([3, 1, 2])
  })

  it('adds up small numbers beside large ones', () => {
    expect(sumOf(Float64Array.of(1e16, 1, -1e16))).toBe(1)
    expect(sumOf(new Float64Array(10).fill(0.1))).toBe(1)
    expect(sumOf(Float64Array.of(1e308, 1e308))).toBe(Number.POSITIVE_INFINITY)
  })
})
