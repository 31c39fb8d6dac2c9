/** Lines on a logarithmic axis of values, each with its name at its end: how is that drawn into a report? */
import { line, scaleLinear, scaleLog, scalePoint } from 'd3'
import { CHART_WIDTH, chartSvg, shortened } from './chart-svg'
import { escaped } from './escaped'

interface Point {
  readonly x: number
  readonly y: number
}

interface DrawnLine {
  readonly name: string
  /** Stands behind the name. */
  readonly note: string
  /** By x; y above 0. */
  readonly points: readonly Point[]
  /** Whether its points are marked. */
  readonly marked: boolean
}

interface LinesOptions {
  /** What is drawn, with its axes. */
  readonly title: string
  readonly xScale: 'log' | 'linear'
  readonly lines: readonly DrawnLine[]
  /** A line that none can be below, and what it is. */
  readonly bound: { readonly points: readonly Point[]; readonly note: string } | null
}

const [LEFT, RIGHT, TOP, HEIGHT] = [64, 290, 20, 420] as const
/** Looks of lines (chart-svg.ts), used again after so many. */
const LOOKS = 8

export function linesSvg({ title, xScale, lines, bound }: LinesOptions): string {
  const drawn = lines.filter(({ points }) => points.length > 0)
  const all = drawn.flatMap(({ points }) => points)
  const xs = all.map((point) => point.x)
  const ys = [...all, ...(bound?.points ?? [])].map((point) => point.y).filter((value) => value > 0)
  const x =
    xScale === 'log'
      ? scaleLog([Math.min(...xs), Math.max(...xs)], [LEFT, CHART_WIDTH - RIGHT])
      : scaleLinear([0, Math.max(...xs)], [LEFT, CHART_WIDTH - RIGHT])
  const y = scaleLog([Math.min(...ys) / 1.2, Math.max(...ys) * 1.2], [TOP + HEIGHT, TOP])
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1)
  const end = ({ points }: DrawnLine) => points.at(-1)?.y ?? 0
  const labels = scalePoint(
    [...drawn].sort((a, b) => end(b) - end(a)).map(({ name }) => name),
    [TOP + 14, TOP + Math.min(HEIGHT - 10, 14 + 24 * (drawn.length - 1))],
  )
  const curves = drawn.map((one, l) => {
    const { name, note, points, marked } = one
    const [last, at] = [points.at(-1), labels(name) ?? TOP]
    const leader =
      last === undefined
        ? ''
        : `<path class="leader" d="M${x(last.x).toFixed(1)} ${y(last.y).toFixed(1)}L${CHART_WIDTH - RIGHT + 14} ${at - 4}"/>`
    const dots = (marked ? points : []).map(
      (point) =>
        `<circle class="point s${l % LOOKS}" cx="${x(point.x).toFixed(1)}" cy="${y(point.y).toFixed(1)}" r="3"/>`,
    )
    return (
      `${leader}<path class="line s${l % LOOKS}" d="${path([...points]) ?? ''}"/>${dots.join('')}` +
      `<text x="${CHART_WIDTH - RIGHT + 18}" y="${at}">${escaped(shortened(name))} <tspan class="tick">${escaped(note)}</tspan></text>`
    )
  })
  const ticks = xScale === 'log' ? [...new Set(xs)].sort((a, b) => a - b) : x.ticks(8)
  const bottom = TOP + HEIGHT
  const grid = [
    ...ticks.map(
      (tick) =>
        `<path class="grid" d="M${x(tick).toFixed(1)} ${TOP}V${bottom}"/><text class="tick" x="${x(tick).toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${tick}</text>`,
    ),
    ...y
      .ticks(6)
      .filter((tick) => /^[125]/.test(tick.toExponential()))
      .map(
        (tick) =>
          `<path class="grid" d="M${LEFT} ${y(tick).toFixed(1)}H${CHART_WIDTH - RIGHT}"/><text class="tick" x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`,
      ),
  ]
  const roof =
    bound === null
      ? ''
      : `<path class="roof" d="${path([...bound.points]) ?? ''}"/><text class="tick" x="${LEFT}" y="${bottom + 56}">${escaped(bound.note)}</text>`
  return chartSvg(bottom + (bound === null ? 44 : 66), title, [
    ...grid,
    roof,
    ...curves,
    `<text class="tick" x="${(LEFT + CHART_WIDTH - RIGHT) / 2}" y="${bottom + 36}" text-anchor="middle">${escaped(title)}</text>`,
  ])
}
