import { expect, test } from 'vitest'
import { besides } from './predicted-names'

test('a predicted column never has the name of one that is kept', () => {
  expect(besides([], ['y'])).toEqual(['y'])
  expect(besides(['x', ' y '], ['y', 'z'])).toEqual(['y predicted', 'z'])
  expect(besides(['y', 'y predicted'], ['y'])).toEqual(['y predicted (2)'])
})
