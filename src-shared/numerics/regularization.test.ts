import { expect, test } from 'vitest'
import { betterKanPenalty } from './regularization'

test('equal edges have the entropy ln n, and only L1 pulls at them', () => {
  const { value, gradient } = betterKanPenalty(Float64Array.of(0.5, 0.5, 0.5, 0.5), { l1: 3, entropy: 2 })
  expect(value).toBeCloseTo(3 * 2 + 2 * Math.log(4), 14)
  gradient.forEach((slope) => {
    expect(slope).toBeCloseTo(3, 14)
  })
})

test('edges of size 0 add nothing, also where all are 0', () => {
  expect(betterKanPenalty(Float64Array.of(0, 2, 0), { l1: 1, entropy: 1 }).value).toBe(2)
  expect(betterKanPenalty(Float64Array.of(0, 2, 0), { l1: 1, entropy: 1 }).gradient[0]).toBe(1)
  expect(betterKanPenalty(new Float64Array(3), { l1: 1, entropy: 1 })).toEqual({
    value: 0,
    gradient: Float64Array.of(1, 1, 1),
  })
})
