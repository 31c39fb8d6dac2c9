/** What `info` says of a table: how it was read, what its columns hold, what is wrong in it. */
import type { ColumnSummary, ReadReport, TableProblem, TableSummary } from '../../src-shared/contract/data'
import { spellingsOf } from '../../src-shared/kan/spelling'
import { table } from './print'
import { count } from './progress'

/** `{"rows", "read", "columns": […], "problems", "notes"}`: figures are of the finite values, in float64. */
export function tableJson({ rows, read, columns, problems, notes }: TableSummary) {
  return {
    rows,
    read,
    columns: columns.map(({ name, type, missing, distinct, min, max, mean, sum, unit, bad, values, suspects }) => {
      return { name, type, missing, distinct, min, max, mean, sum, unit, bad, values, suspects }
    }),
    problems,
    notes,
  }
}

export function tableText({ rows, read, columns, problems, notes }: TableSummary): string {
  const suspects = columns
    .filter((column) => column.suspects.length > 0)
    .map(({ name, suspects: found }) => {
      const texts = found.map(({ text, count: times }) => `'${text}' (${count(times)})`).join(', ')
      return `'${line(name)}' may mean missing by ${texts}.`
    })
  const spellings = columns.flatMap(({ name, type, values }) => {
    const several = type === 'text' ? spellingsOf(values).filter((same) => same.length > 1) : []
    const texts = several.slice(0, PLACES).map((same) => same.map(({ text }) => `'${line(text)}'`).join(' and '))
    return texts.length === 0
      ? []
      : [`'${line(name)}' has values that differ by capitals only: ${texts.join(', ')}; "fold" reads them as one.`]
  })
  return [
    `${count(rows)} ${rows === 1 ? 'row' : 'rows'}, ${count(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}; `,
    `read with ${settings(read)}\n\n`,
    table([['column', 'type', 'unit', 'missing', 'bad', 'distinct', 'min', 'max', 'mean', 'sum'], ...columns.map(row)]),
    paragraph([...problems.map(problemText), ...suspects, ...spellings, ...notes]),
  ].join('')
}

const paragraph = (sentences: readonly string[]) => (sentences.length === 0 ? '' : `\n${sentences.join('\n')}\n`)

/** What was settled, without what is not there, and quotes only where they are not the usual ones. */
function settings({ quote, ...read }: ReadReport): string {
  return Object.entries({ ...read, quote: quote === '"' ? null : quote })
    .filter(
      ([, value]) => value !== null && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0),
    )
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')
}

function row({ name, type, unit, missing, bad, distinct, min, max, mean, sum }: ColumnSummary): string[] {
  const figure = (value: number | null) =>
    value === null ? '' : type === 'date' ? moment(value) : String(Number(value.toPrecision(9)))
  const figures = type === 'date' ? [min, max, mean].map(figure).concat('') : [min, max, mean, sum].map(figure)
  return [line(name), type, unit ?? '', count(missing), count(bad), count(distinct), ...figures]
}

/** Seconds since 1970 as a date, with a time of day where there is one. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return String(seconds)
  return date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace('T00:00:00Z', '')
}

const KINDS: Readonly<Record<TableProblem['kind'], string>> = {
  'not-number': 'is not a number',
  'not-boolean': 'is not yes or no',
  'not-date': 'is not a date',
  'too-long-integer': 'has more digits than a number can hold',
  'short-line': 'too few cells',
  'long-line': 'too many cells',
}
const ACTIONS: Readonly<Record<TableProblem['action'], string>> = {
  missing: 'counts as missing',
  drop: 'the row is left out',
  stop: 'stops a training',
}
const PLACES = 5

function problemText({ kind, column, text, count: times, places, action }: TableProblem): string {
  const more = times > PLACES ? ` and ${count(times - PLACES)} more` : ''
  const where = `${places.slice(0, PLACES).join(', ')}${more}`
  if (column === null) return `${where}: ${KINDS[kind]}; ${ACTIONS[action]}.`
  return `column '${line(column)}', ${where}: ${text === null ? 'what stands there' : `'${line(text)}'`} ${KINDS[kind]}; ${ACTIONS[action]}.`
}

const line = (text: string) => text.trim().replaceAll(/\s+/g, ' ')
