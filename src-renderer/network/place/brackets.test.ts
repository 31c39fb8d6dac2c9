import { expect, test } from 'vitest'
import { networkOf, seenOf } from '../testing'
import { bracketsOf, groupAt } from './brackets'
import { nodeY } from './view'

const size = { width: 926, height: 605 }
const grouped = (count: number, ...groups: readonly number[]) => {
  const network = networkOf([count, 1])
  return { ...network, inputs: network.inputs.map((input, i) => ({ ...input, group: groups[i] ?? 0 })) }
}

test('a group has a bracket that reaches for each of its inputs, clear of their names', () => {
  const seen = seenOf(grouped(5, 1, 0, 1), size)
  const [inputs] = seen.columns
  if (inputs === undefined) throw new RangeError('no inputs')
  const [bracket, ...others] = bracketsOf(seen)
  expect(others).toEqual([])
  expect(bracket).toMatchObject({ label: 'group 1', members: [0, 2], arms: [nodeY(inputs, 0), nodeY(inputs, 2)] })
  expect(bracket?.x).toBeLessThan(inputs.x - inputs.radius)
  expect(bracket?.x).toBeGreaterThan(10)
})

test('brackets of columns stand inside of those of groups', () => {
  const network = grouped(3, 1, 1)
  const inputs = network.inputs.map((input, i) => ({ ...input, name: `colour = ${'abc'.charAt(i)}` }))
  const [column, group] = bracketsOf(seenOf({ ...network, inputs }, size))
  expect([column?.label, column?.members]).toEqual(['colour', null])
  expect(group?.x).toBeLessThan(column?.x ?? 0)
})

test('a click on a bracket means its group', () => {
  const seen = seenOf(grouped(5, 1, 2, 1, 2), size)
  const [first, second] = bracketsOf(seen)
  if (first === undefined || second === undefined) throw new RangeError('two groups')
  expect(groupAt(seen, { x: first.x, y: first.top + 10 })).toEqual([0, 2])
  expect(groupAt(seen, { x: second.x - 8, y: second.bottom - 10 })).toEqual([1, 3])
  expect(groupAt(seen, { x: first.x, y: first.top - 30 })).toBeNull()
})

test('inputs without room for names have no brackets', () => {
  expect(bracketsOf(seenOf(grouped(400, 1, 1), size))).toEqual([])
})
