/** Which column of a file is meant by a name? */
import type { ColumnMatch } from '../../../src-shared/contract/compute'
import { UserError } from '../../../src-shared/user-error'
import type { CsvLayout } from './layout/csv-layout'

/** As many names as a sentence can carry. */
const LISTED = 20

/**
 * Places of columns by their names, spaces at the ends aside.
 *
 * @param purpose what needs them, to end the sentence about one that is missing: "the model takes it as an input"
 * @throws UserError (exit status 2) naming the first that is missing and the columns that there are
 */
export function findColumns(layout: CsvLayout, wanted: readonly string[], purpose?: string): number[] {
  const find = finder(layout.names)
  return wanted.map((name) => {
    const column = find(name)
    if (column >= 0) return column
    const near = layout.names.find((other) => sameLetters(other, name))
    const there = near === undefined ? `its columns are ${listed(layout.names)}` : `did you mean '${near.trim()}'?`
    const why = purpose === undefined ? '' : ` (${purpose})`
    throw new UserError(`${tableOf(layout)} has no column '${name}'${why}; ${there}`, { exitCode: 2 })
  })
}

/** The file, and of a workbook with several sheets the one that is read. */
function tableOf({ name, source: { sheet, sheets } }: CsvLayout): string {
  return sheets.length > 1 ? `the sheet '${sheet}' of ${name}` : name
}

/** For each column that a model needs where a file has it, or what might be meant. */
export function matchColumns(layout: CsvLayout, wanted: readonly string[]): ColumnMatch[] {
  const find = finder(layout.names)
  return wanted.map((column) => {
    const place = find(column)
    if (place >= 0) return { column, found: layout.names[place] ?? column, near: null }
    return { column, found: null, near: layout.names.find((other) => sameLetters(other, column)) ?? null }
  })
}

/** Finds places of names among thousands, −1 for those that there are not. */
function finder(names: readonly string[]): (name: string) => number {
  const exact = new Map<string, number>()
  const trimmed = new Map<string, number>()
  for (const [place, name] of names.entries()) {
    if (!exact.has(name)) exact.set(name, place)
    if (!trimmed.has(name.trim())) trimmed.set(name.trim(), place)
  }
  return (name) => exact.get(name) ?? trimmed.get(name.trim()) ?? -1
}

function sameLetters(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/[\s_-]+/g, '').toLowerCase()
  const bare = (text: string) => plain(text.replace(/(\[[^[\]]*\]|\([^()]*\))\s*$/, ''))
  return plain(a) === plain(b) || (bare(a) !== '' && bare(a) === bare(b))
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map((name) => `'${name.trim()}'`)
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return shown.join(', ') + more
}
