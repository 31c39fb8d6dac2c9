/** Lines over a logarithmic axis, each with its name at its end. */
import { line, scaleLinear, scaleLog } from 'd3'
import { useRef } from 'react'
import { formatCount, formatNumber } from '../ui/format'
import { type Size, useSize } from '../ui/use-size'
import { logTicks } from './bars'

interface ChartLine {
  readonly name: string
  /** By x; y above 0. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** A bound rather than something that was measured. */
  readonly dashed?: boolean
  /** Whether its points are marked. */
  readonly marked: boolean
}

interface LineChartProps {
  /** What a screen reader says of it. */
  readonly description: string
  readonly xTitle: string
  readonly xScale: 'log' | 'linear'
  readonly lines: readonly ChartLine[]
}

/** Around the plot: left for values, right for the lines' names. */
const MARGIN = { left: 60, right: 220, top: 8, bottom: 36 }
/** Colours are used again after so many lines. */
const LOOKS = 6
/** Least distance of two names, px. */
const NAME = 14

export function LineChart(props: LineChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const size = useSize(host)
  return (
    <div className="bench-plot" ref={host}>
      {size ? <Drawn {...props} size={size} /> : null}
    </div>
  )
}

function Drawn({ description, xTitle, xScale, lines, size }: LineChartProps & { readonly size: Size }) {
  const points = lines.flatMap((one) => one.points)
  const xs = points.map((point) => point.x)
  const range = [MARGIN.left, Math.max(MARGIN.left + 40, size.width - MARGIN.right)] as const
  const x = xScale === 'log' ? scaleLog(extent(xs), range) : scaleLinear([0, Math.max(1, ...xs)], range)
  const y = scaleLog(
    extent(
      points.map((point) => point.y),
      1.25,
    ),
    [size.height - MARGIN.bottom, MARGIN.top],
  )
  const [left, right] = range
  const [bottom = 0, top = 0] = y.range()
  const path = line<{ x: number; y: number }>(
    (point) => x(point.x),
    (point) => y(point.y),
  )
  const ticks = xScale === 'log' ? [...new Set(xs)].sort((a, b) => a - b) : x.ticks(6)
  const names = spreadOut(
    lines.map((one) => y(one.points.at(-1)?.y ?? 1)),
    top + 4,
    bottom,
  )
  const [from = 1, to = 1] = y.domain()
  const values = logTicks(from, to)
  const every = Math.max(1, Math.ceil((values.length * NAME) / (bottom - top)))
  return (
    <svg {...size} role="img" aria-label={description}>
      {values
        .filter((_, v) => v % every === 0)
        .map((value) => (
          <g key={value} className="axis">
            <path d={`M${left} ${y(value)}H${right}`} />
            <text x={left - 8} y={y(value) + 4} textAnchor="end">
              {formatNumber(Number(value.toPrecision(1)))}
            </text>
          </g>
        ))}
      {ticks.map((value) => (
        <text key={value} className="axis" x={x(value)} y={bottom + 16} textAnchor="middle">
          {Number.isInteger(value) ? formatCount(value) : formatNumber(value)}
        </text>
      ))}
      <text className="axis" x={(left + right) / 2} y={bottom + 31} textAnchor="middle">
        {xTitle}
      </text>
      {lines.map(({ name, points: own, dashed, marked }, i) => (
        <g key={name} className={dashed ? 'line bound' : `line look-${i % LOOKS}`}>
          <path d={path(own) ?? undefined} />
          {marked ? own.map((point) => <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={3} />) : null}
          <text x={right + 10} y={(names[i] ?? 0) + 4}>
            {name}
          </text>
        </g>
      ))}
    </svg>
  )
}

function extent(values: readonly number[], room = 1): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? [least / 2, most * 2] : [least / room, most * room]
}

/** Places near their own, none nearer to another than a name is high. */
function spreadOut(places: readonly number[], top: number, bottom: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place)
  let last = top - NAME
  for (const one of order) {
    one.place = Math.max(one.place, last + NAME)
    last = one.place
  }
  let next = bottom + NAME
  for (const one of [...order].reverse()) {
    one.place = Math.min(one.place, next - NAME)
    next = one.place
  }
  const spread = places.slice()
  for (const { place, index } of order) spread[index] = place
  return spread
}
