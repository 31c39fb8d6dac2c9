import { expect, test } from 'vitest'
import type { DataColumn } from '../../../src-shared/contract/data-view'
import { listed } from './sort'

const column = (name: string, change: Partial<DataColumn> = {}): DataColumn => ({
  name,
  role: 'input',
  kind: 'number',
  missing: 0,
  unit: null,
  constant: false,
  twin: null,
  outside: null,
  strength: { type: 'number', pearson: null, rank: null },
  ...change,
})

const columns = [
  column('gene 10', { strength: { type: 'number', pearson: 0.3, rank: 0.9 }, missing: 4 }),
  column('Gene 2', { strength: { type: 'number', pearson: -0.8, rank: -0.1 } }),
  column('colour', { strength: { type: 'category', ratio: 0.5 }, outside: 7 }),
]

test('columns are found by a part of their names, whatever its case', () => {
  expect(listed(columns, ' GENE', 'table')).toEqual([0, 1])
  expect(listed(columns, 'z', 'name')).toEqual([])
})

test('the strongest come first, whatever their sign; those without come last', () => {
  expect(listed(columns, '', 'strength')).toEqual([1, 2, 0])
  expect(listed(columns, '', 'rank')).toEqual([0, 2, 1])
  expect(listed(columns, '', 'outside')).toEqual([2, 0, 1])
  expect(listed(columns, '', 'missing')).toEqual([0, 1, 2])
  expect(listed(columns, '', 'name')).toEqual([2, 1, 0])
})
