import { expect, test } from 'vitest'
import type { DataColumn } from '../../../src-shared/contract/data-view'
import type { ColumnCoding } from '../../../src-shared/kan/preprocessing'
import { codingText, formatOwn, odditiesOf, percent, strengthText } from './words'

const coded = (...codings: ColumnCoding[]) => codingText({ codings, output: null })
const scale = { center: 0, spread: 1 }

test('a coding is told in a few words', () => {
  expect(coded({ column: 'x', ...scale })).toBe('number')
  expect(coded({ column: 'x', transform: 'log', fill: 10.7, ...scale })).toBe(
    'number, as its logarithm, filled with 10.7',
  )
  expect(coded({ type: 'category', column: 'c', values: ['a', 'b'], unseen: 'stop', missing: 'value' })).toBe(
    'category: 3 inputs',
  )
  expect(
    coded(
      { type: 'date', column: 'd', part: 'month', ...scale },
      { type: 'date', column: 'd', part: 'hour', ...scale },
    ),
  ).toBe('date: month, hour')
  expect(coded({ type: 'date', column: 'd', start: 86_400, ...scale })).toBe('seconds since 1970-01-02')
  expect(codingText({ codings: [], output: { column: 'y', transform: 'log', ...scale } })).toBe(
    'learnt as its logarithm',
  )
})

test('values, shares and strengths are told as a person reads them', () => {
  expect(formatOwn('date', 86_400 + 3600)).toBe('1970-01-02 01:00')
  expect(formatOwn('number', null)).toBe('–')
  expect([percent(1, 1_000_000), percent(1, 40), percent(999_999, 1_000_000), percent(0, 5)]).toEqual([
    '< 0.1 %',
    '2.5 %',
    '> 99.9 %',
    '0 %',
  ])
  expect(strengthText({ type: 'number', pearson: -0.5, rank: null })).toBe('r −0.50, rank –')
  expect(strengthText({ type: 'category', ratio: 0.7 })).toBe('η 0.70')
})

test('what is odd about a column comes with what to do', () => {
  const column: DataColumn = {
    name: 'x',
    role: 'input',
    kind: 'number',
    missing: 0,
    unit: null,
    constant: false,
    twin: null,
    outside: 0,
    strength: { type: 'category', ratio: null },
  }
  expect(odditiesOf(column, 100)).toEqual([])
  const odd = odditiesOf({ ...column, twin: 'z', outside: 12 }, 100)
  expect(odd.map(({ label }) => label)).toEqual(['same as z', '12 % off grid'])
  expect(odditiesOf({ ...column, outside: 9 }, 1000), 'a few').toEqual([])
  expect(odd[1]?.advice).toMatch(/fit the grid/)
  expect(odditiesOf({ ...column, role: 'target', constant: true }, 100)[0]?.advice).toMatch(/another target/)
})
