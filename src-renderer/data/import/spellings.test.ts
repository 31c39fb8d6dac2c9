import { expect, test } from 'vitest'
import { spellingsIn, withOneSpelling } from './spellings'
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
  const { distinct, values } = withOneSpelling({ ...species, distinct: 60 }, { fold: true })
  expect([distinct, values]).toEqual([
    58,
    [
      { text: 'setosa', count: 10 },
      { text: 'virginica', count: 9 },
    ],
  ])
  expect(withOneSpelling(species, undefined)).toBe(species)
  expect(withOneSpelling({ ...species, type: 'number' }, { fold: true }).distinct).toBe(4)
})
