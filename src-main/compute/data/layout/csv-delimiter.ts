/** What separates the cells of a text, and at which of its records does the table begin? Judged by how regular it is. */
import { isOneValue, seemsMissing, seemsTyped } from './cell-shapes'
import type { CsvRecord } from './csv-records'

/** Where two fit equally well, the first one: a comma is the likeliest to stand inside text. */
const DELIMITERS = ['\t', ';', '|', ',', '\x1f', '\x01', '^', '~', ' ']
/** Only where none of them fits: it stands in times and addresses. */
const LAST = ':'
/** A share of records with the same number of cells that makes a table of them, lines before it aside. */
const REGULAR = 0.8

interface Table {
  readonly delimiter: string
  /** Its first record: the header, if there is one. */
  readonly from: number
}

/**
 * The delimiter under which most of a text is a regular table, and where that begins.
 *
 * @param told the delimiter, where it is known
 * @param startsAtOnce whether the first record is the table's
 */
export function findTable(
  told: string | undefined,
  parse: (delimiter: string) => readonly CsvRecord[],
  startsAtOnce: boolean,
): Table {
  let best: Table & { score: number } = { delimiter: told ?? ',', from: 0, score: 0 }
  for (const delimiter of told === undefined ? DELIMITERS : [told]) {
    const records = parse(delimiter)
    const found = startsAtOnce ? { from: 0, share: shareOf(records), part: 1 } : findBlock(records)
    if (found === null) continue
    if (delimiter === ',' && areDecimalCommas(records)) return { delimiter, from: 0 }
    const typed = typedShare(records.slice(found.from + 1))
    if (told === undefined && delimiter === ' ' && (typed < 0.5 || isOneColumn(records, found.from))) continue
    if (told === undefined && isDecimalColumn(records, delimiter)) return { delimiter: ';', from: 0 }
    const broken = records.some((record) => record.broken) ? 0.5 : 1
    const score = found.share * (0.4 + 0.6 * found.part) * (0.6 + 0.4 * typed) * broken
    if (score > best.score) best = { delimiter, from: found.from, score }
  }
  return best.score === 0 && told === undefined && isTable(parse(LAST)) ? { delimiter: LAST, from: 0 } : best
}

/** Names above rows of as many cells, half of them single numbers and the like; a line is not one value, as a time is. */
function isTable([names, ...rows]: readonly CsvRecord[]): boolean {
  const width = names?.cells.length ?? 0
  if (width < 2 || rows.length === 0 || !rows.every(({ cells }) => cells.length === width)) return false
  if (rows.some(({ cells }) => cells.some((cell) => /\d \d/.test(cell)))) return false
  return typedShare(rows) >= 0.5 && !rows.some(({ cells }) => isOneValue(cells.join(LAST).trim()))
}

interface Block {
  readonly from: number
  /** Of the records from there on, and of all, those with the same number of cells. */
  readonly share: number
  readonly part: number
}

/** Where the records begin that have one number of cells, up to the end; null where no such number is above 1. */
function findBlock(records: readonly CsvRecord[]): Block | null {
  let best: (Block & { size: number }) | null = null
  for (const cells of countsOf(records).keys()) {
    if (cells < 2) continue
    const fitting = records.map((record) => hasCells(record, cells))
    const first = fitting.indexOf(true)
    const times = fitting.filter(Boolean).length
    const share = times / (records.length - first)
    if (share <= 0.5 || (times === 1 && records.length > 2)) continue
    // Above half of them a table is irregular, but no other number of cells fits it better.
    const size = (share >= REGULAR ? times : times / 4) + cells / 1e6
    if (best !== null && size <= best.size) continue
    best = { from: withHeader(records, first, cells), share, part: times / records.length, size }
  }
  return best
}

/** Empty cells beyond them do not count. */
function hasCells({ cells }: CsvRecord, count: number): boolean {
  return cells.length === count || (cells.length > count && cells.slice(count).every((cell) => cell.trim() === ''))
}

function countsOf(records: readonly CsvRecord[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  return counts
}

/** A header may have a cell less than its rows: a corner without a name. */
function withHeader(records: readonly CsvRecord[], first: number, cells: number): number {
  const above = records[first - 1]
  if (above === undefined || above.cells.length < 2) return first
  if (cells < 3 || above.cells.length !== cells - 1 || above.cells.some(seemsTyped)) return first
  // Where the next record has no value either, that is the header, and this one a title.
  return records[first]?.cells.some(seemsTyped) ? first - 1 : first
}

function shareOf(records: readonly CsvRecord[]): number {
  return Math.max(0, ...[...countsOf(records)].map(([cells, times]) => (cells > 1 ? times / records.length : 0)))
}

/** The part of the written cells that look like numbers, dates or truth values. */
function typedShare(records: readonly CsvRecord[]): number {
  let typed = 0
  let all = 0
  for (const { cells } of records.slice(0, 100)) {
    for (const cell of cells.slice(0, 200)) {
      if (seemsMissing(cell)) continue
      all++
      if (seemsTyped(cell)) typed++
    }
  }
  return all === 0 ? 0 : typed / all
}

/** A name without a space above values that have one: a date and a time, groups of digits, a number and its unit. */
function isOneColumn([name, ...rows]: readonly CsvRecord[], from: number): boolean {
  if (from !== 1 || name?.cells.length !== 1 || rows.length === 0 || name.cells.some(seemsTyped)) return false
  return rows.filter(({ cells }) => isOneValue(cells.join(' '))).length > rows.length / 2
}

/** A single column of numbers with decimal commas under its name, not two columns. */
function isDecimalColumn(records: readonly CsvRecord[], delimiter: string): boolean {
  const [name, ...rows] = records
  if (delimiter !== ',' || name?.cells.length !== 1 || rows.length === 0) return false
  return rows.every(({ cells }) => cells.length <= 2 && cells.every((cell) => /^\s*[+-]?\d+\s*$/.test(cell)))
}

/** Rows with two whole numbers below each name: decimal commas that also separate. The names are none the less names. */
function areDecimalCommas([names, ...rows]: readonly CsvRecord[]): boolean {
  const width = names?.cells.length ?? 0
  if (width < 2 || names?.cells.some(seemsTyped) || rows.length === 0) return false
  return rows.every(({ cells }) => cells.length === 2 * width && cells.every((cell) => /^\s*[+-]?\d+\s*$/.test(cell)))
}
