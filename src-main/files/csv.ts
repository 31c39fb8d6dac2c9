/** Writes tables as RFC 4180 says, with line feeds: quotes where a cell needs them, numbers as short as they read back. */
import type { TextDialect } from '../../src-shared/contract/data'

/** A cell: text as it stands, a number, or nothing (null, NaN). */
export type Cell = string | number | null

const PLAIN: TextDialect = { delimiter: ',', decimal: '.', mark: false }

/** One line of a table, its line feed included; with other signs where it is to look like another table. */
export function csvLine(cells: readonly Cell[], { delimiter, decimal }: TextDialect = PLAIN): string {
  const [only] = cells
  // A line of one empty cell would be an empty line, which readers skip: then rows no longer match.
  if (cells.length === 1 && only !== undefined && cellText(only) === '') return '""\n'
  const written = cells.map((cell) => {
    const text = cellText(cell)
    const local = typeof cell === 'number' && decimal === ',' ? text.replace('.', ',') : text
    return quoted(local, delimiter)
  })
  return `${written.join(delimiter)}\n`
}

/** The parts of a list as a flag takes it: `a,b`, and `"a,b",c` where a name has a comma. */
export function csvList(text: string): string[] {
  const parts: string[] = []
  const part = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy
  while (part.lastIndex <= text.length) {
    const match = part.exec(text)
    if (match === null) return text.split(',').map((name) => name.trim())
    parts.push(match[1]?.replaceAll('""', '"') ?? match[2]?.trim() ?? '')
    if (match[3] === '') break
  }
  return parts
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell
  return cell === null || !Number.isFinite(cell) ? '' : String(cell)
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
