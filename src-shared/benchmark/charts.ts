/** A benchmark's charts as SVG: bars with spread, and lines where sizes are doubled. */
import { scaleLinear, scaleLog } from 'd3'
import { chartSvg, shortened, CHART_WIDTH as WIDTH } from './chart-svg'
import { escaped } from './escaped'
import { linesSvg } from './lines-svg'
import { type BenchReport, TIMES } from './results'
import { roofline, scalingOf } from './scaling'
import { milliseconds } from './words'

/** Most dots of a bar: more are one smear. */
const MOST_DOTS = 60
/** Longest over shortest bar, from where on a linear scale hides the short ones. */
const WIDE_RANGE = 25

type Rows = Pick<BenchReport, 'rows'>

/** Medians of forward, backward and step of each row, with quartiles as lines and repetitions as dots. */
export function barsSvg({ rows }: Rows): string {
  const [left, right, top, bar, group] = [230, 84, 34, 11, 44] as const
  const medians = rows.flatMap((row) => TIMES.map((time) => row[time].median)).filter((time) => time > 0)
  const [least, most] = [
    Math.min(...medians, 1),
    Math.max(...medians, ...rows.flatMap((row) => TIMES.map((time) => row[time].upper))),
  ]
  const isLog = most > WIDE_RANGE * Math.min(...medians)
  const range = [left, WIDTH - right] as const
  const scale = isLog
    ? scaleLog()
        .domain([least / 2, most])
        .range(range)
        .clamp(true)
    : scaleLinear().domain([0, most]).range(range).clamp(true)
  const bottom = top + group * rows.length
  const x = (time: number) => scale(isLog ? Math.max(time, least / 2) : Math.max(time, 0)).toFixed(1)
  const ticks = scale.ticks(isLog ? 5 : 8).filter((tick) => !isLog || /^[125]/.test(tick.toExponential()))
  const grid = ticks.map(
    (tick) =>
      `<path class="grid" d="M${x(tick)} ${top - 4}V${bottom}"/><text class="tick" x="${x(tick)}" y="${bottom + 16}" text-anchor="middle">${Number(tick.toPrecision(3))}</text>`,
  )
  const groups = rows.map((row, r) => {
    const y = top + group * r
    const bars = TIMES.map((time, t) => {
      const { median, lower, upper } = row[time]
      const middle = y + 4 + bar * t + bar / 2
      const stride = Math.ceil(row.samples[time].length / MOST_DOTS)
      const dots = row.samples[time]
        .filter((_, k) => k % stride === 0)
        .map((sample) => `<circle cx="${x(sample)}" cy="${middle}" r="1.2"/>`)
      return (
        `<rect class="${time}" x="${left}" y="${middle - 4}" width="${Math.max(0, Number(x(median)) - left).toFixed(1)}" height="8"/>` +
        `<g class="dots">${dots.join('')}</g>` +
        `<path class="spread" d="M${x(lower)} ${middle}H${x(upper)}M${x(lower)} ${middle - 3}v6M${x(upper)} ${middle - 3}v6"/>` +
        `<text class="value" x="${Number(x(Math.max(upper, median))) + 6}" y="${middle + 3.5}">${milliseconds(median)}</text>`
      )
    })
    return `<g><text x="${left - 10}" y="${y + group / 2 + 2}" text-anchor="end">${escaped(shortened(row.name))}</text>${bars.join('')}</g>`
  })
  const key = TIMES.map(
    (time, t) =>
      `<rect class="${time}" x="${left + 96 * t}" y="8" width="10" height="10"/><text x="${left + 96 * t + 16}" y="17">${time}</text>`,
  )
  const title = `Milliseconds of a batch${isLog ? ', on a logarithmic scale' : ''}: bars are medians, lines go from quartile to quartile, dots are repetitions`
  return chartSvg(bottom + 44, title, [
    ...key,
    ...grid,
    ...groups,
    `<text class="tick" x="${(left + WIDTH - right) / 2}" y="${bottom + 36}" text-anchor="middle">${escaped(title)}</text>`,
  ])
}

/** Steps over size on logarithmic scales, with fitted slopes, and what the products alone would take at the machine's peak. */
export function scalingSvg({ rows, peakOperations }: Pick<BenchReport, 'rows' | 'peakOperations'>): string | null {
  const scaling = scalingOf(rows, 'step')
  if (scaling === null) return null
  const roof = roofline(rows, 'step', peakOperations)
  return linesSvg({
    title: `Milliseconds of a step over ${scaling.along}, both on logarithmic scales`,
    xScale: 'log',
    lines: scaling.lines.map(({ name, points, slope }) => ({
      name,
      note: slope === null ? '' : `slope ${slope.toFixed(2)}`,
      points,
      marked: true,
    })),
    bound: roof && {
      points: roof.points,
      note: `Dashed: what the products of ${roof.name} alone would take at this machine's peak of ${(roof.peak / 1e9).toFixed(0)} GFLOP/s.`,
    },
  })
}
