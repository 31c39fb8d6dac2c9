/** Time against size as lines on logarithmic axes, each with the slope that was fitted to it. */
import { line, scaleLog } from 'd3'
import { useMemo, useRef } from 'react'
import { TIMES } from '../../src-shared/benchmark/results'
import { Button } from '../ui/Button'
import { formatCount, formatNumber } from '../ui/format'
import { type Size, useSize } from '../ui/use-size'
import { logTicks } from './bars'
import { type Scaling, scalingOf } from './scaling'
import { useBench } from './state'

/** Around the plot: left for times, right for the lines' names. */
const MARGIN = { left: 56, right: 190, top: 8, bottom: 36 }
/** Colours and dashes are used again after so many lines. */
const LOOKS = 6
/** Least distance of two names, px. */
const NAME = 14

export function ScalingChart() {
  const host = useRef<HTMLDivElement>(null)
  const size = useSize(host)
  const rows = useBench((state) => state.shown?.rows)
  const measure = useBench((state) => state.measure)
  const scaling = useMemo(() => scalingOf(rows ?? [], measure), [rows, measure])
  if (scaling === null)
    return (
      <div className="empty">
        Nothing grows in this report: run one of the presets Batch scaling, Width scaling or Grid size.
      </div>
    )
  return (
    <div className="bench-chart whole">
      <div className="bench-key">
        {TIMES.map((time) => (
          <Button key={time} label={time} on={time === measure} onClick={() => useBench.setState({ measure: time })} />
        ))}
        <span className="muted">milliseconds over {scaling.along}; slope 1 is time in proportion to size.</span>
      </div>
      <div className="bench-plot" ref={host}>
        {size ? <Chart {...{ scaling, size }} /> : null}
      </div>
    </div>
  )
}

function Chart({ scaling: { along, lines }, size }: { scaling: Scaling; size: Size }) {
  const points = lines.flatMap((one) => one.points)
  const x = scaleLog(extent(points.map((point) => point.x)), [
    MARGIN.left,
    Math.max(MARGIN.left + 40, size.width - MARGIN.right),
  ])
  const y = scaleLog(
    extent(
      points.map((point) => point.y),
      1.25,
    ),
    [size.height - MARGIN.bottom, MARGIN.top],
  )
  const [left = 0, right = 0] = x.range()
  const [bottom = 0, top = 0] = y.range()
  const path = line<{ x: number; y: number }>(
    (point) => x(point.x),
    (point) => y(point.y),
  )
  const sizes = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b)
  const names = spreadOut(
    lines.map((one) => y(one.points.at(-1)?.y ?? 1)),
    top + 4,
    bottom,
  )
  const [from = 1, to = 1] = y.domain()
  const told = lines.map(({ name, slope }) => `${name}${slope === null ? '' : ` slope ${slope.toFixed(2)}`}`)
  return (
    <svg {...size} role="img" aria-label={`Time over ${along}: ${told.join(', ')}`}>
      {logTicks(from, to).map((value) => (
        <g key={value} className="axis">
          <path d={`M${left} ${y(value)}H${right}`} />
          <text x={left - 8} y={y(value) + 4} textAnchor="end">
            {formatNumber(value)}
          </text>
        </g>
      ))}
      {sizes.map((value) => (
        <text key={value} className="axis" x={x(value)} y={bottom + 16} textAnchor="middle">
          {formatCount(value)}
        </text>
      ))}
      <text className="axis" x={(left + right) / 2} y={bottom + 31} textAnchor="middle">
        {along}
      </text>
      {lines.map(({ name, points: own }, i) => (
        <g key={name} className={`line look-${i % LOOKS}`}>
          <path d={path(own) ?? undefined} />
          {own.map((point) => (
            <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={3} />
          ))}
          <text x={right + 10} y={(names[i] ?? 0) + 4}>
            {told[i]}
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
