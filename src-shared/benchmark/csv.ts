/** The benchmark as a table for programs: better_kan's columns first, then ours. */
import { type BenchReport, type BenchRow, TIMES } from './results'

/** A column's heading and what stands in it. Programs rely on the first twelve and their order. */
const COLUMNS: readonly (readonly [string, (row: BenchRow) => string | number | null])[] = [
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
  ['device GB', ({ deviceBytes }) => gigabytes(deviceBytes)],
]

/** One line a row, with the numbers as they were measured; empty where a peer does not tell. */
export function benchCsv({ rows }: Pick<BenchReport, 'rows'>): string {
  return csvText([COLUMNS.map(([heading]) => heading), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))])
}

/** One line a repetition. */
export function samplesCsv({ rows }: Pick<BenchReport, 'rows'>): string {
  const heading = ['method', 'batch size', 'network', 'repetition', ...TIMES.map((time) => `${time} ms`)]
  return csvText([
    heading,
    ...rows.flatMap(({ name, batchSize, widths, samples }) =>
      samples.step.map((_, k) => {
        // A peer may tell a single figure of one and every repetition of another.
        const times = TIMES.map((time) => samples[time][k] ?? null)
        return [name, batchSize, widths.join('×'), k + 1, ...times]
      }),
    ),
  ])
}

/** Lines as RFC 4180 has them; null is an empty cell. */
export function csvText(lines: readonly (readonly (string | number | null)[])[]): string {
  return lines.map((cells) => `${cells.map(cellText).join(',')}\n`).join('')
}

/** As RFC 4180 quotes it. */
function cellText(cell: string | number | null): string {
  const text = String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Of 1024³ bytes, as better_kan counts them. */
export function gigabytes(bytes: number): number
export function gigabytes(bytes: number | null): number | null
export function gigabytes(bytes: number | null): number | null {
  return bytes === null ? null : bytes / 1024 ** 3
}
