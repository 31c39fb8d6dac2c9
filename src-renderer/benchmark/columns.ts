/** The table of a benchmark: its columns, their order, which value is best, and ratios to a row. */
import { gigabytes } from '../../src-shared/benchmark/csv'
import type { BenchRow, Spread } from '../../src-shared/benchmark/results'
import { milliseconds } from '../../src-shared/benchmark/words'
import { formatCount } from '../ui/format'

export interface Column {
  readonly id: string
  readonly title: string
  /** One sentence that says what it is. */
  readonly hint: string
  /** Smaller is better; null where a row does not tell. */
  readonly value: (row: BenchRow) => number | null
  readonly text: (row: BenchRow) => string
  /** Half the distance of the quartiles, of times. */
  readonly spread: ((row: BenchRow) => Spread) | null
  /** Whether one value can be said to be the best. */
  readonly hasBest: boolean
}

const time = (id: 'forward' | 'backward' | 'step', hint: string): Column => ({
  id,
  title: `${id} ms`,
  hint,
  value: (row) => row[id].median,
  text: (row) => milliseconds(row[id].median).replace('-', '−'),
  spread: (row) => row[id],
  hasBest: true,
})

const memory = (id: 'forwardBytes' | 'backwardBytes' | 'deviceBytes', title: string, hint: string): Column => ({
  id,
  title,
  hint,
  value: (row) => row[id],
  text: (row) => gigabytes(row[id])?.toFixed(3) ?? '–',
  spread: null,
  hasBest: true,
})

const count = (id: 'parameters' | 'trainable', title: string, hint: string): Column => ({
  id,
  title,
  hint,
  value: (row) => row[id],
  text: (row) => {
    const value = row[id]
    return value === null ? '–' : formatCount(value)
  },
  spread: null,
  hasBest: false,
})

const COLUMNS: readonly Column[] = [
  time('forward', 'Median time from the batch in memory to the loss.'),
  time('backward', 'Median time that all gradients take on top of forward.'),
  time('step', 'Median time of one update by Adam: forward, backward and the update.'),
  memory('forwardBytes', 'forward GB', 'Peak of memory above the idle process, going forward.'),
  memory('backwardBytes', 'both GB', 'Peak of memory above the idle process, going both ways.'),
  memory(
    'deviceBytes',
    'device GB',
    'What the engine holds in a graphics card’s own memory: network, batch and what it computes with.',
  ),
  count('parameters', 'parameters', 'All numbers of the network.'),
  count('trainable', 'trainable', 'Numbers that training changes.'),
]

/** The columns of some rows; the device's is one only where a row has it. */
export function columnsOf(rows: readonly BenchRow[]): readonly Column[] {
  return COLUMNS.filter(({ id, value }) => id !== 'deviceBytes' || rows.some((row) => value(row) !== null))
}

export interface Order {
  /** A column's id, or `name`. */
  readonly by: string
  readonly descending: boolean
}

/** The rows in an order; those that do not tell come last. */
export function ordered(rows: readonly BenchRow[], order: Order | null): readonly BenchRow[] {
  if (order === null) return rows
  const sign = order.descending ? -1 : 1
  const column = COLUMNS.find(({ id }) => id === order.by)
  return [...rows].sort((a, b) => {
    if (column === undefined) return sign * a.name.localeCompare(b.name, 'en', { numeric: true })
    const [x, y] = [column.value(a), column.value(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return sign * (x - y)
  })
}

/** The order after a click on a heading: up, down, as planned. */
export function nextOrder(order: Order | null, by: string): Order | null {
  if (order?.by !== by) return { by, descending: false }
  return order.descending ? null : { by, descending: true }
}

/** The smallest value of a column, without those that are noise below 0; null where there is nothing to compare. */
export function bestOf(rows: readonly BenchRow[], column: Column): number | null {
  if (!column.hasBest) return null
  const values = rows.map((row) => column.value(row) ?? 0).filter((value) => value > 0)
  return values.length > 1 ? Math.min(...values) : null
}

/** How many times as much as the chosen row's; null where that says nothing. */
export function ratioTo(row: BenchRow, chosen: BenchRow | null, column: Column): number | null {
  const [value, base] = [column.value(row), chosen && column.value(chosen)]
  return value === null || base === null || base <= 0 ? null : value / base
}

/** ×0.57, ×1.00, ×12.3. */
export function ratioText(ratio: number): string {
  return `×${ratio < 10 ? ratio.toFixed(2) : ratio < 100 ? ratio.toFixed(1) : ratio.toFixed(0)}`
}
