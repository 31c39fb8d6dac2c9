/** Time against size as lines on logarithmic axes, each with the slope that was fitted to it, above what the machine can do. */
import { useMemo } from 'react'
import { TIMES } from '../../src-shared/benchmark/results'
import { roofline, scalingOf } from '../../src-shared/benchmark/scaling'
import { Button } from '../ui/Button'
import { LineChart } from './LineChart'
import { useBench } from './state'

export function ScalingChart() {
  const shown = useBench((state) => state.shown)
  const measure = useBench((state) => state.measure)
  const scaling = useMemo(() => scalingOf(shown?.rows ?? [], measure), [shown, measure])
  const roof = useMemo(
    () => shown && roofline(shown.rows, measure, shown.report?.peakOperations ?? null),
    [shown, measure],
  )
  if (scaling === null)
    return (
      <div className="empty">
        Nothing grows in this report: run a preset that scales, or type several numbers such as 250, 500, 1000.
      </div>
    )
  const lines = scaling.lines.map(({ name, points, slope }) => ({
    name: `${name}${slope === null ? '' : ` · slope ${slope.toFixed(2)}`}`,
    points,
    marked: true,
  }))
  const bound = roof ? [{ name: 'least at this peak', points: roof.points, marked: false, dashed: true }] : []
  const told = lines.map(({ name }) => name).join(', ')
  return (
    <div className="bench-chart whole">
      <div className="bench-key">
        {TIMES.map((time) => (
          <Button key={time} label={time} on={time === measure} onClick={() => useBench.setState({ measure: time })} />
        ))}
        <span className="muted">
          milliseconds; slope 1 is time in proportion to size.
          {roof
            ? ` Dashed: the products of ${roof.name} alone at this machine’s ${(roof.peak / 1e9).toFixed(0)} GFLOP/s.`
            : ''}
        </span>
      </div>
      <LineChart
        description={`Time over ${scaling.along}: ${told}`}
        xTitle={scaling.along}
        xScale="log"
        lines={[...lines, ...bound]}
      />
    </div>
  )
}
