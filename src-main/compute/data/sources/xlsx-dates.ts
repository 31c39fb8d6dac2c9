/** Which numbers of a workbook are dates, and which date is meant? ECMA-376-1, 18.8.30 (formats) and 18.17.4 (days). */

const DAY = 86_400_000
/** Day 0 of the count from 1900, as it is from March 1900 on. */
const FROM_1900 = Date.UTC(1899, 11, 30)
const FROM_1904 = Date.UTC(1904, 0, 1)
/** The year 10000. */
const END = 2_958_466

/**
 * Whether a number format shows a day. Times of day and durations alone do not: they stay numbers, in days.
 *
 * @param code of a format that is the workbook's own, undefined for one that every workbook has
 */
export function isDateFormat(format: number, code: string | undefined): boolean {
  if (code === undefined) {
    return (format >= 14 && format <= 17) || format === 22 || (format >= 27 && format <= 31) || isEastAsian(format)
  }
  if (/\[[hms]+\]/i.test(code)) return false
  const [positive = ''] = withoutLiterals(code).split(';')
  if (/[yd]/i.test(positive)) return true
  return /m/i.test(positive) && !/[hs]/i.test(positive)
}

/** Formats with years or months of East Asian versions; 32 to 35, 55 and 56 are times there. */
function isEastAsian(format: number): boolean {
  return format === 36 || (format >= 50 && format <= 54) || format === 57 || format === 58
}

/** Without quoted and escaped characters, colours and conditions, and AM/PM. */
function withoutLiterals(code: string): string {
  return code.replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]|am\/pm|a\/p|general/gi, '')
}

/** A day number as ISO 8601, to the millisecond and without a time where it is midnight; null where it is no day. */
export function isoDate(days: number, from1904: boolean): string | null {
  if (!(days >= 0 && days < END)) return null
  // The count from 1900 has a 29 February in it that never was, as day 60.
  if (!from1904 && Math.floor(days) === 60) return null
  const shift = !from1904 && days < 60 ? 1 : 0
  const time = (from1904 ? FROM_1904 : FROM_1900) + Math.round((days + shift) * DAY)
  const [date = '', clock = ''] = new Date(time).toISOString().split(/[TZ]/)
  if (clock === '00:00:00.000') return date
  return `${date}T${clock.replace(/\.000$/, '')}`
}
