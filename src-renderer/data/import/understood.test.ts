import { expect, test } from 'vitest'
import { looksNumeric, understood } from './understood'

const german = { decimal: ',', thousands: '.', missing: ['n/a'] } as const
const english = { decimal: '.', thousands: ',', missing: [] } as const

test('numbers are shown as they are understood, digit by digit', () => {
  expect(understood(' 1.234,50 ', 'number', german)).toEqual({ text: '1234.50', kind: 'value' })
  expect(understood('1,234.50', 'number', english).text).toBe('1234.50')
  expect(understood('1 234,5', 'number', { ...german, thousands: ' ' }).text).toBe('1234.5')
  expect(understood('1.234,50', 'text', german).text).toBe('1.234,50')
})

test('missing and bad cells are told apart', () => {
  expect(understood(null, 'number', german).kind).toBe('missing')
  expect(understood(' n/a', 'number', german)).toEqual({ text: 'n/a', kind: 'missing' })
  const judged = new Map([['five', 'bad'] as const, ['six', 'missing'] as const])
  expect(understood('five', 'number', german, judged)).toEqual({ text: 'five', kind: 'bad' })
  expect(understood('six', 'number', german, judged), 'once it is decided').toEqual({ text: 'six', kind: 'missing' })
})

test('the first rows tell roughly what a column is', () => {
  expect(looksNumeric(['1', '-2,5', '1E+05', '.5', ''])).toBe(true)
  expect(looksNumeric(['a', 'b'])).toBe(false)
  expect(looksNumeric(['', null])).toBe(false)
})
