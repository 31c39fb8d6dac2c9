import { expect, test } from 'vitest'
import { bandsOf, labelIn } from './bands'

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
  const inputs = named('colour = red', 'x', 'width (mm)', 'height (mm)', 'y')
  expect(bandsOf(inputs)).toEqual([])
  expect(labelIn([], 0, 'colour = red')).toBe('colour = red')
})
