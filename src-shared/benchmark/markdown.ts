/** The benchmark as Markdown: better_kan's table, with our columns behind. */
import { compareReports, type Ratio, TEST_NOTE } from './compare'
import { gigabytes } from './csv'
import { BETTER_KAN } from './plan'
import { BETTER_KAN_2024, PUBLISHED_NOTE } from './published'
import { type BenchReport, type BenchRow, TIMES } from './results'
import { milliseconds, NOTES, ratioText, spreadText, subjectOf, whereOf, yardsticksOf } from './words'

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
  return [
    `# ${report.plan.title === 'Benchmark' ? 'KAN Studio benchmark' : report.plan.title}`,
    '',
    `${subjectOf(report)}.`,
    '',
    ...warningsOf(report),
    ...figures(report),
    '',
    ...ratios(report),
    ...(report.plan.title === BETTER_KAN ? published() : []),
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

/** Two reports of the same rows, the second as a multiple of the first. */
export function comparisonMarkdown(before: BenchReport, after: BenchReport): string {
  const { rows, onlyBefore, onlyAfter } = compareReports(before, after)
  const text = ({ ratio, lower, upper, verdict }: Ratio) =>
    `${ratioText(ratio)} (${ratioText(lower)} – ${ratioText(upper)})${verdict === 'no difference' ? '' : ` ${verdict}`}`
  return [
    `# ${before.plan.title}, before and after`,
    '',
    `Before: ${before.date}. After: ${after.date}.`,
    '',
    ...markdownTable([['method', ...TIMES], ...rows.map((row) => [row.name, ...TIMES.map((time) => text(row[time]))])]),
    '',
    ...onlyBefore.map((name) => `- ${name} is only in the report before.`),
    ...onlyAfter.map((name) => `- ${name} is only in the report after.`),
    TEST_NOTE,
    '',
  ].join('\n')
}

function warningsOf({ warnings, failures, cancelled }: BenchReport): readonly string[] {
  const lines = [
    ...(cancelled ? ['It was cancelled before all repetitions were done.'] : []),
    ...warnings,
    ...failures.map(({ row, reason }) => `${row} was not measured: ${reason}`),
  ]
  return lines.flatMap((line) => [`> ${line}`, ''])
}

/** Every row as a multiple of each peer, or of the perceptron where there is no peer. */
function ratios({ rows }: BenchReport): readonly string[] {
  return yardsticksOf({ rows }).flatMap((yardstick) => [
    `Medians as multiples of ${yardstick.name}'s:`,
    '',
    ...markdownTable([
      ['method', ...TIMES],
      ...rows
        .filter((row) => row !== yardstick)
        .map((row) => [row.name, ...TIMES.map((time) => ratioText(row[time].median / yardstick[time].median))]),
    ]),
    '',
  ])
}

function published(): readonly string[] {
  const gigabytesOf = (value: number | null) => (value === null ? 'nan' : value.toFixed(2))
  return BETTER_KAN_2024.flatMap(({ title, command, rows }) => [
    `## For comparison: ${title}`,
    '',
    PUBLISHED_NOTE,
    '',
    ...markdownTable([
      HEADINGS.slice(0, 7),
      ...rows.map((row) => [
        row.name,
        ...[row.forwardMs, row.backwardMs].map((time) => time.toFixed(2)),
        ...[row.forwardGb, row.backwardGb].map(gigabytesOf),
        ...[row.parameters, row.trainable].map(String),
      ]),
    ]),
    '',
    `Made with \`${command}\`.`,
    '',
  ])
}

/** Names on the left, numbers on the right. */
export function markdownTable(cells: readonly (readonly string[])[]): readonly string[] {
  const [headings = [], ...rows] = cells.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = headings.map((_, c) => Math.max(3, ...[headings, ...rows].map((row) => row[c]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, c) => (c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(headings), rule, ...rows.map(line)]
}

/** The device's memory is a column only where one is known. */
function figures({ rows }: BenchReport): readonly string[] {
  const device = rows.some(({ deviceBytes }) => deviceBytes !== null)
  return markdownTable([
    device ? [...HEADINGS, 'device GB'] : HEADINGS,
    ...rows.map((row) => (device ? [...cellsOf(row), gigabytes(row.deviceBytes)?.toFixed(3) ?? ''] : cellsOf(row))),
  ])
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
