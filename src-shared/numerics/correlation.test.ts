import { describe, expect, it } from 'vitest'
import { correlationRatio, correlationWith, ranks } from './correlation'

const of = (...values: number[]) => Float64Array.from(values)
const pearson = (x: Float64Array, y: Float64Array) => correlationWith(y)(x).pearson
const spearman = (x: Float64Array, y: Float64Array) => correlationWith(y)(x).rank

describe('correlation', () => {
  it("is Pearson's r of the pairs that are whole", () => {
    expect(pearson(of(1, 2, 3, 4), of(2, 4, 6, 8))).toBeCloseTo(1, 14)
    expect(pearson(of(1, 2, 3, 4), of(4, 3, 2, 1))).toBeCloseTo(-1, 14)
    // Anscombe's first data set.
    const x = of(10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)
    const y = of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68)
    expect(pearson(x, y)).toBeCloseTo(0.81642051634484, 12)
    expect(spearman(x, y)).toBeCloseTo(0.8181818181818182, 12)
    expect(pearson(of(1, Number.NaN, 2, 3), of(1, 100, 2, 3))).toBeCloseTo(1, 14)
    expect(spearman(of(1, Number.NaN, 2, 3), of(1, 100, 2, 9))).toBeCloseTo(1, 14)
  })

  it('is undefined of what does not vary, and holds for any size of numbers', () => {
    expect(pearson(of(5, 5, 5), of(1, 2, 3))).toBeNull()
    expect(spearman(of(1, 2, 3), of(7, 7, 7))).toBeNull()
    expect(pearson(of(), of())).toBeNull()
    expect(pearson(of(1e-300, 2e-300, 3e-300), of(-1e308, 0, 1e308))).toBeCloseTo(1, 12)
    expect(pearson(of(1e9, 1e9 + 1, 1e9 + 2), of(1, 2, 3))).toBeCloseTo(1, 12)
  })

  it('ranks equal values alike, so that any rising curve has 1', () => {
    expect([...ranks(of(3, 1, 3, 0))]).toEqual([2.5, 1, 2.5, 0])
    expect(spearman(of(1, 2, 3, 4, 5), of(1, 8, 27, 64, 1e6))).toBeCloseTo(1, 14)
  })

  it('tells how much of a number a category explains', () => {
    const codes = Uint32Array.of(0, 0, 1, 1, 0xffffffff)
    expect(correlationRatio(codes, 2, of(1, 1, 5, 5, 900))).toBeCloseTo(1, 14)
    expect(correlationRatio(codes, 2, of(1, 3, 1, 3, 900))).toBeCloseTo(0, 14)
    expect(correlationRatio(codes, 2, of(0, 2, 4, 6, 900)), 'sqrt(16 / 20)').toBeCloseTo(Math.sqrt(0.8), 14)
    expect(correlationRatio(codes, 2, of(2, 2, 2, 2, 900))).toBeNull()
  })
})
