import { expect, test } from 'vitest'
import { dataSchema } from '../../../src-shared/contract/job'
import {
  choiceOf,
  type Draft,
  draftOf,
  FRESH,
  fitting,
  inputCount,
  networkText,
  settled,
  splitText,
  withType,
  withUse,
} from './draft'
import type { Role } from './roles'
import { column } from './testing'

const columns = [column('x', { missing: 3 }), column('colour', { type: 'text', distinct: 3 }), column('y'), column('z')]
const roles: Role[] = ['input', 'input', 'target', 'ignore']
const decided: Draft = { ...FRESH, uses: { x: { missing: 'mean' } } }

test('a draft makes a job, and the job makes the draft again', () => {
  const draft: Draft = {
    ...decided,
    read: { delimiter: ';', decimal: ',' },
    uses: { x: { missing: 'mean' }, z: { transform: 'log' } },
    split: { type: 'chronological', validation: 0.1, test: 0.1, seed: 3 },
  }
  const choice = choiceOf('/data/t.csv', draft, columns, roles)
  expect(choice).toMatchObject({ file: '/data/t.csv', inputs: ['x', 'colour'], targets: ['y'], scaling: 'minmax' })
  expect(choice.columns, 'options of ignored columns are left out').toEqual({ x: { missing: 'mean' } })
  expect(dataSchema.parse(choice)).toEqual(choice)
  const again = draftOf(choice, ['x', 'colour', 'y', 'z', 'new'])
  expect(again.read).toEqual(draft.read)
  expect(again.split).toEqual(draft.split)
  expect([...again.roles]).toEqual([
    ['x', 'input'],
    ['colour', 'input'],
    ['y', 'target'],
    ['z', 'ignore'],
    ['new', 'ignore'],
  ])
})

test('what was detected is not written into the job', () => {
  const choice = choiceOf('/data/t.csv', FRESH, columns, roles)
  expect(choice).not.toHaveProperty('read')
  expect(choice).not.toHaveProperty('columns')
})

test('options of what a column was before are no longer used', () => {
  const [x, colour] = columns
  if (!x || !colour) throw new Error('no columns')
  expect(fitting({ missing: 'mean', transform: 'log' }, x, 'target')).toEqual({ transform: 'log' })
  expect(fitting({ missing: 'mean', transform: 'log', fold: true }, colour, 'input')).toEqual({ fold: true })
  expect(fitting({ missing: 'drop' }, colour, 'target')).toEqual({ missing: 'drop' })
})

test('an option that is taken back leaves nothing behind', () => {
  const uses = withUse({}, ['x', 'y'], { missing: 'drop' })
  expect(withUse(uses, ['x'], { missing: undefined })).toEqual({ y: { missing: 'drop' } })
  expect(withType(withType({}, ['x'], 'text'), ['x'], null)).toEqual({})
  expect(settled({ delimiter: ';', header: undefined })).toEqual({ delimiter: ';' })
})

test('the split is told in rows, and small tables say which part is left out', () => {
  const split = { type: 'random', validation: 0.2, test: 0, seed: 0 } as const
  expect(splitText(30, split)).toBe('24 rows train, 6 validate.')
  expect(splitText(5, split)).toBe('4 rows train, 1 validate.')
  expect(splitText(2, split)).toBe('2 rows train. The table is too small for a validation part: it is left out.')
  expect(splitText(100, { ...split, validation: 0.29, test: 0.1 })).toBe('61 rows train, 29 validate, 10 test.')
})

test('a category becomes an input for each value, a date one for each part', () => {
  const when = column('when', { type: 'date' })
  expect(inputCount([...columns, when], {})).toBe(7)
  expect(
    inputCount([columns[1] ?? when, when], {
      colour: { missing: 'value' },
      when: { date: { parts: ['year', 'hour'] } },
    }),
  ).toBe(6)
})

test('what becomes of the network is told before the table is used', () => {
  expect(networkText(['x', 'y'], ['y', 'z'])).toBe('The network keeps its curves of y.')
  expect(networkText(['x', 'y'], ['x', 'y'])).toBe('The network stays.')
  expect(networkText(['x', 'y'], ['a'])).toBe('The network begins anew.')
  expect(networkText(['colour = red', 'colour = blue', 'x'], ['colour', 'z'])).toBe(
    'The network keeps its curves of colour.',
  )
  expect(networkText(['colour = red', 'colour = blue', 'x'], ['colour', 'x'])).toBe('The network stays.')
  expect(networkText(['colour = red', 'colour is missing', 'when (day)'], ['colour', 'when'])).toBe(
    'The network stays.',
  )
  expect(networkText(['width (mm)'], ['width']), 'another column').toBe('The network begins anew.')
})
