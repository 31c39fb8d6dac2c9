/** How are the numbers of a table written: with which decimal sign, and what between thousands? Decided from all columns. */
import type { ReadOptions } from '../../../../src-shared/contract/job'
import type { NumberFormat } from '../../../../src-shared/kan/preprocessing'
import type { Evidence } from './csv-signs'

export interface FormatDecision extends NumberFormat {
  /** Whether it was told or some cell has such a sign: else any format would do. */
  readonly isTelling: boolean
  /** Why, where a person might think otherwise. */
  readonly notes: readonly string[]
}

interface Told {
  readonly decimal?: ReadOptions['decimal']
  readonly thousands?: ReadOptions['thousands']
}

/**
 * A column speaks for the sign that more of its cells can only be read with. Where none does, a comma between 1 to 3 and 3
 * digits is a decimal sign in a file with semicolons, else a separator of thousands; a point is a decimal sign.
 *
 * @param names of the columns, for the notes
 * @param likely how a network's own table was written: it decides what could be read in two ways
 */
export function decideFormat(
  columns: readonly (Evidence | null)[],
  names: readonly string[],
  delimiter: string,
  told: Told,
  likely: NumberFormat | null = null,
): FormatDecision {
  const evidence = columns.filter((column) => column !== null)
  const count = (test: (column: Evidence) => boolean) => evidence.filter(test).length
  const notes: string[] = []
  const commas = count(({ comma }) => comma.decimal > comma.thousands)
  const points = count(({ point }) => point.decimal > point.thousands)
  const commaThousands = count(({ comma }) => comma.thousands > comma.decimal)
  const pointThousands = count(({ point }) => point.thousands > point.decimal)
  const example = (test: (column: Evidence) => boolean) => {
    const place = columns.findIndex((column) => column !== null && test(column))
    return names[place]?.trim() ?? ''
  }
  const either = (column: Evidence) => column.comma.either > 0
  const onlyGroups = ({ point }: Evidence) => point.either > 0 && point.decimal === 0
  const isTelling = told.decimal !== undefined || evidence.some(hasSign)
  const decimal = told.decimal ?? decideDecimal()
  const separator = decimal === ',' ? '.' : ','
  const thousands = told.thousands ?? decideThousands()
  if (told.decimal === undefined && commas > 0 && points > 0) {
    const other = example(({ comma, point }) =>
      decimal === ',' ? point.decimal > point.thousands : comma.decimal > comma.thousands,
    )
    const [kept, left] = decimal === ',' ? ['comma', 'point'] : ['point', 'comma']
    notes.push(
      `Some columns have a decimal ${kept}, others a decimal ${left} ('${other}'): numbers are read with the ${kept}.`,
    )
  }
  if (told.decimal === undefined && isTelling && likely !== null && likely.decimal !== decimal) {
    notes.push(
      `Numbers are read with a decimal ${SIGNS[decimal]} here, and were with a decimal ${SIGNS[likely.decimal]} where the network was trained.`,
    )
  }
  return { decimal, thousands, isTelling, notes }

  function decideDecimal(): '.' | ',' {
    if (commas !== points) return commas > points ? ',' : '.'
    if (commas > 0) return likely?.decimal ?? (delimiter === ';' ? ',' : '.')
    if (commaThousands > 0) return '.'
    if (pointThousands > 0) return ','
    const doubtful = evidence.some(either) ? either : onlyGroups
    if (likely !== null && evidence.some(doubtful)) {
      notes.push(
        `Numbers as in '${example(doubtful)}' could be read in two ways; the decimal ${SIGNS[likely.decimal]} is taken, as where the network was trained.`,
      )
      return likely.decimal
    }
    if (!evidence.some(either)) {
      if (points === 0 && delimiter === ';' && evidence.some(onlyGroups)) {
        notes.push(`The point in '${example(onlyGroups)}' could part thousands; it is read as a decimal point.`)
      }
      return '.'
    }
    const comma = delimiter === ';'
    const how = comma ? 'a decimal comma: 1,234 is 1.234' : 'a separator of thousands: 1,234 is 1234'
    notes.push(`The comma in '${example(either)}' could be a decimal sign or part thousands; it is read as ${how}.`)
    return comma ? ',' : '.'
  }

  function decideThousands(): NumberFormat['thousands'] {
    const uses = (column: Evidence) => (separator === ',' ? column.comma : column.point)
    const parted = count((column) => uses(column).thousands > uses(column).decimal)
    const doubtful = (column: Evidence) => uses(column).either > 0 && uses(column).decimal === 0
    const spaces = count((column) => column.spaces > 0)
    const apostrophes = count((column) => column.apostrophes > 0)
    if (parted > 0 && parted >= spaces && parted >= apostrophes) return separator
    if (spaces > 0 && spaces >= apostrophes) return ' '
    if (apostrophes > 0) return "'"
    if (!evidence.some(doubtful)) return ''
    if (separator === '.') {
      notes.push(`The point in '${example(doubtful)}' is read as a separator of thousands: 1.234 is 1234.`)
    }
    return separator
  }
}

const SIGNS = { '.': 'point', ',': 'comma' } as const

function hasSign({ comma, point, spaces, apostrophes }: Evidence): boolean {
  const uses = [comma, point].some((sign) => sign.decimal + sign.thousands + sign.either > 0)
  return uses || spaces > 0 || apostrophes > 0
}

const SPACES = /[\u00a0\u202f\u2009\u2007]/g

/** Reads numbers that are written in one format; NaN where a text is none. NaN and infinities are as computers write them. */
export function numberParser({ decimal, thousands }: NumberFormat): (text: string) => number {
  const point = decimal === '.' ? '\\.' : ','
  const part = thousands === '' ? null : thousands === '.' ? '\\.' : thousands
  const grouped = part === null ? '' : `|[0-9]{1,3}(?:${part}[0-9]{3})+`
  const pattern = new RegExp(`^[+-]?(?:(?:[0-9]+${grouped})(?:${point}[0-9]*)?|${point}[0-9]+)(?:[eE][+-]?[0-9]+)?$`)
  const parts = part === null ? null : new RegExp(part, 'g')
  return (cell) => {
    const text = cell
      .trim()
      .replace(SPACES, ' ')
      .replace(/[\u2212\u2013]/, '-')
    if (!pattern.test(text)) return WORDS[text.toLowerCase().replace(/^\+/, '')] ?? Number.NaN
    const bare = parts === null ? text : text.replace(parts, '')
    return Number(decimal === ',' ? bare.replace(',', '.') : bare)
  }
}

const WORDS: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
}
