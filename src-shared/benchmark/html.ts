/** The benchmark as a page of its own: charts, tables, and where it was measured. */
import { barsSvg, scalingSvg } from './charts'
import { compareReports, TEST_NOTE } from './compare'
import { gigabytes } from './csv'
import { escaped } from './escaped'
import { page, scrolled, section } from './page'
import { BETTER_KAN } from './plan'
import { BETTER_KAN_2024, PUBLISHED_NOTE } from './published'
import { type BenchReport, type BenchRow, TIMES } from './results'
import { milliseconds, NOTES, ratioText, spreadText, subjectOf, whereOf, yardsticksOf } from './words'

export function benchHtml(report: BenchReport): string {
  const scaling = scalingSvg(report)
  const title = report.plan.title === 'Benchmark' ? 'Benchmark' : report.plan.title
  return page(`${title} – KAN Studio benchmark`, [
    `<header>
<p class="product">KAN Studio benchmark</p>
<h1>${escaped(title)}</h1>
<p class="subject">${escaped(subjectOf(report))}</p>
</header>`,
    doubts(report),
    ...(scaling === null ? [] : [section('scaling', 'Scaling', `<figure>${scaling}</figure>`)]),
    section('times', 'Time of a batch', `<figure>${barsSvg(report)}</figure>`),
    section(
      'figures',
      'Figures',
      `${scrolled('figures', figures(report.rows))}
<p class="hint">Times are medians in milliseconds, with lower and upper quartiles. The best of each column is marked.</p>`,
    ),
    ...yardsticksOf(report).map((yardstick, y) =>
      section(
        `ratios-${y}`,
        `As multiples of ${yardstick.name}`,
        scrolled(`ratios-${y}`, ratios(report.rows, yardstick)),
      ),
    ),
    ...(report.plan.title === BETTER_KAN ? [publishedSection()] : []),
    section(
      'how',
      'How it was measured',
      `<ul>
${NOTES.map((note) => `<li>${escaped(note)}</li>`).join('\n')}
</ul>
<dl>
${whereOf(report)
  .map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  .join('\n')}
</dl>
<p class="hint">This command measures it again:</p>
<pre><code>${escaped(report.command)}</code></pre>`,
    ),
  ])
}

/** Two reports of the same rows, the second as a multiple of the first. */
export function comparisonHtml(before: BenchReport, after: BenchReport): string {
  const { rows, onlyBefore, onlyAfter } = compareReports(before, after)
  const headings = ['method', ...TIMES.flatMap((time) => [`${time} before`, 'after', 'ratio'])]
  const lines = rows.map(
    (row) =>
      `<tr><th scope="row">${escaped(row.name)}</th>${TIMES.map((time) => {
        const { ratio, lower, upper, verdict } = row[time]
        const interval = `${ratioText(ratio)} (${ratioText(lower)} – ${ratioText(upper)})`
        const cell = verdict === 'no difference' ? interval : `<strong>${interval} ${verdict}</strong>`
        return `<td>${milliseconds(row.before[time].median)}</td><td>${milliseconds(row.after[time].median)}</td><td>${cell}</td>`
      }).join('')}</tr>`,
  )
  const missing = [
    ...onlyBefore.map((name) => `${name} is only in the report before.`),
    ...onlyAfter.map((name) => `${name} is only in the report after.`),
  ]
  const what = ({ plan, date }: BenchReport) => `${plan.title}, ${date}`
  return page(`${before.plan.title} – before and after`, [
    `<header>
<p class="product">KAN Studio benchmark</p>
<h1>Before and after</h1>
<p class="subject">${escaped(what(before))} → ${escaped(what(after))}</p>
</header>`,
    section(
      'ratios',
      'Medians in milliseconds, and their ratios',
      `${scrolled(
        'ratios',
        `<table>
<thead><tr>${headings.map((heading) => `<th scope="col">${heading}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`,
      )}
${missing.map((line) => `<p class="hint">${escaped(line)}</p>`).join('\n')}
<p class="hint">${escaped(TEST_NOTE)}</p>`,
    ),
    ...[before, after].map((report, r) =>
      section(
        `where-${r}`,
        r === 0 ? 'Before' : 'After',
        `<dl>
${whereOf(report)
  .map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  .join('\n')}
</dl>
<pre><code>${escaped(report.command)}</code></pre>`,
      ),
    ),
  ])
}

function doubts({ warnings, failures, cancelled }: BenchReport): string {
  const lines = [
    ...(cancelled ? ['It was cancelled before all repetitions were done.'] : []),
    ...warnings,
    ...failures.map(({ row, reason }) => `${row} was not measured: ${reason}`),
  ]
  if (lines.length === 0) return ''
  return section(
    'doubts',
    'To be kept in mind',
    `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
  )
}

function publishedSection(): string {
  const tables = BETTER_KAN_2024.map(({ title, command, rows }) => {
    const lines = rows.map((row) => {
      const cells = [
        ...[row.forwardMs, row.backwardMs].map((time) => time.toFixed(2)),
        ...[row.forwardGb, row.backwardGb].map((size) => (size === null ? 'nan' : size.toFixed(2))),
        ...[row.parameters, row.trainable].map((count) => count.toLocaleString('en-US')),
      ]
      return `<tr><th scope="row">${row.name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    })
    const headings = ['method', 'forward ms', 'backward ms', 'forward GB', 'backward GB', 'parameters', 'trainable']
    return `<h3>${escaped(title)}</h3>
<table>
<thead><tr>${headings.map((heading) => `<th scope="col">${heading}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>
<p class="hint"><code>${escaped(command)}</code></p>`
  })
  return section(
    'theirs',
    "For comparison: better_kan's README",
    `<p>${escaped(PUBLISHED_NOTE)}</p>${scrolled('theirs', tables.join('\n'))}`,
  )
}

function ratios(rows: readonly BenchRow[], yardstick: BenchRow): string {
  const lines = rows
    .filter((row) => row !== yardstick)
    .map(
      (row) =>
        `<tr><th scope="row">${escaped(row.name)}</th>${TIMES.map((time) => `<td>${ratioText(row[time].median / yardstick[time].median)}</td>`).join('')}</tr>`,
    )
  return `<table>
<thead><tr><th scope="col">method</th>${TIMES.map((time) => `<th scope="col">${time}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`
}

/** A difference of times that is below 0 is noise, and no record. */
function above0(time: number): number | null {
  return time > 0 ? time : null
}

function figures(rows: readonly BenchRow[]): string {
  const size = (bytes: number | null) => gigabytes(bytes)?.toFixed(3) ?? ''
  const count = (value: number | null) => value?.toLocaleString('en-US') ?? ''
  const sized = (heading: string, bytes: (row: BenchRow) => number | null) => ({
    heading,
    text: (row: BenchRow) => size(bytes(row)),
    value: bytes,
  })
  const columns: readonly {
    readonly heading: string
    readonly text: (row: BenchRow) => string
    /** What is best where it is smallest. */
    readonly value: (row: BenchRow) => number | null
  }[] = [
    ...TIMES.map((time) => ({
      heading: `${time} ms`,
      text: (row: BenchRow) => spreadText(row[time]),
      value: (row: BenchRow) => above0(row[time].median),
    })),
    sized('forward GB', ({ forwardBytes }) => forwardBytes),
    sized('backward GB', ({ backwardBytes }) => backwardBytes),
    ...(rows.some(({ deviceBytes }) => deviceBytes !== null)
      ? [sized('device GB', ({ deviceBytes }) => deviceBytes)]
      : []),
    { heading: 'parameters', text: ({ parameters }) => count(parameters), value: () => null },
    { heading: 'trainable', text: ({ trainable }) => count(trainable), value: () => null },
  ]
  const best = columns.map(({ value }) => Math.min(...rows.map((row) => value(row) ?? Number.POSITIVE_INFINITY)))
  const lines = rows.map((row) => {
    const cells = columns.map(({ text, value }, c) =>
      rows.length > 1 && value(row) === best[c] ? `<td class="best">${text(row)}</td>` : `<td>${text(row)}</td>`,
    )
    return `<tr><th scope="row">${escaped(row.name)}</th>${cells.join('')}</tr>`
  })
  const headings = ['method', ...columns.map(({ heading }) => heading)]
  return `<table>
<thead><tr>${headings.map((heading) => `<th scope="col">${heading}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`
}
