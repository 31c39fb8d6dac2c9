import { expect, test } from 'vitest'
import { flagsOf } from './flags'
import { column } from './testing'

const kinds = (columns: Parameters<typeof flagsOf>[0], rows = 30, grid: readonly [number, number] | null = null) =>
  flagsOf(columns, { rows, grid }).map((flags) => flags.map(({ kind }) => kind))

test('constant, empty and mostly missing columns are flagged, each once', () => {
  expect(
    kinds([
      column('version', { distinct: 1 }),
      column('fax', { distinct: 0, missing: 30 }),
      column('rare', { missing: 20 }),
      column('age'),
    ]),
  ).toEqual([['constant'], ['empty'], ['mostly-missing'], []])
})

test('numbers that count the rows are no input by name, and asked about otherwise', () => {
  const counter = { distinct: 30, min: 0, max: 29 }
  expect(
    kinds([
      column('RECORD', { ...counter, sum: 1 }),
      column('dose', { ...counter, sum: 2 }),
      column('height', { ...counter, max: 29.5, sum: 3 }),
      column('gaps', { ...counter, missing: 1, sum: 4 }),
    ]),
  ).toEqual([['identifier'], ['row-counter'], [], []])
})

test('texts that are all different are an identifier, and so are numbers called id', () => {
  expect(
    kinds([
      column('person', { type: 'text', distinct: 30 }),
      column('id', { distinct: 30, sum: 1 }),
      column('customer_id', { distinct: 30, sum: 2 }),
      column('x', { distinct: 30, sum: 3 }),
      column('width', { distinct: 30, sum: 4 }),
    ]),
  ).toEqual([['identifier'], ['identifier'], ['identifier'], [], []])
})

test('a column with the figures of another is called its double, and names it', () => {
  const flags = flagsOf([column('a'), column('b', { max: 2 }), column('c')], { rows: 30, grid: null })
  expect(flags.map((own) => own.map(({ label }) => label))).toEqual([[], [], ['same as a']])
})

test('two yes/no columns with as many of each are no doubles', () => {
  const yes = column('a', { type: 'boolean', distinct: 2 })
  expect(kinds([yes, { ...yes, name: 'b' }])).toEqual([[], []])
})

test('columns beyond the grid are told where nothing scales them', () => {
  const columns = [
    column('a', { min: -1, max: 1 }),
    column('b', { max: 40 }),
    column('c', { type: 'text', distinct: 3 }),
  ]
  expect(kinds(columns, 30, [-1, 1])).toEqual([[], ['off-grid'], []])
  expect(kinds(columns)).toEqual([[], [], []])
})
