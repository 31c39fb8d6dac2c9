/** Numbers as a person reads them: a thin space between thousands, a true minus, few digits. */

const MINUS = '−'
const THIN_SPACE = '\u202f'

/** A count: 12 400. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE)
}

/** So many of a thing: 1 edge, 12 400 edges. */
export function counted(count: number, thing: string): string {
  return `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`
}

/** A measured value to three digits: 0.0831, 8.31e−4. */
export function formatValue(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  if (value === 0) return '0'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  const size = Math.abs(value)
  const text = size >= 1e5 || size < 1e-2 ? value.toExponential(2) : value.toPrecision(size >= 1000 ? 4 : 3)
  return text.replace('e+', 'e').replaceAll('-', MINUS)
}

/** A value of a table: whole numbers as they stand, others to three digits. */
export function formatFigure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isInteger(value) || Math.abs(value) >= 1e6)
    return formatValue(value)
  return value < 0 ? `${MINUS}${formatCount(-value)}` : formatCount(value)
}

/** A number that a person typed or may type: the shortest text that reads back as the same. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential().replace('e+', 'e') : String(value)
}

/** A time span: 0.8 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
