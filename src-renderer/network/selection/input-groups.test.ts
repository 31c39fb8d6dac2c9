import { expect, test } from 'vitest'
import { bringBackEdit, discardEdit, dissolveEdit, groupEdit, leaveEdit } from './input-groups'

const inputs = [1, 0, 1, -1, 0].map((group, i) => ({ name: `x${i}`, group }))

test('inputs make a new group, or come to the one that one of them is in', () => {
  expect(groupEdit(inputs, [1, 4])).toEqual({ type: 'set-group', inputs: [1, 4], group: 2 })
  expect(groupEdit(inputs, [1, 2])).toEqual({ type: 'set-group', inputs: [1], group: 1 })
  expect(groupEdit(inputs, [0, 2]), 'they are one already').toBeNull()
  expect(groupEdit(inputs, [1]), 'one alone is no group').toBeNull()
})

test('a group is dissolved whole, or some leave it', () => {
  expect(dissolveEdit(inputs, [2])).toEqual({ type: 'set-group', inputs: [0, 2], group: 0 })
  expect(leaveEdit(inputs, [1, 2])).toEqual({ type: 'set-group', inputs: [2], group: 0 })
  expect([dissolveEdit(inputs, [1]), leaveEdit(inputs, [3])]).toEqual([null, null])
})

test('inputs are discarded and brought back where that is not done yet', () => {
  expect(discardEdit(inputs, [3, 4])).toEqual({ type: 'set-group', inputs: [4], group: -1 })
  expect(bringBackEdit(inputs, [3, 4])).toEqual({ type: 'set-group', inputs: [3], group: 0 })
  expect([discardEdit(inputs, [3]), bringBackEdit(inputs, [4])]).toEqual([null, null])
})
