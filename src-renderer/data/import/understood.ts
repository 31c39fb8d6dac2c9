/** A cell as it is understood: what the table shows for its text. */
import type { ReadReport } from '../../../src-shared/contract/data'
import type { CellType } from '../../../src-shared/contract/job'

export interface Understood {
  readonly text: string
  readonly kind: 'value' | 'missing' | 'bad'
}

/** @param bad the texts of this column that are not of its type, and whether that was decided on */
export function understood(
  cell: string | null | undefined,
  type: CellType | null,
  read: Pick<ReadReport, 'decimal' | 'thousands' | 'missing'>,
  bad?: ReadonlyMap<string, 'bad' | 'missing'>,
): Understood {
  const text = (cell ?? '').trim()
  if (text === '' || read.missing.includes(text)) return { text, kind: 'missing' }
  const judged = bad?.get(text)
  if (judged) return { text, kind: judged }
  return { text: type === 'number' ? canonical(text, read) : text.replace(/\s+/g, ' '), kind: 'value' }
}

/** A number with a point and without thousands signs, its digits as they stand. */
function canonical(text: string, { decimal, thousands }: Pick<ReadReport, 'decimal' | 'thousands'>): string {
  const plain = thousands
    ? text.replace(thousands === ' ' ? /[\s\u00a0\u202f]/g : thousands === "'" ? /['’]/g : allOf(thousands), '')
    : text
  return decimal === ',' ? plain.replace(',', '.') : plain
}

const allOf = (sign: string) => new RegExp(sign.replace(/[.]/g, '\\.'), 'g')

/** What a column of the first rows probably is, until the whole of it is known: where its cells are put. */
export function looksNumeric(cells: readonly (string | null | undefined)[]): boolean {
  const filled = cells.map((cell) => cell?.trim() ?? '').filter((cell) => cell !== '')
  const numbers = filled.filter((cell) => /^[+-]?[\d.,'’\s\u00a0\u202f]*\d[\d.,]*(e[+-]?\d+)?\s*%?$/i.test(cell))
  return filled.length > 0 && 10 * numbers.length >= 9 * filled.length
}
