/** How does a sheet of an Excel workbook become text? Read as a stream, a line a row, empty rows too. */
import { rm } from 'node:fs/promises'
import { UserError } from '../../../../src-shared/user-error'
import { csvLine } from '../../../files/csv'
import { writeTemporary } from './temporary'
import { largestSheets } from './xlsx-largest'
import { type Package, withPackage } from './xlsx-package'
import { walkSheet } from './xlsx-sheet'
import { readWorkbook, type Sheet, type Workbook } from './xlsx-workbook'

export interface TextOfSheet {
  /** Path of a text with commas, in which the n-th record is the sheet's row n. */
  readonly text: string
  /** Lines that go on with the row of the line before. */
  readonly continued: readonly number[]
  readonly sheet: string
  /** Whether it was taken for its size from among several. */
  readonly isLargest: boolean
  /** Names of all sheets of cells, in their order. */
  readonly sheets: readonly string[]
}

/** Rows that are looked at to see how many columns there are, and the cells that may be held for that. */
const FIRST_ROWS = 1000
const FIRST_CELLS = 1 << 20
/** Characters that are gathered before they are written. */
const GATHERED = 1 << 20
/** More empty cells than any table has: one cell at a sheet's far end must not fill the disk. */
const PADDING = 2 ** 29

/**
 * Writes a sheet as text.
 *
 * @param wanted the name of a sheet; else the largest is taken, one that is not hidden if there is any with a value
 * @param limit how many rows are enough; null: all
 * @throws UserError where the file is damaged or no workbook, the sheet is not there (exit status 2) or all are empty
 */
export function sheetText(
  file: string,
  name: string,
  wanted: string | undefined,
  limit: number | null,
): Promise<TextOfSheet> {
  return withPackage(file, name, async (opened) => {
    const workbook = await readWorkbook(opened, name)
    const sheets = workbook.sheets.map((sheet) => sheet.name)
    const candidates =
      wanted === undefined ? await largestSheets(opened, workbook, name) : [named(workbook, name, wanted)]
    for (const sheet of candidates) {
      const written = await writeSheet(opened, sheet, workbook, name, limit)
      if (written !== null) return { ...written, sheet: sheet.name, isLargest: wanted === undefined, sheets }
    }
    if (wanted !== undefined) throw new UserError(`${name} is empty: there is nothing in its sheet '${wanted}'`)
    throw new UserError(`${name} is empty: there are no cells with a value in it`)
  })
}

function named({ sheets }: Workbook, name: string, wanted: string): Sheet {
  const found =
    sheets.find((sheet) => sheet.name === wanted) ??
    sheets.find((sheet) => sheet.name.trim().toLowerCase() === wanted.trim().toLowerCase())
  if (found !== undefined) return found
  const there = sheets.map((sheet) => `'${sheet.name}'`).join(', ')
  throw new UserError(`${name} has no sheet '${wanted}'; its sheets are ${there}`, { exitCode: 2 })
}

async function writeSheet(
  opened: Package,
  { part }: Sheet,
  workbook: Workbook,
  name: string,
  limit: number | null,
): Promise<Pick<TextOfSheet, 'text' | 'continued'> | null> {
  const continued: number[] = []
  let first: { row: number; cells: (string | null)[] }[] | null = []
  let held = 0
  let width = 0
  let row = 0
  let line = 0
  let padding = 0
  let taken = 0
  let gathered = ''

  const text = await writeTemporary(name, async (file) => {
    const pause = async () => {
      if (gathered.length < GATHERED) return
      await file.writeFile(gathered)
      gathered = ''
    }
    await walkSheet(opened, part, workbook, name, { take, pause })
    writeFirst()
    await file.writeFile(gathered)
  })
  if (row > 0) return { text, continued }
  await rm(text, { force: true })
  return null

  function take(next: number, cells: readonly (string | null)[]): boolean {
    if (first === null) write(next, cells)
    else {
      first.push({ row: next, cells: [...cells] })
      held += cells.length
      if (first.length >= FIRST_ROWS || held >= FIRST_CELLS) writeFirst()
    }
    taken++
    return taken !== limit
  }

  function writeFirst(): void {
    const rows = first ?? []
    first = null
    width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
    for (const { row: next, cells } of rows) write(next, cells)
  }

  /** Rows are as long as the longest before them, as a program that saves a sheet as CSV makes them. */
  function write(next: number, cells: readonly (string | null)[]): void {
    width = Math.max(width, cells.length)
    const missing = width - cells.length
    padding += missing
    if (padding > PADDING) throw new UserError(`${name} has cells too far apart: remove what stands outside the table`)
    gathered += '\n'.repeat(next - row - 1)
    line += next - row
    row = next
    for (const cell of cells) {
      if (cell === null || !/[\r\n]/.test(cell)) continue
      for (const _ of cell.matchAll(/\r\n|\r|\n/g)) continued.push(++line)
    }
    gathered += `${csvLine(cells).slice(0, -1)}${','.repeat(missing)}\n`
  }
}
