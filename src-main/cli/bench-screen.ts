/** What does `bench` show while it measures? Its table as it grows, and on a terminal what is measured now. */
import { gigabytes } from '../../src-shared/benchmark/csv'
import type { BenchEvent } from '../../src-shared/benchmark/event'
import type { BenchRow } from '../../src-shared/benchmark/results'
import { milliseconds } from '../../src-shared/benchmark/words'
import { print } from './print'

const HEADINGS = [
  'forward ms',
  'backward ms',
  'step ms',
  'forward GB',
  'backward GB',
  'num params',
  'num trainable params',
]

export function benchScreen(names: readonly string[]) {
  const width = Math.max(...names.map((name) => name.length), 'method'.length)
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(width)}${cells.map((cell, c) => `  ${cell.padStart(HEADINGS[c]?.length ?? 0)}`).join('')}\n`
  const inPlace = process.stderr.isTTY === true
  const rest = () => {
    if (inPlace) process.stderr.write('\r\u001b[K')
  }
  let done = 0
  return {
    heading: line('method', HEADINGS),
    rows: names.length,
    get done() {
      return done
    },
    rest,
    tell(event: BenchEvent): void {
      rest()
      if (event.type === 'row-done') {
        done++
        void print(line(event.row.name, cellsOf(event.row)))
      } else if (event.type === 'row-failed') {
        process.stderr.write(`${event.row}: ${event.reason}\n`)
      } else if (event.type === 'turn-started' && inPlace) {
        const { row, turn, turns, remainingSeconds } = event
        const left = remainingSeconds === null ? '' : `, ${Math.ceil(remainingSeconds)} s left`
        process.stderr.write(`${row} … (${turn + 1} of ${turns}${left})`)
      }
    },
  }
}

function cellsOf({ forward, backward, step, ...row }: BenchRow): readonly string[] {
  return [
    ...[forward, backward, step].map(({ mean }) => milliseconds(mean)),
    ...[row.forwardBytes, row.backwardBytes].map((bytes) => gigabytes(bytes)?.toFixed(3) ?? '–'),
    ...[row.parameters, row.trainable].map((count) => String(count ?? '–')),
  ]
}
