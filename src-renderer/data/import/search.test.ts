import { expect, test } from 'vitest'
import { found } from './search'
import { column } from './testing'

const described = (name: string, role: 'input' | 'target' | 'ignore' = 'input', missing = 0) => ({
  name,
  summary: column(name, { missing }),
  role,
  flags: [],
})
const columns = [described('c1'), described('C2', 'ignore', 3), described('c10'), described('y', 'target')]

test('columns are found by a part of their name, whatever its case', () => {
  expect(found(columns, ' c1 ', 'all')).toEqual([0, 2])
  expect(found(columns, 'c2', 'all')).toEqual([1])
  expect(found(columns, '', 'all')).toEqual([0, 1, 2, 3])
  expect(found(columns, 'z', 'all')).toEqual([])
})

test('a range of names is everything between two columns', () => {
  expect(found(columns, 'c2..y', 'all')).toEqual([1, 2, 3])
  expect(found(columns, 'y .. c10', 'all')).toEqual([2, 3])
  expect(found(columns, 'c2..nowhere', 'all')).toEqual([])
})

test('a filter narrows what is found', () => {
  expect(found(columns, '', 'target')).toEqual([3])
  expect(found(columns, 'c', 'missing')).toEqual([1])
  expect(found(columns, '', 'text')).toEqual([])
})
