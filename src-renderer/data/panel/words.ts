/** What a person reads about a column: how it is coded, how it goes with the target, what is odd about it and what to do. */
import type { DataColumn, DataColumnView, Strength } from '../../../src-shared/contract/data-view'
import { type ColumnCoding, inputsOfColumn } from '../../../src-shared/kan/preprocessing'
import { formatCount, formatFigure } from '../../ui/format'

/** How a column becomes inputs, or what the network learns of a target: "log, filled with 10.7". */
export function codingText({ codings, output }: Pick<DataColumnView, 'codings' | 'output'>): string {
  const [first] = codings
  if (output !== null) return output.transform === 'log' ? 'learnt as its logarithm' : 'learnt as it is'
  if (first === undefined) return 'as it is'
  if (first.type === 'category') {
    const count = inputsOfColumn(first)
    return `category: ${formatCount(count)} ${count === 1 ? 'input' : 'inputs'}`
  }
  const parts = codings.flatMap((coding) => (coding.type === 'date' && coding.part !== undefined ? [coding.part] : []))
  const kind = parts.length > 0 ? `date: ${parts.join(', ')}` : kindText(first)
  return first.fill === undefined ? kind : `${kind}, filled with ${formatFigure(first.fill)}`
}

function kindText(coding: ColumnCoding): string {
  if (coding.type === 'boolean') return 'yes is 1, no is 0'
  if (coding.type === 'date') return `seconds since ${formatMoment(coding.start ?? 0)}`
  return 'transform' in coding && coding.transform === 'log' ? 'number, as its logarithm' : 'number'
}

/** A value in its column's own unit. */
export function formatOwn(kind: DataColumn['kind'], value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–'
  if (kind === 'date') return formatMoment(value)
  return formatFigure(value)
}

/** Seconds since 1970 as a day, with the time where it is not midnight. */
function formatMoment(seconds: number): string {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return '–'
  const text = date.toISOString()
  return seconds % 86_400 === 0 ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
}

/** A share in percent; small ones stay above 0. */
export function percent(count: number, of: number): string {
  const share = (100 * count) / Math.max(1, of)
  if (share > 0 && share < 0.1) return '< 0.1 %'
  if (share > 99.9 && share < 100) return '> 99.9 %'
  return `${share < 10 ? Number(share.toFixed(1)) : Math.round(share)} %`
}

/** −0.82: the coefficient that columns are sorted by; null where there is none. */
export function mainStrength(strength: Strength): number | null {
  return strength.type === 'category' ? strength.ratio : strength.pearson
}

export const formatStrength = (value: number | null): string =>
  value === null ? '–' : value.toFixed(2).replace('-', '−')

/** "r −0.82, rank −0.90". */
export function strengthText(strength: Strength): string {
  if (strength.type === 'category') return `η ${formatStrength(strength.ratio)}`
  return `r ${formatStrength(strength.pearson)}, rank ${formatStrength(strength.rank)}`
}

export interface Oddity {
  readonly kind: 'constant' | 'duplicate' | 'out-of-grid'
  /** What it is, in a few words. */
  readonly label: string
  /** One sentence: what it means and what to do. */
  readonly advice: string
}

/** A validation row may lie a little beyond the training rows: fewer than this share off the grid is nothing odd. */
const MUCH = 0.01

/** What is odd about a column, the worst first. */
export function odditiesOf(column: DataColumn, rows: number): readonly Oddity[] {
  const { role, constant, twin, outside } = column
  const odd: Oddity[] = []
  if (constant)
    odd.push({
      kind: 'constant',
      label: 'constant',
      advice:
        role === 'target'
          ? 'It is the same in every row: there is nothing to learn. Choose another target.'
          : 'It is the same in every row and tells nothing: leave it out.',
    })
  if (twin !== null)
    odd.push({
      kind: 'duplicate',
      label: `same as ${twin}`,
      advice: `It equals “${twin}” in every row: one of the two is enough.`,
    })
  if (outside !== null && outside >= MUCH * rows && outside > 0)
    odd.push({
      kind: 'out-of-grid',
      label: `${percent(outside, rows)} off grid`,
      advice: 'Outside of the grid its curves cannot bend: fit the grid to the data, or scale the column.',
    })
  return odd
}
