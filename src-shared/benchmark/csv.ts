/** The benchmark as a table for programs: better_kan's columns first, then ours. */
import type { BenchReport, BenchRow } from './results'

/** A column's heading and what stands in it. Programs rely on the first twelve and their order. */
const COLUMNS: readonly (readonly [string, (row: BenchRow) => string | number])[] = [
  ['method', ({ name }) => name],
  ['forward ms', ({ forward }) => forward.mean],
  ['backward ms', ({ backward }) => backward.mean],
  ['forward GB', ({ forwardBytes }) => gigabytes(forwardBytes)],
  ['backward GB', ({ backwardBytes }) => gigabytes(backwardBytes)],
  ['num params', ({ parameters }) => parameters],
  ['num trainable params', ({ trainable }) => trainable],
  ['step ms', ({ step }) => step.mean],
  ['forward median ms', ({ forward }) => forward.median],
  ['backward median ms', ({ backward }) => backward.median],
  ['step median ms', ({ step }) => step.median],
  ['forward lower quartile ms', ({ forward }) => forward.lower],
  ['forward upper quartile ms', ({ forward }) => forward.upper],
  ['backward lower quartile ms', ({ backward }) => backward.lower],
  ['backward upper quartile ms', ({ backward }) => backward.upper],
  ['step lower quartile ms', ({ step }) => step.lower],
  ['step upper quartile ms', ({ step }) => step.upper],
]

/** One line a row, with the numbers as they were measured. No cell holds a comma. */
export function benchCsv({ rows }: BenchReport): string {
  const lines = [COLUMNS.map(([heading]) => heading), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]
  return lines.map((cells) => `${cells.join(',')}\n`).join('')
}

/** Of 1024³ bytes, as better_kan counts them. */
export function gigabytes(bytes: number): number {
  return bytes / 1024 ** 3
}
