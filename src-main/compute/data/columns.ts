/** Which column of a file is meant by a name? */
import type { ColumnMatch } from '../../../src-shared/contract/compute'
import { UserError } from '../../../src-shared/user-error'
import type { CsvLayout } from './csv-layout'

/** As many names as a sentence can carry. */
const LISTED = 20

/**
 * Places of columns by their names, spaces at the ends aside.
 *
 * @param purpose what needs them, to end the sentence about one that is missing: "the model takes it as an input"
 * @throws UserError (exit status 2) naming the first that is missing and the columns that there are
 */
export function findColumns(layout: CsvLayout, wanted: readonly string[], purpose?: string): number[] {
  return wanted.map((name) => {
    const column = findColumn(layout.names, name)
    if (column >= 0) return column
    const near = layout.names.find((other) => sameLetters(other, name))
    const there = near === undefined ? `its columns are ${listed(layout.names)}` : `did you mean '${near.trim()}'?`
    const why = purpose === undefined ? '' : ` (${purpose})`
    throw new UserError(`${layout.name} has no column '${name}'${why}; ${there}`, { exitCode: 2 })
  })
}

/** For each column that a model needs where a file has it, or what might be meant. */
export function matchColumns(layout: CsvLayout, wanted: readonly string[]): ColumnMatch[] {
  return wanted.map((column) => {
    const place = findColumn(layout.names, column)
    if (place >= 0) return { column, found: layout.names[place] ?? column, near: null }
    return { column, found: null, near: layout.names.find((other) => sameLetters(other, column)) ?? null }
  })
}

function findColumn(names: readonly string[], name: string): number {
  const exact = names.indexOf(name)
  return exact >= 0 ? exact : names.findIndex((other) => other.trim() === name.trim())
}

function sameLetters(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/[\s_-]+/g, '').toLowerCase()
  return plain(a) === plain(b)
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map((name) => `'${name.trim()}'`)
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return shown.join(', ') + more
}
