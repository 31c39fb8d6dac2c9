import { expect, test } from 'vitest'
import { bandsOf, groupBands, labelIn } from './bands'

const named = (...names: string[]) => names.map((name) => ({ name }))

test('inputs of one column stand together, others alone', () => {
  const inputs = named('age', 'colour = red', 'colour = green', 'colour is missing', 'when (month)', 'when (hour)', 'x')
  const bands = bandsOf(inputs)
  expect(bands).toEqual([
    { column: 'colour', from: 1, to: 4 },
    { column: 'when', from: 4, to: 6 },
  ])
  expect(inputs.map(({ name }, i) => labelIn(bands, i, name))).toEqual([
    'age',
    'red',
    'green',
    'missing',
    'month',
    'hour',
    'x',
  ])
})

test('one input alone, and names that only look alike, keep their whole name', () => {
  const inputs = named('colour = red', 'x', 'width (mm)', 'height (mm)', 'load (low)', 'load (high)', 'y')
  expect(bandsOf(inputs)).toEqual([])
  expect(labelIn([], 0, 'colour = red')).toBe('colour = red')
})

test('a group is its inputs wherever they stand; where two would run into each other, the second has a lane of its own', () => {
  const inputs = [1, 0, 2, 1, 2, 3, 3, -1].map((group) => ({ group }))
  expect(groupBands(inputs)).toEqual([
    { group: 1, members: [0, 3], lane: 0 },
    { group: 2, members: [2, 4], lane: 1 },
    { group: 3, members: [5, 6], lane: 0 },
  ])
})
