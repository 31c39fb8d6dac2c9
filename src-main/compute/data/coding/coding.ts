/** How do columns become the numbers of a network's inputs? Fitted on the training rows, applied to any, in float64. */
import type { ColumnUse, Scaling } from '../../../../src-shared/contract/job'
import {
  type CategoryCoding,
  type ColumnCoding,
  type DatePart,
  inputsOfColumn,
  type ScaledCoding,
} from '../../../../src-shared/kan/preprocessing'
import { spellingKey } from '../../../../src-shared/kan/spelling'
import { byValue } from '../../../../src-shared/kan/value-order'
import { UserError } from '../../../../src-shared/user-error'
import { sumOf } from '../cells/column-summary'
import { hasGaps, NO_CODE, type RawColumn, type RawNumbers, type RawTexts } from './raw-data'
import { fitScaling, rangeOf, scaleRows } from './scaling'
import { valuesIn } from './spellings'

/** Each value is an input: more of them are rather names or identifiers, unless a job lists them. */
const MOST_VALUES = 200

/**
 * The codings of a column: one, or one for each part of a date.
 *
 * Values of a category are those of all rows, so that the number of inputs does not depend on the split.
 *
 * @param train rows to take figures from, null for all
 * @throws UserError (exit status 2) where the use makes no sense for the column
 */
export function fitColumn(
  column: RawColumn,
  use: ColumnUse,
  scaling: Scaling,
  train: Uint32Array | null,
): readonly ColumnCoding[] {
  refuseSenseless(column, use)
  if (column.type === 'category') return [fitCategory(column, use)]
  const name = column.name
  switch (column.type) {
    case 'number': {
      const transform = use.transform === 'log' ? { transform: 'log' as const } : {}
      return [
        fitScaled(
          { column: name, ...unitsOf(column), ...transform, center: 0, spread: 1 },
          column,
          use,
          scaling,
          train,
        ),
      ]
    }
    case 'boolean':
      return [fitScaled({ type: 'boolean', column: name, center: 0, spread: 1 }, column, use, scaling, train)]
    case 'date': {
      const order = column.order == null || column.order === 'year-first' ? {} : { order: column.order }
      const unscaled = { type: 'date', column: name, ...order, center: 0, spread: 1 } as const
      const codings: ScaledCoding[] = use.date?.parts.map((part) => ({ ...unscaled, part })) ?? [
        { ...unscaled, start: startOf(column, train) },
      ]
      return codings.map((coding) => fitScaled(coding, column, use, scaling, train))
    }
  }
}

/** What a model remembers of a column's units. */
export function unitsOf({ unit, headUnit }: RawNumbers): { unit?: string; headUnit?: string } {
  return { ...(unit != null && { unit }), ...(headUnit != null && { headUnit }) }
}

function refuseSenseless({ type, name }: RawColumn, { missing, transform, date }: ColumnUse): void {
  const refuse = (why: string) => {
    throw new UserError(`the column '${name.trim()}' is ${KINDS[type]}, ${why}`, { exitCode: 2 })
  }
  if (type === 'category' && missing === 'mean') refuse('which has no mean: use drop, value or stop for "missing"')
  if (type !== 'category' && missing === 'value') {
    refuse('and only a category can have missing as a value: use drop, mean or stop for "missing"')
  }
  if (type !== 'number' && transform === 'log') refuse('and only numbers have a logarithm')
  if (type !== 'date' && date !== undefined) refuse('and only dates have parts')
}

const KINDS = { number: 'of numbers', boolean: 'yes or no', date: 'a date', category: 'a category' } as const

function fitCategory(column: RawTexts, use: ColumnUse): CategoryCoding {
  const { name } = column
  const fold = use.fold ? { fold: true } : {}
  const missing = use.missing === 'value' ? { missing: 'value' as const } : {}
  const values = use.values?.map((value) => value.trim()) ?? valuesIn(column, use.fold).sort(byValue)
  if (values.length === 0) {
    throw new UserError(`the column '${name.trim()}' has no value in any row: leave it out`, { exitCode: 2 })
  }
  if (use.values === undefined && values.length > MOST_VALUES) {
    throw new UserError(
      `the column '${name.trim()}' has ${values.length} different values, and each would be an input: leave the column out, ` +
        `or list the values that matter ("values", with "unseen": "zero")`,
      { exitCode: 2 },
    )
  }
  return { type: 'category', column: name, values, ...fold, unseen: use.unseen ?? 'stop', ...missing }
}

/** The first moment of the training rows. */
function startOf({ values }: RawNumbers, train: Uint32Array | null): number {
  const known = present(pick(values, train))
  return known.length === 0 ? 0 : rangeOf(known).min
}

function fitScaled<Coding extends ScaledCoding>(
  coding: Coding,
  column: RawNumbers,
  { missing }: ColumnUse,
  scaling: Scaling,
  train: Uint32Array | null,
): Coding {
  const picked = pick(column.values, train)
  const measured = isPlain(coding) ? picked : picked.map(measureOf(coding))
  const known = present(measured)
  if (known.length === 0) {
    throw new UserError(`the column '${coding.column.trim()}' has no value in any training row: leave it out`, {
      exitCode: 2,
    })
  }
  const { min, max } = rangeOf(known)
  const filled: Coding = missing === 'mean' ? { ...coding, fill: meanOf(known) } : coding
  // Figures are those of what the network sees, filled rows and logarithms included.
  const isAsKnown = isPlain(filled) && (filled.fill === undefined || known.length === measured.length)
  const seen = isAsKnown ? known : measured.map(transformOf(filled)).filter(Number.isFinite)
  const figures = seen.length === 0 ? { center: 0, spread: 1 } : fitScaling(scaling, seen)
  return { ...filled, range: [min, max], ...figures }
}

/** Whether a value is scaled as it stands in the table. */
function isPlain(coding: ScaledCoding): boolean {
  return coding.type !== 'date' && !('transform' in coding && coding.transform === 'log')
}

/** The values that are not missing. A table can have millions: where all are there they are not copied. */
function present(values: Float64Array): Float64Array {
  return hasGaps(values) ? values.filter((value) => !Number.isNaN(value)) : values
}

function meanOf(values: Float64Array): number {
  return sumOf(values, (value) => value / values.length)
}

/** A column's values in some rows, or in all. */
export function pick(values: Float64Array, rows: Uint32Array | null): Float64Array {
  if (rows === null) return values
  const picked = new Float64Array(rows.length)
  for (let k = 0; k < rows.length; k++) picked[k] = values[rows[k] as number] as number
  return picked
}

/** From what stands in the table to what is filled, ranged and scaled. */
function measureOf(coding: ScaledCoding): (value: number) => number {
  if (coding.type !== 'date') return (value) => value
  const { part, start = 0 } = coding
  return part === undefined ? (seconds) => seconds - start : (seconds) => partOf(part, seconds)
}

function transformOf(coding: ScaledCoding): (measured: number) => number {
  const { fill = Number.NaN } = coding
  const isLog = 'transform' in coding && coding.transform === 'log'
  return (measured) => {
    const value = Number.isNaN(measured) ? fill : measured
    return isLog ? Math.log(value) : value
  }
}

const DAY = 86_400

/** A part of a moment in UTC; NaN of NaN. */
function partOf(part: DatePart, seconds: number): number {
  const date = new Date(seconds * 1000)
  switch (part) {
    case 'year':
      return date.getUTCFullYear()
    case 'month':
      return date.getUTCMonth() + 1
    case 'day':
      return date.getUTCDate()
    case 'weekday':
      return ((date.getUTCDay() + 6) % 7) + 1
    case 'day-of-year':
      return Math.floor((seconds - Date.UTC(date.getUTCFullYear(), 0) / 1000) / DAY) + 1
    case 'hour':
      return date.getUTCHours()
    case 'minute':
      return date.getUTCMinutes()
    case 'second':
      return date.getUTCSeconds()
  }
}

/**
 * The inputs that a column gives in some rows, or in all; NaN or infinite where a row cannot be coded.
 *
 * @throws RangeError where the column is not of the coding's kind
 */
export function codeColumn(coding: ColumnCoding, column: RawColumn, rows: Uint32Array | null): Float64Array[] {
  if (coding.type === 'category') {
    if (column.type !== 'category') throw new RangeError(`${coding.column} is no category`)
    return codeCategory(coding, column, rows)
  }
  if (column.type === 'category') throw new RangeError(`${coding.column} is a category`)
  const [measure, transform] = [measureOf(coding), transformOf(coding)]
  const { center, spread } = coding
  if (isPlain(coding) && !hasGaps(column.values)) return [scaleRows(column.values, rows, coding)]
  return [pick(column.values, rows).map((value) => (transform(measure(value)) - center) / spread)]
}

function codeCategory(coding: CategoryCoding, { texts, codes }: RawTexts, rows: Uint32Array | null): Float64Array[] {
  const length = rows?.length ?? codes.length
  const inputs = Array.from({ length: inputsOfColumn(coding) }, () => new Float64Array(length))
  const places = placesOf(coding, texts)
  for (let k = 0; k < length; k++) {
    const code = codes[rows === null ? k : (rows[k] as number)] as number
    const place = code === NO_CODE ? placeOfMissing(coding) : (places[code] as number)
    if (place >= 0) (inputs[place] as Float64Array)[k] = 1
    else if (place === UNKNOWN) for (const input of inputs) input[k] = Number.NaN
  }
  return inputs
}

/** A text without an input of its own that is to be 0 in all of them, and one that is to have no coding. */
const ZERO = -1
const UNKNOWN = -2

/** Which of a category's inputs each text is. */
function placesOf({ values, fold, unseen }: CategoryCoding, texts: readonly string[]): number[] {
  const known = new Map(values.map((value, place) => [spellingKey(value, fold), place]))
  const whole = new Map(values.flatMap((value, place) => wholeIn(value).map((number) => [number, place] as const)))
  const placeOfNumber = (text: string) => wholeIn(text).map((number) => whole.get(number))[0]
  return texts.map(
    (text) => known.get(spellingKey(text, fold)) ?? placeOfNumber(text) ?? (unseen === 'zero' ? ZERO : UNKNOWN),
  )
}

/** The whole number that a text is, as tables write the same classes: 1, 1.0 and 1,0. Codes as 01 are none. */
function wholeIn(text: string): string[] {
  const digits = /^([+-]?(?:0|[1-9]\d*))(?:\.0+|,0{1,2})?$/.exec(text)?.[1]
  return digits === undefined ? [] : [digits]
}

function placeOfMissing({ values, missing }: CategoryCoding): number {
  return missing === 'value' ? values.length : UNKNOWN
}

/** Rows that a coding has no number for, ascending. */
export function uncodable(coding: ColumnCoding, column: RawColumn): number[] {
  const rows: number[] = []
  if (coding.type === 'category' && column.type === 'category') {
    const places = placesOf(coding, column.texts)
    column.codes.forEach((code, row) => {
      if ((code === NO_CODE ? placeOfMissing(coding) : places[code]) === UNKNOWN) rows.push(row)
    })
  } else if (coding.type !== 'category' && column.type !== 'category') {
    if (isPlain(coding) && !hasGaps(column.values)) return rows
    const [measure, transform] = [measureOf(coding), transformOf(coding)]
    column.values.forEach((value, row) => {
      if (!Number.isFinite(transform(measure(value)))) rows.push(row)
    })
  }
  return rows
}

/** Why a row has no number, to follow its line and column. */
export function codingProblem(coding: ColumnCoding, column: RawColumn, row: number): string {
  if (column.type === 'category') {
    const code = column.codes[row] as number
    if (code === NO_CODE || coding.type !== 'category') return 'the cell is empty'
    return `'${column.texts[code]}' is none of the values that the network knows (${listed(coding.values)})`
  }
  const value = column.values[row] as number
  if (Number.isNaN(value)) return 'the cell is empty'
  return `${value} has no logarithm, which is taken of this column: only numbers above 0 have one`
}

const LISTED = 10

function listed(values: readonly string[]): string {
  const more = values.length > LISTED ? ` and ${values.length - LISTED} more` : ''
  return values.slice(0, LISTED).join(', ') + more
}

/** How many rows lie outside what training saw: beyond the range of its rows. Missing values are not counted. */
export function countOutside(coding: ColumnCoding, column: RawColumn, valid: Uint8Array): number {
  if (coding.type === 'category' || column.type === 'category' || coding.range === undefined) return 0
  const measure = measureOf(coding)
  const [min, max] = coding.range
  let count = 0
  column.values.forEach((value, row) => {
    const measured = measure(value)
    if (valid[row] === 1 && (measured < min || measured > max)) count++
  })
  return count
}

/** How many rows lack a value that the network fills. */
export function countFilled(coding: ColumnCoding, column: RawColumn, valid: Uint8Array): number {
  if (coding.type === 'category' || column.type === 'category' || coding.fill === undefined) return 0
  let count = 0
  column.values.forEach((value, row) => {
    if (valid[row] === 1 && Number.isNaN(value)) count++
  })
  return count
}

/** How many rows have a value that training did not have, where such rows are 0 in every input of the column. */
export function countUnseen(coding: ColumnCoding, column: RawColumn, valid: Uint8Array): number {
  if (coding.type !== 'category' || column.type !== 'category') return 0
  const places = placesOf(coding, column.texts)
  let count = 0
  column.codes.forEach((code, row) => {
    if (valid[row] === 1 && code !== NO_CODE && places[code] === ZERO) count++
  })
  return count
}
