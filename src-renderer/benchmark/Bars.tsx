/** Times as grouped bars with their quartiles, in the order of the table. */
import { useRef } from 'react'
import { type BenchRow, TIMES } from '../../src-shared/benchmark/results'
import { milliseconds } from '../../src-shared/benchmark/words'
import { elide } from '../network/drawing/elide'
import { Button } from '../ui/Button'
import { formatNumber } from '../ui/format'
import { useSize } from '../ui/use-size'
import { BAR, barChart, GROUP } from './bars'
import { useBench } from './state'

/** Width of a letter, px, and the longest name that is written out. */
const LETTER = 7
const LONGEST = 172

export function Bars({ rows }: { rows: readonly BenchRow[] }) {
  const host = useRef<HTMLElement>(null)
  const size = useSize(host)
  const isLog = useBench((state) => state.logScale)
  return (
    <div className="bench-chart">
      <div className="bench-key">
        {TIMES.map((time) => (
          <span key={time}>
            <i className={`swatch ${time}`} />
            {time}
          </span>
        ))}
        <span className="spring" />
        <Button
          label="log"
          hint="Logarithmic axis."
          on={isLog}
          onClick={() => useBench.setState({ logScale: !isLog })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="bench-bars" ref={host} tabIndex={0} aria-label="Bars">
        {size && rows.length > 0 ? <Chart {...{ rows, isLog }} width={size.width} /> : null}
      </section>
    </div>
  )
}

function Chart({ rows, width, isLog }: { rows: readonly BenchRow[]; width: number; isLog: boolean }) {
  const left = Math.min(LONGEST, 16 + LETTER * Math.max(...rows.map(({ name }) => name.length)))
  const { groups, ticks, height } = barChart(rows, width, left, isLog)
  const bottom = rows.length * GROUP
  return (
    <svg {...{ width, height }} role="img" aria-label={`Median times of ${rows.length} rows as bars, in milliseconds`}>
      <g transform={`translate(${left} 0)`}>
        {ticks.map(({ x, value }) => (
          <g key={value} className="axis">
            <path d={`M${x} 0V${bottom}`} />
            <text x={x} y={bottom + 15} textAnchor="middle">
              {formatNumber(value)}
            </text>
          </g>
        ))}
        <text className="axis" x={-8} y={bottom + 15} textAnchor="end">
          ms
        </text>
        {groups.map(({ row, y, bars }) => (
          <g key={row.name}>
            <title>{`${row.name}: ${TIMES.map((time) => `${time} ${milliseconds(row[time].median)} ms`).join(', ')}`}</title>
            <rect className="hit" x={-left} y={y} width={width} height={GROUP} />
            <text className="row-name" x={-8} y={y + GROUP / 2 + 4} textAnchor="end">
              {elide(row.name, left - 16, (text) => LETTER * text.length)}
            </text>
            {bars.map(({ time, y: top, width: length, lower, upper }) => (
              <g key={time}>
                <rect className={`bar ${time}`} y={top} width={length} height={BAR - 1} rx={1} />
                <path
                  className="whisker"
                  d={`M${lower} ${top + BAR / 2 - 0.5}H${upper}M${upper} ${top + 1}v${BAR - 3}`}
                />
              </g>
            ))}
          </g>
        ))}
      </g>
    </svg>
  )
}
