import { describe, expect, it } from 'vitest'
import { memoryMark } from './peak-memory'

describe('the peak of memory', () => {
  it('holds what came and went since the mark, and does not fall', () => {
    const peak = memoryMark()
    const before = peak()
    let block: Float64Array | null = new Float64Array(2 ** 23).fill(1)
    expect(block[5]).toBe(1)
    const high = peak()
    expect(high - before).toBeGreaterThan(2 ** 25)
    block = null
    expect(peak()).toBeGreaterThanOrEqual(high)
  })
})
