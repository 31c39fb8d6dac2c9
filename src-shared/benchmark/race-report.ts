/** A race as it is taken along: CSV, Markdown, a chart, and a page of its own. */

import { csvText } from './csv'
import { escaped } from './escaped'
import { linesSvg } from './lines-svg'
import { markdownTable } from './markdown'
import { page, scrolled, section } from './page'
import { finalLoss, type RaceLine, type RaceReport } from './race'
import { whereOf } from './words'

/** A line a point. */
export function raceCsv({ lines, scored }: RaceReport): string {
  const heading = ['method', 'seconds', `${scored.rows} ${scored.loss}`]
  return csvText([heading, ...lines.flatMap(({ name, points }) => points.map((point) => [name, ...point]))])
}

/** Null where no candidate has a loss above 0. */
export function raceSvg({ lines, scored }: Pick<RaceReport, 'lines' | 'scored'>): string | null {
  const drawn = lines.map((line) => ({
    name: line.name,
    note: `${lossText(finalLoss(line))}, ${line.steps.toLocaleString('en-US')} steps`,
    points: drawable(line),
    marked: false,
  }))
  if (drawn.every(({ points }) => points.length === 0)) return null
  const title = `Loss (${scored.loss}) of the ${scored.rows} rows over seconds of training, losses on a logarithmic scale`
  return linesSvg({ title, xScale: 'linear', lines: drawn, bound: null })
}

/** What a logarithmic axis can show of a line. */
export function drawable({ points }: RaceLine): readonly { readonly x: number; readonly y: number }[] {
  return points.filter(([, loss]) => loss > 0).map(([x, y]) => ({ x, y }))
}

export function raceMarkdown(report: RaceReport): string {
  return [
    `# ${report.title}`,
    '',
    `${raceSubject(report)}.`,
    '',
    ...doubts(report).flatMap((line) => [`> ${line}`, '']),
    ...markdownTable([headings(report), ...report.lines.map(cells)]),
    '',
    ...raceNotes(report).map((note) => `- ${note}`),
    '',
    ...whereOf(report).map(([name, value]) => `- ${name}: ${value}`),
    '',
  ].join('\n')
}

export function raceHtml(report: RaceReport): string {
  const chart = raceSvg(report)
  const rows = report.lines.map((line) => {
    const [name = '', ...rest] = cells(line)
    return `<tr><th scope="row">${escaped(name)}</th>${rest.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
  })
  const told = doubts(report)
  return page(`${report.title} – KAN Studio race`, [
    `<header>
<p class="product">KAN Studio race</p>
<h1>${escaped(report.title)}</h1>
<p class="subject">${escaped(raceSubject(report))}</p>
</header>`,
    ...(told.length === 0
      ? []
      : [
          section(
            'doubts',
            'To be kept in mind',
            `<ul>${told.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
          ),
        ]),
    ...(chart === null ? [] : [section('race', 'Loss over time', `<figure>${chart}</figure>`)]),
    section(
      'figures',
      'Figures',
      scrolled(
        'figures',
        `<table>
<thead><tr>${headings(report)
          .map((heading) => `<th scope="col">${escaped(heading)}</th>`)
          .join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`,
      ),
    ),
    section(
      'how',
      'How it was run',
      `<ul>
${raceNotes(report)
  .map((note) => `<li>${escaped(note)}</li>`)
  .join('\n')}
</ul>
<dl>
${whereOf(report)
  .map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  .join('\n')}
</dl>`,
    ),
  ])
}

/** What was raced, in a line. */
function raceSubject({ race, network, data }: RaceReport): string {
  return `Networks shaped as ${network}, ${race.seconds} s of training each on ${data}`
}

/** What the figures mean, a sentence each. */
function raceNotes({ scored }: RaceReport): readonly string[] {
  return [
    'One candidate trained after the other, each in a fresh process, on the same training rows with the same settings.',
    scored.rows === 'test'
      ? `The loss (${scored.loss}) is of the test rows, which no candidate was trained on and nothing was chosen by.`
      : `The loss (${scored.loss}) is of the validation rows, because the data have no test rows: settings that were chosen by them look better than they are.`,
    'Time that scoring takes is in the seconds, for all alike.',
  ]
}

function doubts({ lines, cancelled }: RaceReport): readonly string[] {
  return [
    ...(cancelled ? ['It was cancelled before all candidates had their time.'] : []),
    ...lines.flatMap(({ name, problem }) => (problem === null ? [] : [`${name}: ${problem}`])),
  ]
}

const headings = ({ scored }: RaceReport) => ['method', `${scored.rows} ${scored.loss}`, 'least', 'seconds', 'steps']

function cells(line: RaceLine): readonly string[] {
  const losses = line.points.map(([, loss]) => loss)
  const least = losses.length === 0 ? null : losses.reduce((a, b) => Math.min(a, b))
  return [
    line.name,
    lossText(finalLoss(line)),
    lossText(least),
    line.points.at(-1)?.[0].toFixed(1) ?? '–',
    String(line.steps),
  ]
}

const lossText = (loss: number | null) => loss?.toPrecision(3) ?? '–'
