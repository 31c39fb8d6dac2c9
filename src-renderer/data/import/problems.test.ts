import { expect, test } from 'vitest'
import type { TableProblem } from '../../../src-shared/contract/data'
import {
  actionOf,
  groupAction,
  grouped,
  groupTitle,
  placesText,
  suspectsOf,
  withAction,
  withAllAction,
  withGroupAction,
} from './problems'
import { column } from './testing'

const bad = (text: string, count = 1, of = 'b'): TableProblem => ({
  kind: 'not-number',
  column: of,
  text,
  count,
  places: Array.from({ length: count }, (_, k) => `line ${k + 3}`),
  action: 'stop',
})
const long: TableProblem = {
  kind: 'long-line',
  column: null,
  text: null,
  count: 2,
  places: ['line 3', 'line 9'],
  action: 'stop',
}

test('bad cells of a column are one group, and lines another', () => {
  const groups = grouped([bad('five'), long, bad('six', 4), bad('x', 1, 'c')])
  expect(groups.map(groupTitle)).toEqual([
    '5 cells of b are not numbers',
    '2 lines have too many cells',
    '1 cell of c is not a number',
  ])
  expect(placesText(bad('six', 5))).toBe('line 3, line 4, line 5, and 2 more')
})

test('what is chosen for one text goes before what is chosen for its column', () => {
  const [group] = grouped([bad('five'), bad('six')])
  if (!group) throw new Error('no group')
  const all = withGroupAction({}, group, 'missing')
  expect(all).toEqual({ bad: [{ column: 'b', action: 'missing' }] })
  const one = withAction(all, bad('six'), 'drop')
  expect(actionOf(bad('five'), one)).toBe('missing')
  expect(actionOf(bad('six'), one)).toBe('drop')
  expect(groupAction(group, one)).toBeNull()
  expect(groupAction(group, withGroupAction(one, group, 'drop'))).toBe('drop')
  expect(withGroupAction(one, group, 'stop')).toEqual({ bad: [] })
})

test('one choice can be made for all bad cells of a table', () => {
  const read = withAllAction({ bad: [{ column: 'b', action: 'drop' }] }, 'missing')
  expect([bad('five'), bad('x', 1, 'c')].map((problem) => actionOf(problem, read))).toEqual(['missing', 'missing'])
  expect(actionOf(bad('five'), withAllAction(read, 'stop'))).toBe('stop')
})

test('the rules of other columns stay', () => {
  const [group] = grouped([bad('five')])
  if (!group) throw new Error('no group')
  expect(withGroupAction({ bad: [{ column: 'c', action: 'drop' }] }, group, 'missing').bad).toContainEqual({
    column: 'c',
    action: 'drop',
  })
})

test('lines with too many cells are dropped or stop', () => {
  const [group] = grouped([long])
  if (!group) throw new Error('no group')
  const read = withGroupAction({ delimiter: ';' }, group, 'drop')
  expect(read).toEqual({ delimiter: ';', ragged: { short: 'missing', long: 'drop' } })
  expect(actionOf(long, read)).toBe('drop')
})

test('suspects are counted over all columns, the most frequent first', () => {
  const columns = [
    column('a', { suspects: [{ text: '-999', count: 2 }] }),
    column('b', {
      suspects: [
        { text: '?', count: 9 },
        { text: '-999', count: 1 },
      ],
    }),
  ]
  expect(suspectsOf({ columns, problems: [] })).toEqual([
    { text: '?', count: 9, columns: ['b'] },
    { text: '-999', count: 3, columns: ['a', 'b'] },
  ])
})
