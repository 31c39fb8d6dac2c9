/** How a file may be read: what each way is called, and which ways a person is asked about. */
import type { ReadReport } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { settled } from './draft'

type Option =
  | 'delimiter'
  | 'quote'
  | 'decimal'
  | 'thousands'
  | 'encoding'
  | 'header'
  | 'units'
  | 'comment'
  | 'sheet'
  | 'dates'

export interface ReadChoice {
  readonly option: Option
  readonly label: string
  /** What it does, in a sentence. */
  readonly hint: string
  /** What is done now, as a value. */
  readonly value: string
  /** Whether that was detected and not chosen. */
  readonly detected: boolean
  readonly values: readonly { readonly value: string; readonly label: string }[]
}

const named = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

const DELIMITERS = named({
  ',': 'comma ,',
  ';': 'semicolon ;',
  '\t': 'tab',
  '|': 'bar |',
  ' ': 'space',
  ':': 'colon :',
})
const QUOTES = named({ '"': 'double "a, b"', "'": "single 'a, b'" })
const DECIMALS = named({ '.': 'point 1.5', ',': 'comma 1,5' })
const THOUSANDS = named({
  '': 'none',
  ',': 'comma 1,000',
  '.': 'point 1.000',
  ' ': 'space 1 000',
  "'": 'apostrophe 1’000',
  _: 'underscore 1_000',
})
const ENCODINGS = named({
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'iso-8859-1': 'ISO 8859-1',
  'iso-8859-15': 'ISO 8859-15',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'utf-32le': 'UTF-32 LE',
  'utf-32be': 'UTF-32 BE',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  shift_jis: 'Shift JIS',
  gb18030: 'GB 18030',
  big5: 'Big5',
  'euc-kr': 'EUC-KR',
})
const HEADERS = named({ true: 'names', false: 'a row' })
const UNITS = named({ true: 'units', false: 'a row' })
const COMMENTS = named({ '': 'none', '#': 'from #', '%': 'from %', '//': 'from //', ';': 'from ;' })
const DATES = named({ 'year-first': 'year first', 'day-first': 'day first', 'month-first': 'month first' })

/** What can be chosen for a file that is read like this. @param hasDates whether any column is one of dates */
export function readChoices(read: ReadReport, chosen: ReadOptions, hasDates: boolean): readonly ReadChoice[] {
  const choices: ReadChoice[] = []
  const add = (
    option: Option,
    label: string,
    hint: string,
    value: string | boolean | null,
    values: ReadChoice['values'],
  ) => {
    if (value === null) return
    const text = String(value)
    const known = values.some((candidate) => candidate.value === text)
    choices.push({
      option,
      label,
      hint,
      value: text,
      detected: chosen[option] === undefined,
      values: known ? values : [...values, { value: text, label: text }],
    })
  }
  // What is written with types of its own has neither signs nor lines.
  const isText = read.delimiter !== null
  const isWritten = hasLines(read)
  if (read.sheets.length > 1)
    add(
      'sheet',
      'Sheet',
      'Which sheet of the workbook is read.',
      read.sheet,
      read.sheets.map((value) => ({ value, label: value })),
    )
  add('delimiter', 'Separator', 'What stands between two cells of a line.', read.delimiter, DELIMITERS)
  if (isWritten) {
    add('decimal', 'Decimal', 'What stands before the fraction of a number.', read.decimal, DECIMALS)
    add('thousands', 'Thousands', 'What groups the digits of a large number.', read.thousands, THOUSANDS)
  }
  add('encoding', 'Encoding', 'How the file writes letters: wrong where ä or é look odd.', read.encoding, ENCODINGS)
  if (isWritten)
    add('header', 'First line', 'Whether the first line names the columns or is a row.', read.header, HEADERS)
  if (isWritten && read.header)
    add('units', 'Second line', 'Whether the line under the names gives units or is a row.', read.units, UNITS)
  if (isText)
    add('quote', 'Quotes', 'What a cell stands in that holds a separator or a line break.', read.quote, QUOTES)
  if (isText) add('comment', 'Comments', 'Lines that begin with this are left out.', read.comment, COMMENTS)
  if (hasDates || chosen.dates !== undefined)
    add('dates', 'Dates', 'What comes first in a date like 03/04/2025.', read.dates, DATES)
  return choices
}

/** The options after one was chosen; null detects it again. */
export function withChoice(chosen: ReadOptions, option: Option, value: string | null): ReadOptions {
  const typed = option === 'header' || option === 'units' ? value === 'true' : value
  return settled({ ...chosen, [option]: value === null ? undefined : typed })
}

/** Whether lines before the names can be left out. */
export const hasLines = (read: ReadReport): boolean => read.delimiter !== null || read.sheets.length > 0
