import { expect, test } from 'vitest'
import { inSight, lengthOf } from './window'

test('what is in sight is drawn, with a few items around it', () => {
  expect(inSight(1000, 20, 2000, 100, 2)).toEqual({ first: 98, end: 107, offset: 1960 })
  expect(inSight(1000, 20, 0, 100, 2)).toEqual({ first: 0, end: 7, offset: 0 })
  expect(inSight(3, 20, 0, 100)).toEqual({ first: 0, end: 3, offset: 0 })
  expect(inSight(0, 20, 0, 100)).toEqual({ first: 0, end: 0, offset: 0 })
})

test('a list that is too long to draw reaches its first and its last item all the same', () => {
  const count = 10_000_000
  const length = lengthOf(count, 24)
  expect(length).toBeLessThan(count * 24)
  expect(inSight(count, 24, 0, 480).first).toBe(0)
  const last = inSight(count, 24, length - 480, 480)
  expect(last.end).toBe(count)
  const drawn = last.offset + (last.end - last.first) * 24
  expect(drawn, 'the last item ends where the list ends').toBeCloseTo(length, 3)
})
