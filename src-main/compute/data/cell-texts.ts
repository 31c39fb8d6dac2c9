/** What does a text mean as yes or no, or as a moment? */

const YES = new Set(['true', 'yes', 'y', 'ja', 'oui', 'si', 'sí', 'wahr', 'vrai', 'on'])
const NO = new Set(['false', 'no', 'n', 'nein', 'non', 'falsch', 'faux', 'off'])

/** 1 of yes and 0 of no, in whatever case; null of anything else. */
export function parseBoolean(text: string): number | null {
  const word = text.trim().toLowerCase()
  return YES.has(word) ? 1 : NO.has(word) ? 0 : null
}

/** ISO 8601, with or without a time of day. */
const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/** Seconds since 1970, in UTC where no zone is written; null of what is no date. */
export function parseDate(text: string): number | null {
  const match = DATE.exec(text.trim())
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map((part) => Number(part ?? 0))
  const second = Number(match[6] ?? 0)
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day || hour > 24 || minute > 59 || second >= 61)
    return null
  return moment.getTime() / 1000 + hour * 3600 + minute * 60 + second - offsetOf(match[7])
}

function offsetOf(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60)
}
