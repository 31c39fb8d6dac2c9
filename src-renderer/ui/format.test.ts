import { expect, test } from 'vitest'
import { counted, formatCount, formatDuration, formatFigure, formatNumber, formatValue } from './format'

test('counts have thin spaces between thousands', () => {
  expect(formatCount(999)).toBe('999')
  expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567')
  expect([0, 1, 12_400].map((count) => counted(count, 'edge'))).toEqual(['0 edges', '1 edge', '12\u202f400 edges'])
})

test('measured values keep three digits and a true minus', () => {
  expect(formatValue(0.000831)).toBe('8.31e−4')
  expect(formatValue(-0.0831)).toBe('−0.0831')
  expect(formatValue(12.3456)).toBe('12.3')
  expect(formatValue(123456)).toBe('1.23e5')
  expect(formatValue(0)).toBe('0')
  expect(formatValue(Number.NaN)).toBe('–')
})

test('whole values of a table stand as they are', () => {
  expect(formatFigure(-40)).toBe('−40')
  expect(formatFigure(1200)).toBe('1\u202f200')
  expect(formatFigure(40.25)).toBe('40.3')
  expect(formatFigure(12_345_678)).toBe('1.23e7')
  expect(formatFigure(null)).toBe('–')
})

test('a number that was typed reads back as the same', () => {
  for (const value of [0.001, 0.01, 1e-7, 123456, 1.5e12, -0.25]) expect(Number(formatNumber(value))).toBe(value)
})

test('durations are short', () => {
  expect(formatDuration(0.84)).toBe('0.8 s')
  expect(formatDuration(200)).toBe('3 min 20 s')
  expect(formatDuration(7500)).toBe('2 h 5 min')
})
