/** When is a date or a moment that is written as text? Seconds since 1970, in UTC where no zone is written. */
import type { DateOrder } from '../../../../src-shared/kan/preprocessing'

const DATE = /^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:(?:T|\s+|,\s*)(.+))?$/i
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)$/i
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*[.,]*\s+(?=\d|\p{L})/iu
const NAMED = /^(\d{1,2})[-\s.]+(\p{L}{3})\p{L}*[-\s.,]+(\d{4}|\d{2})(?:[\s,]+(.+))?$/iu
const MONTH_FIRST = /^(\p{L}{3})\p{L}*[-\s.]+(\d{1,2})(?:st|nd|rd|th)?[-\s,]+(\d{4})(?:[\s,]+(.+))?$/iu
const YEAR_MONTH = /^((?:1[89]|20|21)\d\d)-(\d{2})$/
/** German and French months whose first letters are others than the English ones. */
const OTHER_MONTHS: Readonly<Record<string, number>> = {
  mär: 3,
  mrz: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  fév: 2,
  avr: 4,
  aoû: 8,
  déc: 12,
}

/** What a text is as a date in each order that it may be read in; nothing where it is none. */
export function dateReadings(text: string): readonly (readonly [DateOrder, number])[] {
  const match = DATE.exec(text)
  const orders = match === null ? ORDERS : match[1]?.length === 4 ? YEAR_FIRST : OTHERS
  const readings: [DateOrder, number][] = []
  for (const order of orders) {
    const seconds = secondsOf(text, order)
    if (seconds === null && match === null) break
    if (seconds !== null) readings.push([order, seconds])
  }
  return readings
}

const ORDERS = ['year-first', 'day-first', 'month-first'] as const
const YEAR_FIRST = ['year-first'] as const
const OTHERS = ['day-first', 'month-first'] as const

/**
 * Seconds since 1970; null where a text is no date. A year of four digits may stand in front in any order; a year of two is
 * one from 1970 to 2069.
 */
export function secondsOf(text: string, order: DateOrder): number | null {
  const match = DATE.exec(text)
  if (match === null) return otherSeconds(text)
  const [, first = '', , second = '', third = '', time] = match
  const yearFirst = first.length > 2 || order === 'year-first'
  const year = yearFirst ? first : third
  const [month, day] = yearFirst ? [second, third] : order === 'day-first' ? [second, first] : [first, second]
  if (year.length !== 4 && year.length !== 2) return null
  if (day.length > 2) return null
  return moment(year, Number(month), Number(day), time)
}

function otherSeconds(text: string): number | null {
  const compact = COMPACT.exec(text)
  if (compact !== null) {
    const [, year = '', month, day, hours, minutes, seconds, zone = ''] = compact
    return moment(year, Number(month), Number(day), `${hours}:${minutes}:${seconds}${zone}`)
  }
  const yearMonth = YEAR_MONTH.exec(text)
  if (yearMonth !== null) return moment(yearMonth[1] ?? '', Number(yearMonth[2]), 1, undefined)
  const plain = text.replace(WEEKDAY, '')
  const named = NAMED.exec(plain)
  if (named !== null) return moment(named[3] ?? '', monthOf(named[2]), Number(named[1]), named[4])
  const first = MONTH_FIRST.exec(plain)
  return first === null ? null : moment(first[3] ?? '', monthOf(first[1]), Number(first[2]), first[4])
}

/** 0 where a word is no month. */
function monthOf(word = ''): number {
  const start = word.toLowerCase()
  return OTHER_MONTHS[start] ?? MONTHS.indexOf(start) + 1
}

/** A day that is written as nothing but digits, 20240301; null where a text is none. */
export function secondsOfDigits(text: string): number | null {
  const match = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text)
  return match === null ? null : moment(match[1] ?? '', Number(match[2]), Number(match[3]), undefined)
}

/** A moment as spreadsheets count it, in days; null where a text is none of the last or the next decades. */
export function secondsOfSerial(text: string): number | null {
  const days = /^\d{5}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  return days >= 15_000 && days < 80_000 ? Math.round((days - 25_569) * 86_400_000) / 1000 : null
}

/** Seconds since midnight of a time of day alone; null where a text is none. */
export function secondsOfDay(text: string): number | null {
  return /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i.test(text) ? null : timeOfDay(text)
}

function moment(written: string, month: number, day: number, time: string | undefined): number | null {
  const short = Number(written)
  const year = written.length === 2 ? (short >= 70 ? 1900 : 2000) + short : short
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null
  const seconds = time === undefined ? 0 : timeOfDay(time.trim())
  return seconds === null ? null : midnight(year, month, day) + seconds
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function midnight(year: number, month: number, day: number): number {
  // Date.UTC takes years below 100 for ones of the twentieth century.
  return year >= 100 ? Date.UTC(year, month - 1, day) / 1000 : new Date(0).setUTCFullYear(year, month - 1, day) / 1000
}

/** Seconds since midnight in UTC. */
function timeOfDay(text: string): number | null {
  const match = TIME.exec(text)
  if (match === null) return null
  const [, hours = '', minutes = '', seconds = '0', fraction = '', half, zone] = match
  const isAfternoon = half?.toLowerCase().startsWith('p') ?? false
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0)
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return null
  return hour * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction || 0}`) - offset(zone)
}

function offset(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60)
}
