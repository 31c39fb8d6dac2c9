/** Where do the names, units and rows of a text begin, and what stands between its cells? Judged by how it begins. */
import type { ReadOptions } from '../../../../src-shared/contract/job'
import { seemsError, seemsMissing, seemsTyped } from './cell-shapes'
import { findTable } from './csv-delimiter'
import { afterLines, type CsvRecord, parseRecords } from './csv-records'
import { areUnits } from './csv-units'
import { headerLines } from './header-lines'

export interface Dialect {
  /** A space stands for runs of spaces and tabs. */
  readonly delimiter: string
  /** Lines before the header, or before the first row where there is none. */
  readonly skipLines: number
  /** Lines that begin with it are left out; '' for none. */
  readonly comment: string
  /** What a cell stands in that holds a delimiter or a line break. */
  readonly quote: '"' | "'"
  /** Whether a quote in a quoted cell is written `\"`, too, and not only doubled. */
  readonly escaped: boolean
  readonly header: boolean
  readonly units: boolean
  /** Records after the skipped lines that are no rows: names and units. Names that stand in a comment are no record. */
  readonly leads: number
  /** Cells of the header, else of the first row. */
  readonly first: readonly string[]
  readonly unitCells: readonly string[]
  /** What was understood that is not plain, one sentence each. */
  readonly notes: readonly string[]
}

const COMMENTS = ['#', '%', '//', '!', '*']
const RECORDS = 400
/** A quote behind a backslash that ends no cell, since text follows it. */
const ESCAPED = { '"': /\\" *[\p{L}\p{N}.!?()]/u, "'": /\\' *[\p{L}\p{N}.!?()]/u } as const
/** Enough of a text to see its delimiter, unless its first lines are longer. */
const ENOUGH = 1 << 17
const FIRST_LINES = 6

type Told = Pick<ReadOptions, 'delimiter' | 'quote' | 'header' | 'skipLines' | 'comment' | 'units'>

/**
 * Detects the layout; what is told is taken as it is.
 *
 * The delimiter is the one that cuts most records into the same number of cells, and best into numbers, dates and truth
 * values. What stands before those records are titles. A first record is a header where it has text above a column of
 * numbers or dates, or where the file has none of them.
 *
 * @param text the beginning of the file
 * @param complete whether it is the whole file
 */
export function detectDialect(text: string, complete: boolean, told: Told): Dialect {
  const separator = told.skipLines === undefined ? /^"?sep=([^\r\n])"?(\r\n|\r|\n)/i.exec(text) : null
  const skipped = told.skipLines ?? (separator === null ? 0 : 1)
  const body = text.slice(afterLines(text, skipped))
  const enough = body.slice(0, Math.max(ENOUGH, afterLines(body, FIRST_LINES)))
  const wholeEnough = complete && enough.length === body.length
  const comment = told.comment ?? findComment(enough)
  const parse = (quote: '"' | "'") => (delimiter: string) =>
    parseRecords(enough, {
      ...{ delimiter, comment, quote },
      escaped: ESCAPED[quote].test(enough),
      complete: wholeEnough,
      limit: RECORDS,
    })
  const find = (quote: '"' | "'") =>
    findTable(told.delimiter ?? separator?.[1], parse(quote), told.skipLines !== undefined)
  const quote = told.quote ?? (standsInSingleQuotes(enough, find, parse) ? "'" : '"')
  const escaped = ESCAPED[quote].test(enough)
  const { delimiter, from } = find(quote)
  const parsed = parseRecords(body, { delimiter, comment, quote, escaped, complete, limit: RECORDS })
  const start = told.skipLines === undefined ? behindTitles(parsed, behindGap(parsed, from)) : from
  const records = parsed.slice(start)
  const [first, ...rest] = records
  if (first === undefined) {
    return {
      delimiter,
      skipLines: skipped,
      comment,
      quote,
      escaped,
      header: false,
      units: false,
      leads: 0,
      first: [],
      unitCells: [],
      notes: [],
    }
  }
  const isFree = told.header === undefined && told.units === undefined
  const lines = isFree
    ? headerLines(
        records.map(({ cells }) => cells),
        areUnits,
      )
    : null
  if (lines !== null) {
    const { names, named, units, count } = lines
    const top = records[named]?.line ?? 0
    const left = count - named - (units === null ? 1 : 2)
    const isCut = told.skipLines === undefined && skipped + top > 0
    return {
      delimiter,
      skipLines: told.skipLines ?? skipped + top,
      comment,
      quote,
      escaped,
      header: true,
      units: units !== null,
      leads: told.skipLines === undefined ? count - named : count,
      first: names,
      unitCells: units === null ? [] : (records[units]?.cells ?? []),
      notes: [
        ...(isCut ? [beginsIn(skipped + top)] : []),
        ...(comment !== '' ? [isComment(comment)] : []),
        ...(units === null ? [] : ['A line below the names is taken for units.']),
        ...(left > 0
          ? [
              `${left === 1 ? 'A line' : `${left} lines`} without values below the names ${left === 1 ? 'is' : 'are'} left out.`,
            ]
          : []),
      ],
    }
  }
  const rows = rest.map(({ cells }) => cells)
  const isNamed = isHeader(first.cells, rows)
  const inComment = isNamed || told.header === false ? null : commentHeader(body, first, comment, delimiter, records)
  const header = told.header ?? (isNamed || inComment !== null)
  const names = header && inComment !== null ? inComment : first
  const dataRows = names === first && header ? rows : records.map(({ cells }) => cells)
  const units = told.units ?? (header && areUnits(dataRows))
  const unitCells = units ? (dataRows[0] ?? []) : []
  const lacksName = header && hasRowNames(names.cells, dataRows.slice(units ? 1 : 0))
  const width = header ? namedWidth(names.cells, dataRows) : names.cells.length
  const skipLines = told.skipLines ?? skipped + names.line
  const titles = start > 0 && told.skipLines === undefined
  return {
    delimiter,
    skipLines,
    comment,
    quote,
    escaped,
    header,
    units,
    leads: (header && names === first ? 1 : 0) + (units ? 1 : 0),
    first: lacksName ? ['', ...names.cells] : names.cells.slice(0, width),
    unitCells,
    notes: [
      ...(titles ? [beginsIn(skipLines)] : []),
      ...(comment !== '' ? [isComment(comment)] : []),
      ...(header && names !== first ? ['The names of the columns stand in the last line of comments.'] : []),
      ...(units ? ['The line below the names is taken for units.'] : []),
      ...(!header && told.header === undefined && haveYears(first.cells)
        ? [
            `The first line (${first.cells.slice(0, 3).join(', ')} …) is taken for a row: say that it holds names where it does.`,
          ]
        : []),
      ...(lacksName
        ? ['The first column has no name, as in tables of R: the names belong to the columns after it.']
        : []),
    ],
  }
}

/**
 * Whether cells stand in single quotes: some do, all of these are closed, rows have one length then, and no cell stands in double ones. An
 * apostrophe that begins a word ('tis) closes nothing.
 */
function standsInSingleQuotes(
  text: string,
  find: (quote: "'") => { readonly delimiter: string; readonly from: number },
  parse: (quote: '"' | "'") => (delimiter: string) => readonly CsvRecord[],
): boolean {
  if (!/(^|[^\p{L}\p{N}]) *'/u.test(text)) return false
  const { delimiter, from } = find("'")
  const rows = parse("'")(delimiter).slice(from)
  const width = rows[0]?.cells.length
  const areWhole = rows.every(({ cells, broken }) => !broken && cells.length === width)
  return areWhole && rows.some(({ quoted }) => quoted) && !parse('"')(delimiter).some(({ quoted }) => quoted)
}

const beginsIn = (skipLines: number) => `The table begins in line ${skipLines + 1}: what stands above it is left out.`
const isComment = (comment: string) => `Lines that begin with ${comment} are comments and left out.`

/** Names of the columns: trimmed; a repeated one gets ` (2)`, an empty one is ` column 3`, which no written name can be. */
export function columnNames(first: readonly string[], header: boolean): string[] {
  const taken = new Set<string>()
  return first.map((cell, index) => {
    const name = (header && cell.trim()) || ` column ${index + 1}`
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`
    taken.add(unique)
    return unique
  })
}

/** A sign that the first written line begins with, but not all lines. None where it begins a value in some. */
function findComment(text: string): string {
  const lines = text.split(/\r\n|\r|\n/, 1000).filter((line) => line.trim() !== '')
  if (lines.some((line) => seemsError(line.split(/[,;\t|]/, 1)[0] ?? ''))) return ''
  const begins = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
  const sign = COMMENTS.find((comment) => lines[0]?.startsWith(comment))
  if (sign !== undefined && begins(sign) < lines.length) return sign
  return lines.length >= 3 && begins('#') > 0 && begins('#') * 4 <= lines.length ? '#' : ''
}

/** Where a larger table with a header of its own begins behind an empty line, as below a list of settings. */
function behindGap(records: readonly CsvRecord[], from: number): number {
  for (let k = Math.ceil(from + (records.length - from) / 2); k > from; k--) {
    const [above, first] = [records[k - 1], records[k]]
    if (above === undefined || first === undefined || first.line <= above.end) continue
    const rows = records.slice(k + 1).map(({ cells }) => cells)
    const isRegular = rows.length > 0 && rows.every((cells) => cells.length === first.cells.length)
    if (isRegular && !first.cells.some(seemsTyped) && isHeader(first.cells, rows)) return k
  }
  return from
}

/** Where the header stands below titles that are as wide as the table, as spreadsheets write them: `Results 2026;;;`. */
function behindTitles(records: readonly CsvRecord[], from: number): number {
  const written = ({ cells }: CsvRecord) => cells.filter((cell) => cell.trim() !== '').length
  const start = records.findIndex((record, k) => k >= from && written(record) > 1)
  const titles = records.slice(from, start)
  const header = records[start]
  if (header === undefined || titles.length === 0 || header.cells.some(seemsTyped)) return from
  const areTitles = titles.every(({ cells: [first = '', ...others] }) => {
    return others.length > 0 && others.every((cell) => cell.trim() === '') && !seemsTyped(first)
  })
  const rows = records.slice(start + 1).map(({ cells }) => cells)
  return areTitles && rows.length > 0 && isHeader(header.cells, rows) ? start : from
}

/** Names in the last comment before the rows: as many as the rows have cells, and none of them a number. */
function commentHeader(
  body: string,
  first: CsvRecord,
  comment: string,
  delimiter: string,
  records: readonly CsvRecord[],
): CsvRecord | null {
  if (comment === '') return null
  const lines = body.slice(0, first.at).split(/\r\n|\r|\n/)
  const line = lines.findLastIndex((text) => text.startsWith(comment))
  const text = lines[line]?.slice(comment.length)
  if (text === undefined) return null
  const [names] = parseRecords(text.trimStart(), { delimiter, complete: true, limit: 1 })
  if (names === undefined || names.cells.length !== first.cells.length) return null
  const named = names.cells.some(
    (cell, k) => !seemsTyped(cell) && records.some(({ cells }) => seemsTyped(cells[k] ?? '')),
  )
  return named ? { ...names, line } : null
}

function isHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  let typed = 0
  let textAbove = 0
  for (const [column, cell] of first.entries()) {
    const below = rest.map((record) => record[column]?.trim() ?? '').filter((other) => !seemsMissing(other))
    if (below.length === 0 || below.filter(seemsTyped).length * 2 < below.length) continue
    typed++
    if (!seemsTyped(cell) && !seemsMissing(cell)) textAbove++
  }
  if (typed > 0) return textAbove > 0 || areYears(first, rest)
  return !first.some(seemsTyped)
}

const isYear = (cell: string) => /^(1[89]|20|21)\d\d$/.test(cell.trim())

/** Two or more years, ascending. */
function haveYears(cells: readonly string[]): boolean {
  const years = cells.map((cell) => (isYear(cell) ? Number(cell) : Number.NaN))
  return years.length > 1 && years.every((year, k) => k === 0 || year > (years[k - 1] ?? Number.NaN))
}

/** A text and ascending years after it, above a column of texts: country, 1990, 2000. */
function areYears([corner = '', ...others]: readonly string[], rest: readonly (readonly string[])[]): boolean {
  const below = rest.map((row) => row[0] ?? '')
  const names = !seemsTyped(corner) && new Set([corner, ...below]).size === below.length + 1
  return haveYears(others) && names && !rest.some((row) => row.slice(1).every(isYear))
}

/** The number of names without empty ones at the end that nothing stands below. */
function namedWidth(names: readonly string[], rows: readonly (readonly string[])[]): number {
  let width = names.length
  while (width > 1 && names[width - 1]?.trim() === '' && rows.every((row) => (row[width - 1] ?? '').trim() === ''))
    width--
  return width
}

/** R writes the rows' own names without a name above them. Single quotes that are not closed are another matter. */
function hasRowNames(names: readonly string[], rows: readonly (readonly string[])[]): boolean {
  return (
    rows.length > 0 &&
    rows.every((row) => row.length === names.length + 1 && row[names.length]?.trim() !== '') &&
    !rows.some((row) => row.some((cell) => /^\s*'[^']*$/.test(cell))) &&
    names.every((name) => name.trim() !== '')
  )
}
