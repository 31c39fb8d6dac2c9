/** What does a single cell look like, before anything is known of its table? For guesses that whole columns confirm later. */

const NUMBER = /^[+\-−–]?(\d[\d.,'  \u00a0\u202f\u2009_]*|[.,]\d+)(e[+-]?\d+)?(\s?%)?$/i
const MOMENT = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([T ]+\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?$/
const LOGICAL = /^(true|false|yes|no|ja|nein|wahr|falsch|oui|non|vrai|faux)$/i
const MISSING = /^(|na|n\/a|n\.a\.|k\.\s?a\.|nan|-nan|null|nil|none|-+|\?+|\.|\\n|missing|inf|-inf)$/i
/** What a spreadsheet writes where a formula has no value: #N/A, #DIV/0!, #NAME?, #WERT!. */
const ERROR = /^#(?:N\/A|NV|NA|\p{Lu}+(?:\/0)?[!?])$/iu

const GROUPED = /^[+-]?\d{1,3}( \d{3})+([.,]\d+)?$/
const WITH_UNIT = /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)? [\p{L}°µ%‰€$£/²³]{1,8}$/iu

/** Whether a text with a space is still one value: 2024-03-01 10:00, 1 200, 1.5 kg. */
export function isOneValue(text: string): boolean {
  return MOMENT.test(text) || GROUPED.test(text) || WITH_UNIT.test(text)
}

/** Whether nothing stands there, or a word for nothing. */
export function seemsMissing(cell: string): boolean {
  return MISSING.test(cell.trim()) || seemsError(cell)
}

/** Whether a formula had no value there. */
export function seemsError(cell: string): boolean {
  return ERROR.test(cell.trim())
}

/** Whether a cell looks like a number, a date, a time or a truth value, however it is written. */
export function seemsTyped(cell: string): boolean {
  const text = cell.trim()
  return NUMBER.test(text) || MOMENT.test(text) || LOGICAL.test(text)
}

export function seemsNumber(cell: string): boolean {
  return NUMBER.test(cell.trim())
}
