/** The benchmark as Markdown: better_kan's table, with our columns behind. */
import { gigabytes } from './csv'
import type { BenchReport, BenchRow } from './results'
import { milliseconds, NOTES, spreadText, subjectOf, whereOf } from './words'

const HEADINGS = [
  'method',
  'forward ms',
  'backward ms',
  'forward GB',
  'backward GB',
  'num params',
  'num trainable params',
  'step ms',
  'forward median (quartiles) ms',
  'backward median (quartiles) ms',
  'step median (quartiles) ms',
]

export function benchMarkdown(report: BenchReport): string {
  const cells = [HEADINGS, ...report.rows.map(cellsOf)]
  const widths = HEADINGS.map((_, c) => Math.max(...cells.map((row) => row[c]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, c) => (c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [
    '# KAN Studio benchmark',
    '',
    `${subjectOf(report)}.`,
    '',
    line(HEADINGS),
    rule,
    ...report.rows.map((row) => line(cellsOf(row))),
    '',
    ...NOTES.map((note) => `- ${note}`),
    '',
    ...whereOf(report).map(([name, value]) => `- ${name}: ${value}`),
    '',
    '```',
    report.command,
    '```',
    '',
  ].join('\n')
}

function cellsOf({ name, forward, backward, step, ...row }: BenchRow): readonly string[] {
  return [
    name,
    ...[forward.mean, backward.mean].map(milliseconds),
    ...[row.forwardBytes, row.backwardBytes].map((bytes) => gigabytes(bytes)?.toFixed(3) ?? ''),
    ...[row.parameters, row.trainable].map((count) => String(count ?? '')),
    milliseconds(step.mean),
    ...[forward, backward, step].map(spreadText),
  ]
}
