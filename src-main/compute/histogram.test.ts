import { describe, expect, it } from 'vitest'
import { histogram } from './histogram'

describe('a histogram', () => {
  it('counts every finite value once, the largest too', () => {
    const { minimum, maximum, counts } = histogram(
      Float32Array.of(-1, 0, 0.999, 1, 3, Number.NaN, Number.POSITIVE_INFINITY),
    )
    expect([minimum, maximum]).toEqual([-1, 3])
    expect(counts).toHaveLength(64)
    expect([counts[0], counts[16], counts[31], counts[32], counts[63]]).toEqual([1, 1, 1, 1, 1])
    expect(counts.reduce((sum, count) => sum + count)).toBe(5)
  })

  it('of a constant is one bin, of nothing none', () => {
    expect(histogram(Float32Array.of(7, 7, 7))).toMatchObject({ minimum: 7, maximum: 7 })
    expect(histogram(Float32Array.of(7, 7, 7)).counts[0]).toBe(3)
    expect(histogram(Float32Array.of(Number.NaN)).counts.every((count) => count === 0)).toBe(true)
  })
})
