import { expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenTable } from '../golden/golden'
import type { Base } from '../kan/specification'
import { baseSlope, baseValue } from './base'

const bases: readonly Base[] = ['silu', 'identity', 'tanh', 'zero']

test('silu is the golden one', () => {
  const x = goldenTable('x')
  expect(
    largestError(
      x.map((point) => baseValue('silu', point)),
      goldenTable('silu'),
    ),
  ).toBeLessThan(1e-10)
})

test.each(bases)('the slope of %s is that of its values', (base) => {
  const step = 1e-5
  for (const x of [-30, -4, -1, -0.2, 0, 0.3, 1, 5, 30]) {
    const slope = (baseValue(base, x + step) - baseValue(base, x - step)) / (2 * step)
    expect(baseSlope(base, x)).toBeCloseTo(slope, 8)
  }
})

test('far away the values and slopes are the limits, never NaN', () => {
  for (const far of [1e3, 1e20, Number.MAX_VALUE]) {
    expect(baseValue('silu', far)).toBe(far)
    expect(baseValue('silu', -far)).toBeCloseTo(0, 300)
    expect([baseSlope('silu', far), baseSlope('silu', -far)]).toEqual([1, 0])
    expect([baseValue('tanh', far), baseValue('tanh', -far)]).toEqual([1, -1])
    expect([baseSlope('tanh', far), baseSlope('tanh', -far)]).toEqual([0, 0])
    expect([baseValue('identity', -far), baseSlope('identity', -far)]).toEqual([-far, 1])
    expect([baseValue('zero', far), baseSlope('zero', far)]).toEqual([0, 0])
  }
})
