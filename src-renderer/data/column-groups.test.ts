import { expect, test } from 'vitest'
import { columnGroups } from './column-groups'
import { column } from './import/testing'

test('values of a category and parts of a date are one column', () => {
  const names = ['t', 'colour = red', 'colour = blue', 'colour is missing', 'when (year)', 'when (month)', 'size = S']
  const inputs = names.map((name) => column(name, { histogram: [4, 5], mean: name.includes('red') ? 0.75 : 0.25 }))
  expect(columnGroups(inputs)).toEqual([
    { name: 't', inputs: 1, histogram: [4, 5] },
    { name: 'colour', inputs: 3, histogram: [75, 25, 25] },
    { name: 'when', inputs: 2, histogram: [25, 25] },
    { name: 'size = S', inputs: 1, histogram: [4, 5] },
  ])
})
