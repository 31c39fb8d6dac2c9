/** Which of several lines above a table's rows names its columns, which has their units, and which is left out? */
import { seemsMissing, seemsTyped } from './cell-shapes'

export interface HeaderLines {
  readonly names: readonly string[]
  /** Places of the lines; all of them are no rows. */
  readonly named: number
  readonly units: number | null
  readonly count: number
}

type Line = readonly string[]

/** More lines than that are not looked for, nor more rows looked at. */
const MOST = 6
const ROWS = 50
const TYPED = 0.9

/**
 * Two or more lines without any number, date or truth value above rows that have them in two columns or more. Null where there
 * are none such.
 *
 * @param areUnits whether the first of some lines holds the units of those below
 */
export function headerLines(lines: readonly Line[], areUnits: (lines: readonly Line[]) => boolean): HeaderLines | null {
  const count = lines.findIndex((line) => line.some(seemsTyped))
  if (count < 2 || count > MOST) return null
  const rows = lines.slice(count, count + ROWS)
  const typed = typedColumns(rows)
  if (typed.length < 2) return null
  const heads = lines.slice(0, count)
  const written = (line: Line) =>
    typed.map((column) => line[column]?.trim() ?? '').filter((cell) => !seemsMissing(cell))
  // A word for a missing value that is not known stands in a row.
  const isWord = (line: Line) => written(line).length > 1 && new Set(written(line)).size === 1
  const isLogger = lines[0]?.[0] === 'TIMESTAMP' && heads[1]?.[0] === 'TS'
  // A row may lack values; names and what explains them stand above most columns, and units where there are some.
  const isSparse = (line: Line) => written(line).length * 2 <= typed.length && !areUnits([line, ...rows])
  if (!isLogger && heads.slice(1).some((line) => isSparse(line) || isWord(line))) return null
  if (written(heads[0] ?? []).length === 0) return null
  if (isLogger) return { names: heads[0] ?? [], named: 0, units: 1, count }
  const units = heads.findLastIndex((line, k) => k > 0 && areUnits([line, ...rows]))
  const named = namesLine(heads, units)
  return {
    names: withGroups(heads, named, units),
    named,
    units: units > named ? units : null,
    count,
  }
}

function typedColumns(rows: readonly Line[]): number[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, column) => column).filter((column) => {
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => !seemsMissing(cell))
    return cells.length > 0 && cells.filter(seemsTyped).length >= TYPED * cells.length
  })
}

/** A line with cells that span several columns names groups of them. */
function namesLine(heads: readonly Line[], units: number): number {
  const [first = [], second = []] = heads
  const hasGaps = second.some((cell, column) => cell.trim() !== '' && (first[column] ?? '').trim() === '')
  if (units > 1) return units - 1
  return hasGaps ? 1 : 0
}

/** Names that stand below several groups are told apart by them. */
function withGroups(heads: readonly Line[], named: number, units: number): Line {
  const [own = [], above, below] = [heads[named], heads[named - 1], heads[named + 1]]
  const repeats = new Set(own.map((cell) => cell.trim())).size < own.length
  if (!repeats) return own
  if (above !== undefined) return joined(spread(above), own)
  return below === undefined || units === named + 1 ? own : joined(own, below)
}

/** Each empty cell belongs to the group that began before it. */
function spread(line: Line): Line {
  let group = ''
  return line.map((cell) => {
    group = cell.trim() || group
    return group
  })
}

function joined(groups: Line, names: Line): Line {
  return names.map((name, column) => [groups[column]?.trim(), name.trim()].filter(Boolean).join(' '))
}
