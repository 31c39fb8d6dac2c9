/** Which signs do the cells of a column have, and how would a number with commas or spaces in it be read? */

/** Bits for what occurs in cells. */
export const Sign = {
  digit: 1,
  point: 2,
  comma: 4,
  space: 8,
  apostrophe: 16,
  underscore: 32,
  plusMinus: 64,
  exponent: 128,
  /** Of a character beyond ASCII, such as a no-break space, or a dollar sign. */
  high: 256,
  percent: 512,
  other: 1024,
  /** Not of a cell: where plain text must be looked at again. */
  stop: 1 << 15,
} as const

/** The sign of each byte. */
export function signTable(stops: readonly number[]): Uint16Array {
  const signs: readonly (readonly [string, number])[] = [
    ['0123456789', Sign.digit],
    ['.', Sign.point],
    [',', Sign.comma],
    [' \t', Sign.space],
    ["'", Sign.apostrophe],
    ['_', Sign.underscore],
    ['+-', Sign.plusMinus],
    ['eE', Sign.exponent],
    ['%', Sign.percent],
    ['$', Sign.high],
  ]
  const table = new Uint16Array(256).fill(Sign.other)
  table.fill(Sign.high, 128)
  for (const [characters, sign] of signs) for (const character of characters) table[character.charCodeAt(0)] = sign
  for (const stop of stops) table[stop] = (table[stop] ?? 0) | Sign.stop
  return table
}

/** What the cells of a column say about decimal signs and separators of thousands, counted. */
export interface Evidence {
  /** Cells that a sign can only part as a decimal sign, only as one of thousands, or as either: 1,5 and 1,234,567 and 1,234. */
  readonly comma: Uses
  readonly point: Uses
  /** Cells with groups of three digits parted by a space of any kind or an apostrophe. */
  spaces: number
  apostrophes: number
}

interface Uses {
  decimal: number
  thousands: number
  either: number
}

export function noEvidence(): Evidence {
  const none = () => ({ decimal: 0, thousands: 0, either: 0 })
  return { comma: none(), point: none(), spaces: 0, apostrophes: 0 }
}

/** Signs of cells that say something: with one of the first and none of the others. */
export const TELLING = Sign.comma | Sign.apostrophe | Sign.space | Sign.high | Sign.point
export const SILENT = Sign.other | Sign.underscore

const NUMBER =
  /^(?:[€$£¥] ?)?[+-]?(\d{1,3}(?:([ '])\d{3})+|\d*(?:[.,]\d+)*)([.,]\d*)?(?:e[+-]?\d+)?( ?(?:%|[^\d\s.,]{1,3}))?$/i

/** Takes what a cell says into account, if it is written like a number. */
export function weigh(evidence: Evidence, cell: string): void {
  const text = cell
    .trim()
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/[\u2212\u2013]/, '-')
  const match = NUMBER.exec(text)
  if (match === null) return
  // As telephone numbers are.
  if (match[2] === ' ' && text.startsWith('+')) return
  if (match[2] === ' ') evidence.spaces++
  else if (match[2] === "'") evidence.apostrophes++
  const digits = text.match(/[\d.,]+/g)?.find((run) => /[.,]/.test(run))
  if (digits === undefined) return
  const last = digits[digits.length - 1] === ',' || digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.'
  const uses = last === ',' ? evidence.comma : evidence.point
  const other = last === ',' ? evidence.point : evidence.comma
  const parts = digits.split(last)
  const rest = parts.slice(0, -1).join('')
  const isMixed = rest.includes(last === ',' ? '.' : ',')
  if (isMixed) {
    if (parts.length !== 2) return
    uses.decimal++
    other.thousands++
  } else if (match[2] !== undefined) {
    if (parts.length === 2) uses.decimal++
  } else if (parts.length > 2) {
    if (parts.slice(1).every((part) => part.length === 3) && isGroup(parts[0])) uses.thousands++
  } else if (parts[1]?.length === 3 && isGroup(parts[0]) && !/e/i.test(text)) uses.either++
  else uses.decimal++
}

/** What may stand before the first separator of thousands. */
function isGroup(part: string | undefined): boolean {
  return part !== undefined && /^[1-9]\d{0,2}$/.test(part)
}
