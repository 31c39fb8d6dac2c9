import { expect, test } from 'vitest'
import { column } from './testing'
import { moved, orderedValues, withAllValues } from './value-order'

const sizes = column('size', {
  type: 'text',
  distinct: 4,
  values: ['large', '10', '9', 'Small'].map((text) => ({ text, count: 2 })),
})

test('values stand in their own order, or in that of a person, new ones behind', () => {
  expect(orderedValues(sizes, {})).toEqual(['9', '10', 'large', 'Small'])
  expect(orderedValues(sizes, { values: ['Small', 'gone', '10'] })).toEqual(['Small', '10', '9', 'large'])
  expect(orderedValues(sizes, { values: ['small'], fold: true })).toEqual(['small', '9', '10', 'large'])
  expect(orderedValues({ ...sizes, distinct: 60 }, {}), 'not all of them are listed').toBeNull()
})

test('a value is moved, but not out of the list', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c'])
})

test('an order is that of the values that the table has now; a list of those that count stays as it is', () => {
  expect(withAllValues({ values: ['gone', '10'] }, sizes)).toEqual({ values: ['10', '9', 'large', 'Small'] })
  expect(withAllValues({ values: ['10'], unseen: 'zero' }, sizes)).toEqual({ values: ['10'], unseen: 'zero' })
  expect(withAllValues({ fold: true }, sizes)).toEqual({ fold: true })
})
