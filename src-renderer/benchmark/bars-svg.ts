/** The bar chart as an SVG file, on white. */
import { type BenchReport, TIMES } from '../../src-shared/benchmark/results'
import { formatNumber } from '../ui/format'
import { BAR, barChart, GROUP } from './bars'

const COLOURS = { forward: '#3457d5', backward: '#b8560f', step: '#4a5362' }
const [WIDTH, LEFT, TOP] = [720, 220, 28]

export function barsSvg({ rows }: Pick<BenchReport, 'rows'>): string {
  const { groups, ticks, height } = barChart(rows, WIDTH, LEFT, true)
  const bottom = rows.length * GROUP
  const key = TIMES.map(
    (time, t) =>
      `<rect x="${t * 90}" y="-18" width="9" height="9" fill="${COLOURS[time]}"/><text x="${t * 90 + 14}" y="-10">${time}</text>`,
  )
  const grid = ticks.map(
    ({ x, value }) =>
      `<path d="M${x} 0V${bottom}" stroke="#e1e5ea"/><text x="${x}" y="${bottom + 15}" text-anchor="middle">${formatNumber(value)}</text>`,
  )
  const bars = groups.flatMap(({ row, y, bars: own }) => [
    `<text x="-8" y="${y + GROUP / 2 + 4}" text-anchor="end">${escaped(row.name)}</text>`,
    ...own.map(
      ({ time, y: top, width, lower, upper }) =>
        `<rect y="${top}" width="${width.toFixed(2)}" height="${BAR - 1}" fill="${COLOURS[time]}"/>` +
        `<path d="M${lower.toFixed(2)} ${top + BAR / 2 - 0.5}H${upper.toFixed(2)}" stroke="#14181f"/>`,
    ),
  ])
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height + TOP}" viewBox="0 0 ${WIDTH} ${height + TOP}" font-family="sans-serif" font-size="11" fill="#14181f">
<rect width="100%" height="100%" fill="#ffffff"/>
<g transform="translate(${LEFT} ${TOP})">
${[...key, ...grid, ...bars].join('\n')}
<text x="-8" y="${bottom + 15}" text-anchor="end">ms, quartiles as lines</text>
</g>
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
