import { expect, test } from 'vitest'
import type { TablePreview, TableSummary } from '../../../src-shared/contract/data'
import { describeColumns } from './columns'
import { FRESH } from './draft'
import { column } from './testing'

const preview = { names: ['x', 'y'], units: ['m', null], head: [] } as unknown as TablePreview
const summary = { rows: 30, columns: [column('x', { unit: 'm' }), column('y')] } as unknown as TableSummary

test('before the whole file is read a column has its name, its unit and the role that was chosen', () => {
  expect(describeColumns(preview, null, [], { ...FRESH, roles: new Map([['y', 'target']]) })).toEqual([
    { name: 'x', unit: 'm', summary: null, role: 'ignore', flags: [] },
    { name: 'y', unit: null, summary: null, role: 'target', flags: [] },
  ])
})

test('a unit that the name ends with is not said twice', () => {
  const twice = { names: ['Age (d)', 'Age'], units: ['d', 'd'], head: [] } as unknown as TablePreview
  expect(describeColumns(twice, null, [], FRESH).map(({ unit }) => unit)).toEqual([null, 'd'])
})

test('figures of a former reading stay while the columns are the same, and go with them', () => {
  expect(describeColumns(preview, summary, [], FRESH).map(({ role }) => role)).toEqual(['input', 'target'])
  const other = { ...preview, names: ['x', 'column 2'] }
  expect(describeColumns(other, summary, [], FRESH).every((one) => one.summary === null)).toBe(true)
})

test('a hint about the grid is for inputs only', () => {
  const flag = { kind: 'off-grid', label: '', advice: '' } as const
  const flags = describeColumns(preview, summary, [[flag], [flag]], FRESH).map((one) => one.flags.length)
  expect(flags).toEqual([1, 0])
})

test('spellings that are read as one are counted as one', () => {
  const values = ['red', 'Red', 'blue'].map((text) => ({ text, count: 1 }))
  const colours = { ...summary, columns: [column('x', { type: 'text', distinct: 3, values }), column('y')] }
  const distinct = (draft: typeof FRESH) => describeColumns(preview, colours, [], draft)[0]?.summary?.distinct
  expect([distinct(FRESH), distinct({ ...FRESH, uses: { x: { fold: true } } })]).toEqual([3, 2])
})
