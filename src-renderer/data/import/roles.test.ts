import { expect, test } from 'vitest'
import { canBeTarget, rolesOf, withRole } from './roles'
import { column } from './testing'

const table = [
  column('id', { type: 'text', distinct: 30 }),
  column('age'),
  column('version', { distinct: 1 }),
  column('income', { missing: 2 }),
  column('colour', { type: 'text', distinct: 3 }),
  column('price'),
  column('note', { type: 'text', distinct: 25, missing: 5 }),
  column('fax', { missing: 30, distinct: 0 }),
]

test('the last numbers are the target; identifiers, constants, free text and empty columns are left out', () => {
  expect(rolesOf(table, 30, new Map())).toEqual([
    'ignore',
    'input',
    'ignore',
    'input',
    'input',
    'target',
    'ignore',
    'ignore',
  ])
})

test('a target that a person chose takes the place of the one that was guessed', () => {
  const roles = rolesOf(table, 30, new Map([['age', 'target']]))
  expect(roles[1]).toBe('target')
  expect(roles[5]).toBe('input')
})

test('what a person chose stays, and can be given up again', () => {
  const chosen = withRole(new Map(), ['id', 'note'], 'input')
  expect(rolesOf(table, 30, chosen)[0]).toBe('input')
  expect(rolesOf(table, 30, withRole(chosen, ['id'], null))[0]).toBe('ignore')
  expect(rolesOf(table, 30, withRole(chosen, ['price'], 'ignore')).at(3), 'the numbers before it').toBe('target')
})

test('yes and no are a target as numbers are, and so are two values, but no date and no free text', () => {
  expect(rolesOf([column('age'), column('well', { type: 'boolean', distinct: 2 })], 30, new Map())).toEqual([
    'input',
    'target',
  ])
  expect(canBeTarget(column('state', { type: 'text', distinct: 2 }))).toBe(true)
  expect(canBeTarget(column('state', { type: 'text', distinct: 3 }))).toBe(false)
  expect(canBeTarget(column('when', { type: 'date', distinct: 2 }))).toBe(false)
})
