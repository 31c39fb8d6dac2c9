import { expect, test } from 'vitest'
import type { TableProblem } from '../../../src-shared/contract/data'
import { droppedRows, gapKinds, keptText, rowsText, undecided, withBadMissing } from './gaps'
import { column } from './testing'

const columns = [
  column('t', { missing: 3 }),
  column('colour', { type: 'text', missing: 5 }),
  column('y', { missing: 2 }),
  column('note', { missing: 9 }),
]
const roles = ['input', 'input', 'target', 'ignore'] as const
const bad: TableProblem = { kind: 'not-number', column: 't', text: 'x', count: 4, places: [], action: 'stop' }

test('columns with gaps are grouped by what can be done with them, and stay when it is decided', () => {
  expect(gapKinds(columns, roles, { t: { missing: 'mean' } })).toEqual([
    { kind: 'numbers', rules: ['drop', 'mean'], columns: [{ name: 't', missing: 3, rule: 'mean' }] },
    { kind: 'categories', rules: ['drop', 'value'], columns: [{ name: 'colour', missing: 5, rule: null }] },
    { kind: 'targets', rules: ['drop'], columns: [{ name: 'y', missing: 2, rule: null }] },
  ])
})

test('cells that count as missing are missing, too', () => {
  const table = { rows: 60, columns, problems: [bad] }
  const counted = withBadMissing(table, { bad: [{ column: 't', action: 'missing' }] })
  expect(counted.map(({ missing }) => missing)).toEqual([7, 5, 2, 9])
  expect(withBadMissing(table, {})).toBe(columns)
})

test('the rows that are left are counted as far as that is known', () => {
  const table = { rows: 60, columns, problems: [bad] }
  const dropped = (read: Parameters<typeof droppedRows>[2]['read'], ...names: string[]) =>
    droppedRows(table, roles, { read, uses: Object.fromEntries(names.map((name) => [name, { missing: 'drop' }])) })
  expect(dropped({})).toEqual({ least: 0, most: 0 })
  expect(dropped({}, 't')).toEqual({ least: 3, most: 3 })
  expect(dropped({ bad: [{ action: 'drop' }] }, 't')).toEqual({ least: 7, most: 7 })
  expect(dropped({}, 't', 'colour', 'note'), 'note is ignored').toEqual({ least: 5, most: 8 })
  const split = { type: 'random', validation: 0.2, test: 0, seed: 0 } as const
  expect(keptText(60, dropped({}, 't'), split)).toBe('46 rows train, 11 validate. 3 rows are left out.')
  expect(keptText(60, dropped({}, 't', 'colour'), split)).toBe(
    'At most 44 rows train, 11 validate. 5 to 8 rows are left out.',
  )
  expect(rowsText({ least: 1, most: 1 })).toBe('1 row')
})

test('only chosen columns with missing cells ask for a decision', () => {
  const own = [column('x', { missing: 3 }), column('colour', { type: 'text', distinct: 3 }), column('y'), column('z')]
  const ownRoles = ['input', 'input', 'target', 'ignore'] as const
  const decided = { x: { missing: 'mean' } } as const
  expect(undecided(own, ownRoles, {}).map(({ name }) => name)).toEqual(['x'])
  expect(undecided(own, ['ignore', 'input', 'target', 'ignore'], {})).toEqual([])
  expect(undecided(own, ownRoles, decided)).toEqual([])
  expect(undecided(own, ['target', 'input', 'input', 'ignore'], decided).map(({ name }) => name)).toEqual(['x'])
})
