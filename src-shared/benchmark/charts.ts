/** A benchmark's charts as SVG that stands by itself: bars with spread, and lines where sizes are doubled. Light and dark. */
import { line, scaleLinear, scaleLog, scalePoint } from 'd3'
import { escaped } from './escaped'
import { productOperations, seriesOf, slopeOf } from './growth'
import { type BenchReport, type BenchRow, TIMES } from './results'
import { milliseconds } from './words'

const WIDTH = 960
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
  return svg(bottom + 44, title, [
    ...key,
    ...grid,
    ...groups,
    `<text class="tick" x="${(left + WIDTH - right) / 2}" y="${bottom + 36}" text-anchor="middle">${escaped(title)}</text>`,
  ])
}

/** One row's name without its size, and its step at each size. */
interface ScalingSeries {
  readonly name: string
  readonly points: readonly { readonly size: number; readonly step: number; readonly row: BenchRow }[]
  /** Time grows with size to this power: a line through the logarithms. */
  readonly slope: number
}

export interface Scaling {
  readonly along: 'rows of a batch' | 'nodes of a hidden layer'
  readonly series: readonly ScalingSeries[]
}

/** Null where no row was measured at two sizes. */
export function scalingOf({ rows }: Rows): Scaling | null {
  const along = new Set(rows.map(({ batchSize }) => batchSize)).size > 1 ? 'rows of a batch' : 'nodes of a hidden layer'
  const groups = new Map<string, ScalingSeries['points'][number][]>()
  for (const row of rows) {
    const { threads, widths } = row
    const size = along === 'rows of a batch' ? row.batchSize : (widths[1] ?? Number.NaN)
    const name = `${seriesOf(row)}${threads === null ? '' : `, ${threads} threads`}`
    groups.set(name, [...(groups.get(name) ?? []), { size, step: row.step.median, row }])
  }
  const series = [...groups]
    .map(([name, found]) => {
      const points = found.filter(({ step }) => step > 0).sort((a, b) => a.size - b.size)
      return { name, points, slope: slopeOf(points.map(({ size, step }) => ({ x: size, y: step }))) ?? Number.NaN }
    })
    .filter(({ points }) => new Set(points.map(({ size }) => size)).size > 1)
  return series.length === 0 ? null : { along, series }
}

/** Steps over size on logarithmic scales, with fitted slopes, and what the products alone would take at the machine's peak. */
export function scalingSvg(report: Pick<BenchReport, 'rows' | 'peakOperations'>): string | null {
  const scaling = scalingOf(report)
  if (scaling === null) return null
  const [left, right, top, height] = [64, 250, 20, 420] as const
  const { series, along } = scaling
  const all = series.flatMap(({ points }) => points)
  const floor = roofline(series, report.peakOperations)
  const sizes = all.map(({ size }) => size)
  const steps = [...all.map(({ step }) => step), ...(floor?.points.map(({ step }) => step) ?? [])]
  const x = scaleLog()
    .domain([Math.min(...sizes), Math.max(...sizes)])
    .range([left, WIDTH - right])
  const y = scaleLog()
    .domain([Math.min(...steps) / 1.2, Math.max(...steps) * 1.2])
    .range([top + height, top])
  const path = line<{ size: number; step: number }>(
    ({ size }) => x(size),
    ({ step }) => y(step),
  )
  const labels = scalePoint(
    [...series].sort((a, b) => (b.points.at(-1)?.step ?? 0) - (a.points.at(-1)?.step ?? 0)).map(({ name }) => name),
    [top + 14, top + Math.min(height - 10, 14 + 24 * (series.length - 1))],
  )
  const lines = series.map(({ name, points, slope }, s) => {
    const last = points.at(-1)
    const at = labels(name) ?? top
    const to =
      last === undefined
        ? ''
        : `<path class="leader" d="M${x(last.size).toFixed(1)} ${y(last.step).toFixed(1)}L${WIDTH - right + 14} ${at - 4}"/>`
    return (
      `${to}<path class="line s${s % 8}" d="${path([...points]) ?? ''}"/>` +
      points
        .map(
          ({ size, step }) =>
            `<circle class="point s${s % 8}" cx="${x(size).toFixed(1)}" cy="${y(step).toFixed(1)}" r="3"/>`,
        )
        .join('') +
      `<text x="${WIDTH - right + 18}" y="${at}">${escaped(shortened(name))} <tspan class="tick">slope ${slope.toFixed(2)}</tspan></text>`
    )
  })
  const ticks = [...new Set(sizes)].sort((a, b) => a - b)
  const grid = [
    ...ticks.map(
      (tick) =>
        `<path class="grid" d="M${x(tick).toFixed(1)} ${top}V${top + height}"/><text class="tick" x="${x(tick).toFixed(1)}" y="${top + height + 16}" text-anchor="middle">${tick}</text>`,
    ),
    ...y
      .ticks(6)
      .filter((tick) => /^[125]/.test(tick.toExponential()))
      .map(
        (tick) =>
          `<path class="grid" d="M${left} ${y(tick).toFixed(1)}H${WIDTH - right}"/><text class="tick" x="${left - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`,
      ),
  ]
  const title = `Milliseconds of a step over ${along}, both on logarithmic scales`
  const roof =
    floor === null
      ? ''
      : `<path class="roof" d="${path([...floor.points]) ?? ''}"/><text class="tick" x="${left}" y="${top + height + 56}">Dashed: what the products of ${escaped(floor.name)} alone would take at this machine's peak of ${(floor.peak / 1e9).toFixed(0)} GFLOP/s.</text>`
  return svg(top + height + 66, title, [
    ...grid,
    roof,
    ...lines,
    `<text class="tick" x="${(left + WIDTH - right) / 2}" y="${top + height + 36}" text-anchor="middle">${escaped(title)}</text>`,
  ])
}

/** The least time of the first network's products, were nothing else done: there, and back twice. */
function roofline(series: readonly ScalingSeries[], peak: number | null) {
  const first = series.find(({ points }) => points[0] !== undefined && productOperations(points[0].row) !== null)
  if (peak === null || first === undefined) return null
  const points = first.points.map(({ size, row }) => ({ size, step: (1e3 * 3 * (productOperations(row) ?? 0)) / peak }))
  return { name: first.name, points, peak }
}

function shortened(name: string): string {
  return name.length <= 34 ? name : `${name.slice(0, 33)}…`
}

function svg(height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" class="kan-chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`
}

/** As of a page, and of a file alone: a viewer that knows no dark scheme shows the light one. */
const STYLE = `
.kan-chart { font: 12px system-ui, -apple-system, "Segoe UI", Arial, sans-serif; --ink: #14181f; --ink-3: #5f697a; --line: #e1e5ea; --ground: #ffffff;
  --forward: #3457d5; --backward: #b8560f; --step: #4a5362; background: var(--ground); font-variant-numeric: tabular-nums; }
.kan-chart text { fill: var(--ink); }
.kan-chart .tick, .kan-chart .value { fill: var(--ink-3); font-size: 11px; }
.kan-chart .grid { stroke: var(--line); }
.kan-chart .forward { fill: var(--forward); }
.kan-chart .backward { fill: var(--backward); }
.kan-chart .step { fill: var(--step); }
.kan-chart .spread { stroke: var(--ink); fill: none; }
.kan-chart .dots { fill: var(--ink); opacity: 0.35; }
.kan-chart .line { fill: none; stroke-width: 2; }
.kan-chart .leader { stroke: var(--line); fill: none; }
.kan-chart .roof { stroke: var(--ink-3); stroke-dasharray: 4 4; fill: none; }
.kan-chart .line.s0 { stroke: #3457d5; } .kan-chart .point.s0 { fill: #3457d5; }
.kan-chart .line.s1 { stroke: #b8560f; } .kan-chart .point.s1 { fill: #b8560f; }
.kan-chart .line.s2 { stroke: #0f7b6c; } .kan-chart .point.s2 { fill: #0f7b6c; }
.kan-chart .line.s3 { stroke: #8a3ffc; } .kan-chart .point.s3 { fill: #8a3ffc; }
.kan-chart .line.s4 { stroke: #c2255c; } .kan-chart .point.s4 { fill: #c2255c; }
.kan-chart .line.s5 { stroke: #5c6b00; } .kan-chart .point.s5 { fill: #5c6b00; }
.kan-chart .line.s6 { stroke: #0072a3; } .kan-chart .point.s6 { fill: #0072a3; }
.kan-chart .line.s7 { stroke: #6b5b4b; } .kan-chart .point.s7 { fill: #6b5b4b; }
@media (prefers-color-scheme: dark) {
  .kan-chart { --ink: #edf0f5; --ink-3: #98a3b4; --line: #2a313c; --ground: #191d24; --forward: #7d9bff; --backward: #f0a060; --step: #9aa5b5; }
  .kan-chart .line { filter: brightness(1.5); } .kan-chart .point { filter: brightness(1.5); }
}
`
