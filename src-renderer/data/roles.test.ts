import { expect, test } from 'vitest'
import type { ColumnSummary } from '../../src-shared/contract/data'
import { problemOf, suggestRoles } from './roles'

const column = (name: string, change: Partial<ColumnSummary> = {}): ColumnSummary => ({
  name,
  type: 'number',
  unit: null,
  missing: 0,
  bad: 0,
  distinct: 9,
  min: 0,
  max: 1,
  mean: 0.5,
  sum: 5,
  histogram: [],
  values: [],
  suspects: [],
  ...change,
})

const table = [
  column('id', { type: 'text' }),
  column('age'),
  column('version', { distinct: 1 }),
  column('income', { missing: 2 }),
  column('price'),
  column('note', { type: 'text' }),
]

test('the last number is the target; text, constants and gaps are left out', () => {
  expect(suggestRoles(table)).toEqual(['ignore', 'input', 'ignore', 'ignore', 'target', 'ignore'])
  expect(problemOf(table, suggestRoles(table))).toBeNull()
})

test('a choice that cannot be used is told in one sentence', () => {
  expect(problemOf(table, ['input', 'input', 'ignore', 'ignore', 'target', 'ignore'])).toMatch(/“id” is text/)
  expect(problemOf(table, ['ignore', 'ignore', 'ignore', 'input', 'target', 'ignore'])).toMatch(
    /“income” has 2 missing/,
  )
  expect(problemOf(table, ['ignore', 'input', 'ignore', 'ignore', 'input', 'ignore'])).toMatch(/target/)
  expect(problemOf(table, ['ignore', 'ignore', 'ignore', 'ignore', 'target', 'ignore'])).toMatch(/input/)
})
