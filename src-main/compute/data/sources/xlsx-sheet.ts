/** What stands in the cells of a sheet? One walk over its XML, row by row. */
import { UserError } from '../../../../src-shared/user-error'
import { isoDate } from './xlsx-dates'
import type { Package } from './xlsx-package'
import { plainText, type Workbook } from './xlsx-workbook'

/** As many as a sheet can have. */
const ROWS = 1_048_576
const COLUMNS = 16_384

/** What a formula is that no spreadsheet program has computed yet: "no value is available" in their own words. */
const NOT_COMPUTED = '#N/A'

export interface RowTaker {
  /** @param row counted from 1 @param cells by column; null where a cell is empty; not to be kept @returns whether more are wanted */
  take(row: number, cells: readonly (string | null)[]): boolean
  pause(): Promise<void>
}

/**
 * Walks the rows of a sheet that have a value, in order. Numbers come in shortest form that reads back to the same float64,
 * whole numbers with all their digits; dates as ISO 8601, yes/no as true and false, formulas and errors (#N/A) as they
 * were last computed.
 *
 * @throws UserError where the sheet is damaged
 */
export async function walkSheet(
  opened: Package,
  part: string,
  { strings, dateStyles, from1904 }: Workbook,
  name: string,
  { take, pause }: RowTaker,
): Promise<void> {
  let row = 0
  let cells: (string | null)[] = []
  let filled = false
  let column = -1
  let type = 'n'
  let style = 0
  let text = ''
  let taking = false
  let inCell = false
  let phonetic = false
  let isFormula = false
  let enough = false

  await opened.walk(part, {
    open(tag, attributes) {
      if (enough) return false
      switch (tag) {
        case 'row': {
          const next = attributes.r === undefined ? row + 1 : Number(attributes.r)
          if (!(next > row && next <= ROWS)) throw damaged(`row ${attributes.r} follows row ${row}`)
          row = next
          cells = []
          filled = false
          column = -1
          break
        }
        case 'c':
          column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
          if (!(column >= 0 && column < COLUMNS)) throw damaged(`a cell of row ${row} lies outside`)
          type = attributes.t ?? 'n'
          style = Number(attributes.s ?? 0)
          text = ''
          isFormula = false
          inCell = true
          break
        case 'rPh':
          phonetic = true
          break
        case 'f':
          isFormula = true
          break
        case 'v':
          taking = inCell
          break
        case 't':
          taking = inCell && !phonetic
      }
    },
    close(tag) {
      switch (tag) {
        case 'v':
        case 't':
          taking = false
          break
        case 'rPh':
          phonetic = false
          break
        case 'c': {
          inCell = false
          // A formula may well come to an empty text, but not to an empty number.
          const value = isFormula && text === '' && type !== 'str' ? NOT_COMPUTED : cellText(text)
          if (value === '') break
          while (cells.length < column) cells.push(null)
          cells[column] = value
          filled = true
          break
        }
        case 'row':
          if (filled) enough = !take(row, cells)
      }
    },
    text(part) {
      if (taking) text += part
    },
    pause,
  })

  function cellText(written: string): string {
    if (written === '') return ''
    switch (type) {
      case 's': {
        const shared = strings[Number(written)]
        if (shared === undefined) throw damaged(`a cell of row ${row} has no text`)
        return shared
      }
      case 'b':
        return written.trim() === '1' ? 'true' : 'false'
      case 'n':
        return numberText(written.trim(), dateStyles[style] === true)
      case 'str':
      case 'inlineStr':
        return plainText(written)
      default:
        return written
    }
  }

  function numberText(written: string, isDate: boolean): string {
    const number = Number(written)
    if (isDate) {
      const date = isoDate(number, from1904)
      if (date !== null) return date
    }
    // Whole numbers beyond 2^53 keep digits that a float64 has not.
    return Number.isFinite(number) && !/^-?\d+$/.test(written) ? String(number) : written
  }

  function damaged(why: string): UserError {
    return new UserError(`${name} is damaged: ${why}`)
  }
}

/** AB12 is in column 27, counted from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}
