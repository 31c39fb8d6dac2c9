/** What separates the cells of a CSV file, and is its first record a header: judged by how it begins. */

export interface Dialect {
  readonly delimiter: string
  readonly header: boolean
  /** Cells of the first record. */
  readonly first: readonly string[]
}

/** Where two fit equally well, the first one: a comma is the likeliest to stand inside text. */
const DELIMITERS = ['\t', ';', '|', ','] as const
const RECORDS = 1000

/**
 * Detects the delimiter and the header; what is given is taken as it is.
 *
 * The delimiter is the one that cuts most records into the same number of cells. A first record is a header where it
 * has text above a column of numbers, or where the file has no numbers at all.
 *
 * @param text the beginning of the file
 * @param complete whether it is the whole file
 */
export function detectDialect(
  text: string,
  complete: boolean,
  { delimiter, header }: { readonly delimiter?: string | undefined; readonly header?: boolean | undefined },
): Dialect {
  const chosen = delimiter ?? likeliestDelimiter(text, complete)
  const records = parseRecords(text, chosen, complete, RECORDS)
  const [first = [], ...rest] = records
  return { delimiter: chosen, header: header ?? isHeader(first, rest), first }
}

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

/** Cells of the first records; an unfinished record at the end of an incomplete text is left out, unless it is the only one. */
export function parseRecords(text: string, delimiter: string, complete: boolean, limit: number): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  let ended = true
  while (at < text.length && records.length < limit) {
    const cell = readCell(text, at, delimiter)
    at = cell.end
    const separator = text[at]
    ended = separator !== delimiter
    record.push(cell.text)
    if (separator === '\r' && text[at + 1] === '\n') at++
    at++
    if (!ended) continue
    if (separator === undefined && !complete && records.length > 0) break
    if (record.length > 1 || record[0] !== '' || cell.quoted) records.push(record)
    record = []
  }
  // A file that ends with a delimiter has one more, empty cell.
  if (!ended && records.length < limit) records.push([...record, ''])
  return records
}

function readCell(text: string, from: number, delimiter: string): { text: string; end: number; quoted: boolean } {
  let at = from
  while (text[at] === ' ' && delimiter !== ' ') at++
  if (text[at] !== '"') {
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
    return { text: text.slice(from, at), end: at, quoted: false }
  }
  let value = ''
  for (at++; at < text.length; at++) {
    if (text[at] !== '"') value += text[at]
    else if (text[at + 1] === '"') value += text[at++]
    else break
  }
  at++
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
  return { text: value, end: Math.min(at, text.length), quoted: true }
}

function likeliestDelimiter(text: string, complete: boolean): string {
  let best: string = ','
  let share = 0.5
  for (const delimiter of DELIMITERS) {
    const counts = new Map<number, number>()
    const records = parseRecords(text, delimiter, complete, RECORDS)
    for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1)
    for (const [cells, times] of counts) {
      if (cells > 1 && times / records.length > share) {
        best = delimiter
        share = times / records.length
      }
    }
  }
  return best
}

const MISSING = /^(|na|n\/a|nan|null|none|-|\?|\.)$/i

function isHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  let numeric = 0
  let textAbove = 0
  for (const [column, cell] of first.entries()) {
    const below = rest.map((record) => record[column]?.trim() ?? '').filter((other) => !MISSING.test(other))
    if (below.length === 0 || below.filter(isNumber).length * 2 < below.length) continue
    numeric++
    if (!isNumber(cell) && !MISSING.test(cell.trim())) textAbove++
  }
  if (numeric > 0) return textAbove > 0
  return !first.some(isNumber)
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell))
}
