/** What is a column of: numbers, texts, yes and no, or dates? Judged from all its different texts. */
import type { TableProblem, TextCount } from '../../../../src-shared/contract/data'
import type { CellType } from '../../../../src-shared/contract/job'
import type { DateOrder, NumberFormat } from '../../../../src-shared/kan/preprocessing'
import { seemsMissing } from '../layout/cell-shapes'
import { numberParser } from '../layout/number-format'
import { dateReadings, secondsOf, secondsOfDay, secondsOfDigits, secondsOfSerial } from './dates'
import { shown } from './shown'

/** The different texts of a column, trimmed, and how often each stands there. The first is the empty one. */
export interface Texts {
  readonly texts: readonly string[]
  readonly counts: readonly number[]
}

export interface JudgeOptions {
  readonly name: string
  readonly numbers: NumberFormat
  /** How numbers are written in texts, where the table has numbers of its own kind besides. */
  readonly textNumbers: NumberFormat | null
  /** Of likely readings of 01/02/2026 the one to take; told, or null. */
  readonly dates: DateOrder | null
  /** The one that is likely where the cells do not tell; null where nothing is known. */
  readonly likelyDates: DateOrder | null
  readonly told: CellType | null
  /** Whether a text means missing. */
  readonly isMissing: (text: string) => boolean
}

export type ProblemKind = Extract<TableProblem['kind'], `not-${string}` | 'too-long-integer'>

export interface Judgement {
  readonly type: CellType
  readonly unit: string | null
  /** Of each text: its number, 1 or 0, or seconds since 1970; NaN where it is missing or bad. Null for a column of text. */
  readonly values: Float64Array | null
  /** For each text whether it is missing. */
  readonly missing: Uint8Array
  /** Texts that are not of the type, by their places. */
  readonly bad: ReadonlyMap<number, ProblemKind>
  readonly suspects: readonly TextCount[]
  readonly dates: DateOrder | null
  readonly notes: readonly string[]
}

/** Shares of cells that make a type, and how many different others a smaller share bears. */
const MOST = 0.9
const HALF = 0.5
const FEW = 5

const TRUTH = new Map([
  ...['true', 't', 'yes', 'y', 'ja', 'j', 'oui', 'si', 'sí', 'wahr', 'vrai', 'on'].map((word) => [word, 1] as const),
  ...['false', 'f', 'no', 'n', 'nein', 'non', 'falsch', 'faux', 'off'].map((word) => [word, 0] as const),
])

export function judge({ texts, counts }: Texts, options: JudgeOptions): Judgement {
  const missing = Uint8Array.from(texts, (text) => (text === '' || options.isMissing(text) ? 1 : 0))
  const present = texts.flatMap((_, k) => (missing[k] === 0 ? [k] : []))
  const context: Context = { texts, counts, missing, present, options }
  switch (options.told) {
    case 'number': {
      const numbers = asNumbers(context)
      const times = asTimes(context)
      // Where no cell is a number all may be times, as a network knows them that was trained on times.
      return times.bad.size === 0 && numbers.bad.size === present.length && present.length > 0 ? times : numbers
    }
    case 'boolean':
      return asBooleans(context)
    case 'date':
      return asDates(context)
    case 'text':
      return asTexts(context)
    case null:
      return detect(context)
  }
}

interface Context {
  readonly texts: readonly string[]
  readonly counts: readonly number[]
  readonly missing: Uint8Array
  readonly present: readonly number[]
  readonly options: JudgeOptions
}

function detect(context: Context): Judgement {
  const { texts, present } = context
  if (present.length === 0) return asTexts(context)
  const every = (pattern: RegExp) => present.every((k) => pattern.test(texts[k] ?? ''))
  // Codes: digits only, some of them with zeros in front.
  const isCode = every(/^\d+$/) && present.some((k) => /^0\d/.test(texts[k] ?? ''))
  const isIdentifier = every(/^[+-]?\d+$/) && present.some((k) => isTooLong(texts[k] ?? ''))
  if (isCode || isIdentifier) return asTexts(context)
  const numbers = asNumbers(context)
  if (fits(context, numbers)) return numbers
  if (present.every((k) => TRUTH.has(fold(texts[k])))) return asBooleans(context)
  const dates = asDates(context)
  if (fits(context, dates)) return dates
  const times = asTimes(context)
  return fits(context, times) ? times : withHint(context)
}

const LIKE_NUMBER = /^[(+\-−]?\s?\d[\d.,'’ \u00a0\u202f]*(?:[eEdD][+-]?\d+)?[)\-−]?$/

/** Text, and a word about it where most of it is written as numbers are, but not as the table's others. */
function withHint(context: Context): Judgement {
  const { texts, counts, present, options } = context
  const cells = (places: readonly number[]) => places.reduce((sum, k) => sum + (counts[k] ?? 0), 0)
  const alike = present.filter((k) => LIKE_NUMBER.test(texts[k] ?? '') && /[^\d-]/.test(texts[k] ?? ''))
  const judged = asTexts(context)
  if (alike.length === 0 || cells(alike) < MOST * cells(present)) return judged
  const example = shown(texts[alike[0] ?? 0] ?? '')
  const hint =
    `${cells(alike)} of ${cells(present)} cells of '${options.name}' look like numbers, but are not written as numbers are read here ` +
    `('${example}'): the column is taken for text.`
  return { ...judged, notes: [hint] }
}

/** Times of day alone are the seconds since midnight. */
function asTimes(context: Context): Judgement {
  const { texts, present, options } = context
  const values = new Float64Array(texts.length).fill(Number.NaN)
  const bad = new Map<number, ProblemKind>()
  for (const k of present) {
    const seconds = secondsOfDay(texts[k] ?? '')
    if (seconds === null) bad.set(k, 'not-number')
    else values[k] = seconds
  }
  const example = present.find((k) => !bad.has(k)) ?? 0
  return {
    ...asTexts(context),
    type: 'number',
    values,
    bad,
    notes: [
      `Times of day in '${options.name}' are read as seconds since midnight: ${texts[example]} is ${values[example]}.`,
    ],
  }
}

function fits({ counts, missing, texts }: Context, { bad, values }: Judgement): boolean {
  let all = 0
  let wrong = 0
  for (let k = 0; k < texts.length; k++) {
    if (missing[k] === 1 || isNan(texts[k])) continue
    all += counts[k] ?? 0
    // What is infinite cannot be computed with, but is written by who means numbers.
    if (bad.has(k) && !/^[+-]?inf(inity)?$/i.test(texts[k] ?? '')) wrong += counts[k] ?? 0
  }
  if (values === null || all === 0) return false
  const share = (all - wrong) / all
  return share >= MOST || (share >= HALF && bad.size <= FEW)
}

function asTexts(context: Context): Judgement {
  const { texts, counts, missing, present } = context
  const suspects = present.filter((k) => seemsMissing(texts[k] ?? ''))
  return {
    type: 'text',
    unit: null,
    values: null,
    missing,
    bad: new Map(),
    suspects: suspects.map((k) => ({ text: texts[k] ?? '', count: counts[k] ?? 0 })),
    dates: null,
    notes: [],
  }
}

function asNumbers(context: Context): Judgement {
  const { texts, counts, present, options } = context
  const parse = parserFor(options)
  const values = new Float64Array(texts.length).fill(Number.NaN)
  for (const k of present) values[k] = parse(texts[k] ?? '')
  const affix = commonAffix(context, values, parse)
  if (affix !== null) {
    for (const k of present) values[k] = affix.value(texts[k] ?? '')
  }
  const turned = readNegatives(context, values, affix?.value ?? parse)
  const missing = context.missing.slice()
  const bad = new Map<number, ProblemKind>()
  for (const k of present) {
    const text = texts[k] ?? ''
    if (isTooLong(text)) {
      values[k] = Number.NaN
      bad.set(k, 'too-long-integer')
    } else if (isNan(text)) missing[k] = 1
    else if (!Number.isFinite(values[k])) {
      values[k] = Number.NaN
      bad.set(k, 'not-number')
    }
  }
  const suspects = [...bad.keys()].filter((k) => seemsMissing(texts[k] ?? ''))
  return {
    type: 'number',
    unit: affix?.unit ?? null,
    values,
    missing,
    bad,
    suspects: suspects.map((k) => ({ text: texts[k] ?? '', count: counts[k] ?? 0 })),
    dates: null,
    notes: [...(affix === null ? [] : [affix.note]), ...(turned === null ? [] : [turned])],
  }
}

function parserFor({ numbers, textNumbers }: JudgeOptions): (text: string) => number {
  const parse = numberParser(numbers)
  if (textNumbers === null) return parse
  const parseText = numberParser(textNumbers)
  return (text) => {
    const value = parse(text)
    return Number.isNaN(value) ? parseText(text) : value
  }
}

function asBooleans(context: Context): Judgement {
  const { texts, counts, missing, present, options } = context
  const values = new Float64Array(texts.length).fill(Number.NaN)
  const bad = new Map<number, ProblemKind>()
  for (const k of present) {
    const text = fold(texts[k])
    const value = TRUTH.get(text) ?? (text === '1' ? 1 : text === '0' ? 0 : null)
    if (value === null) bad.set(k, 'not-boolean')
    else values[k] = value
  }
  const written = present.filter((k) => !bad.has(k))
  const spellings = written.map((k) => `'${texts[k]}' (${counts[k]})`).join(', ')
  const merged = written.length > new Set(written.map((k) => values[k])).size
  return {
    ...asTexts(context),
    type: 'boolean',
    values,
    missing,
    bad,
    notes: merged ? [`Spellings in '${options.name}' are read as yes and no: ${spellings}.`] : [],
  }
}

function asDates(context: Context): Judgement {
  const { texts, counts, present, options } = context
  const fitting = new Map<DateOrder, number>()
  const readings = present.map((k) => dateReadings(texts[k] ?? ''))
  for (const [place, k] of present.entries()) {
    for (const [order] of readings[place] ?? []) fitting.set(order, (fitting.get(order) ?? 0) + (counts[k] ?? 0))
  }
  const [days = 0, months = 0] = [fitting.get('day-first'), fitting.get('month-first')]
  const guess =
    options.numbers.decimal === ',' || !present.some((k) => texts[k]?.includes('/')) ? 'day-first' : 'month-first'
  const detected = days === months ? (options.likelyDates ?? guess) : days > months ? 'day-first' : 'month-first'
  const order = options.dates ?? (days + months > 0 ? detected : 'year-first')
  const values = new Float64Array(texts.length).fill(Number.NaN)
  const bad = new Map<number, ProblemKind>()
  const ofNumber = (text: string) => (options.told === 'date' ? (secondsOfDigits(text) ?? secondsOfSerial(text)) : null)
  const serial = options.told === 'date' ? present.find((k) => secondsOfSerial(texts[k] ?? '') !== null) : undefined
  let zoned = 0
  for (const [place, k] of present.entries()) {
    const text = texts[k] ?? ''
    const seconds = readings[place]?.find(([other]) => other === order)?.[1] ?? secondsOf(text, order) ?? ofNumber(text)
    if (seconds === null) bad.set(k, 'not-date')
    else values[k] = seconds
    if (/(Z|UTC|GMT|:\d{2}\s*[+-]\d{2}:?\d{2})$/i.test(texts[k] ?? '')) zoned++
  }
  const doubtful = days === months ? present.find((k) => isDoubtful(texts[k] ?? '')) : undefined
  const isTimed = present.some((k) => texts[k]?.includes(':'))
  return {
    ...asTexts(context),
    type: 'date',
    values,
    bad,
    dates: order,
    notes: [
      ...(options.dates === null && doubtful !== undefined
        ? [
            `Dates in '${options.name}' are read ${ORDERS[order]} ('${texts[doubtful]}'): no date there tells, so it is a guess.`,
          ]
        : []),
      ...(serial === undefined
        ? []
        : [
            `Numbers in '${options.name}' are read as days of a spreadsheet: ${texts[serial]} is ${new Date((values[serial] ?? 0) * 1000).toISOString().slice(0, 10)}.`,
          ]),
      ...(isTimed && zoned === 0 ? [`Times in '${options.name}' have no zone and are taken as UTC.`] : []),
    ],
  }
}

/** Whether a text is another date with the month first than with the day first; with points nobody writes the month first. */
function isDoubtful(text: string): boolean {
  const [day, month] = [secondsOf(text, 'day-first'), secondsOf(text, 'month-first')]
  return day !== null && month !== null && day !== month && !/^\d+\./.test(text)
}

const ORDERS: Readonly<Record<DateOrder, string>> = {
  'year-first': 'with the year first',
  'day-first': 'with the day first',
  'month-first': 'with the month first',
}

const IN_BRACKETS = /^\(\s?([^()+\-\u2212\u2013]*\d[^()]*)\)$/u
const MINUS_BEHIND = /^([^()+\-\u2212\u2013]*\d[.,]?)\s?[-\u2212\u2013]$/u

/**
 * Reads what accountants and their programs write for numbers below 0, (1.50) and 1.50-, beside numbers that are written as usual: where
 * there are none, cells may be numbered as lists are. @returns what is to be said of it
 */
function readNegatives(
  { texts, present, options }: Context,
  values: Float64Array,
  read: (text: string) => number,
): string | null {
  if (options.told !== 'number' && !present.some((k) => Number.isFinite(values[k]))) return null
  let example: string | null = null
  for (const k of present) {
    if (!Number.isNaN(values[k])) continue
    const text = texts[k] ?? ''
    const written = (IN_BRACKETS.exec(text) ?? MINUS_BEHIND.exec(text))?.[1]?.trim()
    const value = written === undefined ? Number.NaN : read(written)
    if (!Number.isFinite(value)) continue
    values[k] = value === 0 ? 0 : -value
    example ??= `${text} is ${values[k]}`
  }
  return example === null ? null : `Numbers below 0 in '${options.name}' are written as in accounts: ${example}.`
}

interface Affix {
  readonly unit: string
  readonly note: string
  readonly value: (text: string) => number
}

const AFFIXED =
  /^([€$£¥])?\s?([+\-\u2212\u2013]?[\d.,'\s]*\d[.,]?(?:[eE][+-]?\d+)?)(\s?[%‰€$£¥°]|\s?°[CFK]|[msghlLVWJN]|[\p{L}µ]{2,4}|\s[\p{L}µ°/²³*^\d-]{1,8})?$/u

/** A sign or unit that stands at the numbers of a column: 12 %, 3.50 €, $7, 9kg; single letters only where they are units. What stands without may be as little as {@link fits} bears. */
function commonAffix(
  { texts, counts, present, options }: Context,
  values: Float64Array,
  parse: (text: string) => number,
): Affix | null {
  const found = new Map<string, number>()
  let all = 0
  for (const k of present) {
    const text = texts[k] ?? ''
    if (isNan(text)) continue
    all += counts[k] ?? 0
    if (!Number.isNaN(values[k])) continue
    const unit = unitIn(text)
    if (unit !== null) found.set(unit, (found.get(unit) ?? 0) + (counts[k] ?? 0))
  }
  const [[unit, count] = ['', 0]] = [...found].sort((a, b) => b[1] - a[1])
  const others = present.filter((k) => !isNan(texts[k]) && unitIn(texts[k] ?? '') !== unit)
  if (count === 0 || (count < MOST * all && (count < HALF * all || others.length > FEW))) return null
  const factor = unit === '%' ? 100 : unit === '‰' ? 1000 : 1
  const read = factor === 1 ? `'${unit}' is read as the unit of '${options.name}'` : null
  const note =
    read ??
    `'${options.name}' is in ${unit === '%' ? 'percent: 12 % is read as 0.12' : 'per mille: 12 ‰ is read as 0.012'}`
  const value = (text: string) => {
    const match = AFFIXED.exec(text)
    return match !== null && unitIn(text) === unit ? divided(parse(match[2] ?? ''), factor) : Number.NaN
  }
  return { unit, note: `${note}.`, value }
}

/** 12 / 100, without the error of a multiplication. */
const divided = (value: number, factor: number) => value / factor

function unitIn(text: string): string | null {
  const match = AFFIXED.exec(text)
  const unit = (match?.[1] ?? match?.[3] ?? '').trim()
  return unit === '' ? null : unit
}

/** Whether a text is an integer that a float64 does not give back as it was written, as identifiers are. */
export function isTooLong(written: string): boolean {
  if (written.length < 16 || !/^[+-]?\d+(\.0*)?$/.test(written)) return false
  const text = written.replace(/\..*/, '')
  const value = Number(text)
  if (!Number.isFinite(value) || BigInt(text.replace(/^\+/, '')) === BigInt(value)) return false
  const shortest = value.toExponential().replace(/e.*/, '').replace(/[-.]/g, '')
  return shortest !== text.replace(/^[+-]?0*/, '').replace(/0+$/, '')
}

const isNan = (text: string | undefined) => /^[+-]?nan$/i.test(text ?? '')
const fold = (text: string | undefined) => (text ?? '').toLowerCase()
