import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateReadings, secondsOf, secondsOfDay, secondsOfDigits, secondsOfSerial } from './dates'

const utc = (...parts: Parameters<typeof Date.UTC>) => Date.UTC(...parts) / 1000

describe('a date', () => {
  it.each([
    ['2026-11-25', utc(2026, 10, 25)],
    ['2026/1/5', utc(2026, 0, 5)],
    ['25.11.2026', utc(2026, 10, 25)],
    ['25.11.26', utc(2026, 10, 25)],
    ['01.02.1999 7:05', utc(1999, 1, 1, 7, 5)],
    ['25-Nov-2026', utc(2026, 10, 25)],
    ['2026-11-25T09:30:00.25Z', utc(2026, 10, 25, 9, 30) + 0.25],
    ['2026-11-25 09:30:00,5', utc(2026, 10, 25, 9, 30) + 0.5],
    ['2026-11-25 10:30+01:00', utc(2026, 10, 25, 9, 30)],
    ['25/11/2026 12:05 AM', utc(2026, 10, 25, 0, 5)],
    ['20261125T093000Z', utc(2026, 10, 25, 9, 30)],
    ['29.02.2024', utc(2024, 1, 29)],
    ['Mar 5 2024', utc(2024, 2, 5)],
    ['March 5th, 2024 10:30', utc(2024, 2, 5, 10, 30)],
    ['5. März 2024', utc(2024, 2, 5)],
    ['5 Dez 2024', utc(2024, 11, 5)],
    ['2024-03', utc(2024, 2, 1)],
    ['Mon 05 Mar 2024', utc(2024, 2, 5)],
    ['Montag, 5. März 2024', utc(2024, 2, 5)],
  ])('is read from %j', (text, seconds) => {
    expect(secondsOf(text, 'day-first')).toBe(seconds)
  })

  it.each([
    '2026-02-30',
    '29.02.2023',
    '2026-13-01',
    '1.2.3',
    '12:30',
    '2026',
    '20260101',
    '1/2-2026',
    '2026-01-01 25:00',
    'May',
  ])('is not %j', (text) => {
    expect(dateReadings(text)).toEqual([])
  })

  it('is of digits or of the days of a spreadsheet only for who asks', () => {
    expect(secondsOfDigits('20240301')).toBe(utc(2024, 2, 1))
    expect(secondsOfDigits('20241301')).toBeNull()
    expect(secondsOfSerial('45352.5')).toBe(utc(2024, 2, 1, 12))
    expect(secondsOfSerial('12')).toBeNull()
  })

  it('is none where a time of day stands alone, which is seconds', () => {
    expect(secondsOfDay('12:00:01')).toBe(43_201)
    expect(secondsOfDay('7:05')).toBe(25_500)
    expect(secondsOfDay('7:05 PM')).toBe(68_700)
    expect(secondsOfDay('25:00')).toBeNull()
  })

  it('may be read in two orders where day and month are both below 13', () => {
    const orders = (text: string) => dateReadings(text).map(([order]) => order)
    expect(orders('03/04/2026')).toEqual(['day-first', 'month-first'])
    expect(orders('13/04/2026')).toEqual(['day-first'])
    expect(orders('04/13/2026')).toEqual(['month-first'])
    expect(orders('2026-04-03')).toEqual(['year-first'])
  })

  it('is what JavaScript writes', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, (day) => {
        expect(secondsOf(day.toISOString(), 'month-first')).toBeCloseTo(day.getTime() / 1000, 3)
      }),
    )
  })
})
