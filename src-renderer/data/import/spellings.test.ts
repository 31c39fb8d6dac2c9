import { expect, test } from 'vitest'
import { spellingsIn, valueCount } from './spellings'
import { column } from './testing'

const species = column('species', {
  type: 'text',
  distinct: 4,
  values: [
    { text: 'virginica', count: 9 },
    { text: 'Setosa', count: 4 },
    { text: 'setosa', count: 5 },
    { text: 'SETOSA', count: 1 },
  ],
})
const plain = column('colour', { type: 'text', distinct: 1, values: [{ text: 'red', count: 2 }] })

test('spellings that differ by capitals are told of chosen categories, the most frequent first', () => {
  const columns = [species, plain, { ...species, name: 'note' }, { ...species, name: 'size', type: 'number' as const }]
  const found = spellingsIn(columns, ['target', 'input', 'ignore', 'input'], {})
  expect(found.map(({ column: name, isOne }) => [name, isOne])).toEqual([['species', false]])
  expect(found[0]?.values.map((same) => same.map(({ text }) => text))).toEqual([['setosa', 'Setosa', 'SETOSA']])
  expect(spellingsIn([species], ['input'], { species: { fold: true } })[0]?.isOne).toBe(true)
})

test('values that are read as one count once', () => {
  expect([valueCount(species, undefined), valueCount(species, true), valueCount(plain, true)]).toEqual([4, 2, 1])
  expect(valueCount(column('x', { distinct: 9 }), true)).toBe(9)
})
