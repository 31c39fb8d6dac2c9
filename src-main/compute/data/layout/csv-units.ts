/** In which units are the columns of a table? In a line of its own below the names, or in brackets at the end of a name. */
import { seemsMissing, seemsNumber, seemsTyped } from './cell-shapes'

const UNIT = /^[[(]?[\p{L}°µμ%‰Ω/·*^²³⁻¹\d\s.\-−]{1,16}[\])]?$/u
/** What is a unit beyond doubt: a symbol in use, one in brackets, or one with a sign that no word has. */
const CERTAIN_UNIT =
  /^(?:\[.*\]|\(.*\)|.*[°µμ%‰Ω/²³^].*|[kmMGcnhdu]?(?:m|s|g|A|V|W|Wh|J|N|Nm|Pa|Hz|bar|l|L|mol|Ohm|eV|t|B|b|in)|min|h|d|K|C|F|ppm|ppb|rpm|deg|rad|dB|lx|lm|psi|ft|lb|mph|kn|EUR|USD|CHF|GBP|sec|hrs?|days?|yr|pH)$/u

/** The unit that ends a name, in brackets. */
export function unitInName(name: string): string | null {
  const unit = /[^\s([]\s*(\[[^[\]]+\]|\([^()]+\))$/.exec(name.trim())?.[1]
  if (unit === undefined) return null
  const inner = unit.slice(1, -1).trim()
  return unit.startsWith('[') || CERTAIN_UNIT.test(inner) || /^[€$£¥]$/.test(inner) ? inner : null
}

/** Whether the first of the rows has a unit, or nothing, above each column of numbers. */
export function areUnits([first = [], ...rest]: readonly (readonly string[])[]): boolean {
  if (first.some(seemsTyped)) return false
  let units = 0
  let certain = 0
  for (const [column, cell] of first.entries()) {
    const below = rest.map((record) => record[column] ?? '').filter((other) => !seemsMissing(other))
    if (below.length === 0 || !below.every(seemsNumber)) continue
    const text = cell.trim()
    if (text === '' || text === '-') continue
    if (seemsMissing(text) || !UNIT.test(text)) return false
    units++
    if (CERTAIN_UNIT.test(text)) certain++
  }
  return units > 0 && certain * 2 >= units
}

/** What a cell of such a line says; null where that is nothing. */
export function unitOf(cell: string | undefined): string | null {
  const unit = (cell ?? '')
    .trim()
    .replace(/^\[(.*)\]$|^\((.*)\)$/, '$1$2')
    .trim()
  return unit === '' || unit === '-' ? null : unit
}
