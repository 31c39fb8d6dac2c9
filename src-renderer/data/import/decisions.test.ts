import { expect, test } from 'vitest'
import type { TableProblem } from '../../../src-shared/contract/data'
import { blockerOf, codesOf, waiting } from './decisions'
import { type Draft, FRESH } from './draft'
import type { Role } from './roles'
import { column } from './testing'

const columns = [column('x', { missing: 3 }), column('colour', { type: 'text', distinct: 3 }), column('y'), column('z')]
const roles: Role[] = ['input', 'input', 'target', 'ignore']
const table = { rows: 20, columns, problems: [] }
const decided: Draft = { ...FRESH, uses: { x: { missing: 'mean' } } }
const bad: TableProblem = { kind: 'not-number', column: 't', text: 'x', count: 4, places: [], action: 'stop' }

test('what stands in the way is told in one sentence', () => {
  const why = (change: { draft?: Draft; roles?: Role[]; table?: Partial<Parameters<typeof blockerOf>[1]> }) =>
    blockerOf(change.draft ?? decided, { ...table, ...change.table }, change.roles ?? roles)
  expect(why({})).toBeNull()
  expect(why({ draft: FRESH })).toMatch(/“x” has 3 missing of 20 values/)
  expect(why({ roles: ['ignore', 'ignore', 'target', 'ignore'] })).toMatch(/input/)
  expect(why({ roles: ['input', 'input', 'input', 'ignore'] })).toMatch(/target/)
  expect(why({ roles: ['input', 'target', 'ignore', 'ignore'] })).toMatch(/“colour” is text/)
  const values = ['red', 'Red', 'blue'].map((text) => ({ text, count: 1 }))
  const spelled = [columns[0], column('colour', { type: 'text', distinct: 3, values })].flatMap((own) => own ?? [])
  const folded = { ...decided, uses: { ...decided.uses, colour: { fold: true } } }
  const asTarget: Role[] = ['input', 'target']
  expect(why({ roles: asTarget, table: { columns: spelled } })).toMatch(/“colour” is text/)
  expect(why({ roles: asTarget, table: { columns: spelled }, draft: folded })).toBeNull()
  const problem = {
    kind: 'not-number',
    column: 'y',
    text: 'five',
    count: 1,
    places: ['line 3'],
    action: 'stop',
  } as const
  expect(why({ table: { problems: [problem] } })).toMatch(/1 cell of y is not a number: choose what to do with it/)
  expect(why({ table: { problems: [{ ...problem, column: 'z' }] } }), 'z is ignored').toBeNull()
  const dropped = { ...decided, read: { bad: [{ column: 'y', action: 'drop' as const }] } }
  expect(why({ draft: dropped, table: { problems: [problem] } })).toBeNull()
})

test('a code for missing is asked about once, and only where a column is used', () => {
  const suspects = [{ text: '-999', count: 4 }]
  const some = [column('t', { suspects }), column('h', { suspects }), column('note', { suspects })]
  const codes = (problems: readonly TableProblem[], values: Parameters<typeof codesOf>[2] = new Set()) =>
    codesOf({ rows: 60, columns: some, problems }, ['input', 'target', 'ignore'], values)
  expect(codes([])).toEqual([{ text: '-999', count: 8, columns: ['t', 'h'], isValue: false }])
  expect(codes([], new Set(['-999']))[0]?.isValue).toBe(true)
  expect(codes([{ ...bad, text: '-999' }])[0]?.columns, 'what is a problem is asked about there').toEqual(['h'])
})

test('a column shows its bad cells, or the first code that is neither decided on nor one of its problems', () => {
  const suspects = [
    { text: '-999', count: 4 },
    { text: '?', count: 1 },
  ]
  const some = { rows: 20, columns: [column('t', { suspects }), column('h', { suspects }), column('y')], problems: [] }
  const shown = (problems: readonly TableProblem[], change: Partial<Draft> = {}) =>
    Object.fromEntries(waiting({ ...some, problems }, { ...FRESH, ...change }))
  const code = (text: string) => ({ bad: false, code: text })
  expect(shown([])).toEqual({ t: code('-999'), h: code('-999') })
  expect(shown([], { values: new Set(['-999']) })).toEqual({ t: code('?'), h: code('?') })
  expect(shown([], { values: 'all' })).toEqual({})
  expect(shown([{ ...bad, text: '-999' }])).toEqual({ t: { bad: true, code: '?' }, h: code('-999') })
  expect(shown([bad], { read: { bad: [{ action: 'drop' }] }, values: 'all' })).toEqual({})
})
