import { expect, test } from 'vitest'
import type { ReadReport } from '../../../src-shared/contract/data'
import { readChoices, withChoice } from './read-choices'

const report: ReadReport = {
  format: 'text',
  delimiter: ';',
  quote: '"',
  decimal: ',',
  thousands: '.',
  encoding: 'koi8-r',
  header: true,
  skipLines: 0,
  comment: '',
  units: false,
  missing: [],
  sheet: null,
  sheets: [],
  dates: 'day-first',
}
const options = (...args: Parameters<typeof readChoices>) => readChoices(...args).map(({ option }) => option)

test('a text file is asked about all that was detected, dates only where there are some', () => {
  expect(options(report, {}, false)).toEqual([
    'delimiter',
    'decimal',
    'thousands',
    'encoding',
    'header',
    'units',
    'quote',
    'comment',
  ])
  expect(options(report, {}, true)).toContain('dates')
})

test('what does not apply to a format is not asked', () => {
  const sheet = { ...report, format: 'xlsx', delimiter: null, encoding: null, sheet: 'a', sheets: ['a', 'b'] }
  expect(options(sheet, {}, false)).toEqual(['sheet', 'decimal', 'thousands', 'header', 'units'])
  const typed = { ...report, format: 'parquet', delimiter: null, encoding: null }
  expect(options(typed, {}, false)).toEqual([])
})

test('a value that is not among the usual ones can still be kept', () => {
  const encoding = readChoices(report, {}, false).find(({ option }) => option === 'encoding')
  expect(encoding?.value).toBe('koi8-r')
  expect(encoding?.values).toContainEqual({ value: 'koi8-r', label: 'koi8-r' })
})

test('a choice is marked as one and can be detected again', () => {
  const chosen = withChoice({ decimal: '.' }, 'header', 'false')
  expect(chosen).toEqual({ decimal: '.', header: false })
  expect(
    readChoices(report, chosen, false)
      .filter(({ detected }) => !detected)
      .map(({ option }) => option),
  ).toEqual(['decimal', 'header'])
  expect(withChoice(chosen, 'header', null)).toEqual({ decimal: '.' })
})
