/** A chart of points on a canvas; the value at the pointer. React only mounts it and writes the caption. */
import { useMemo } from 'react'
import type { SplitName, SplitResults } from '../../src-shared/contract/results'
import { readColours } from '../network/drawing/colours'
import { formatCount, formatValue } from '../ui/format'
import { useDrawn, usePlotCanvas } from '../ui/use-plot'
import type { Size } from '../ui/use-size'
import { type Chart, type Cloud, cloudsOf, nearestPoint, placeOf } from './clouds'
import { type Drawing, drawChart, type Scales, scalesOf } from './draw'

interface PlotProps {
  readonly chart: Chart
  /** Those that are shown. */
  readonly splits: readonly SplitResults[]
  readonly names: Drawing['names']
  /** What a screen reader says of it. */
  readonly description: string
  /** A row that is ringed. */
  readonly highlighted: { readonly truth: number; readonly predicted: number } | null
}

/** How far from a point the pointer may be, px. */
const REACH = 14

export function Plot({ chart, splits, names, description, highlighted }: PlotProps) {
  const plot = usePlotCanvas()
  const { size, pointer } = plot
  const clouds = useMemo(() => cloudsOf(chart, splits), [chart, splits])
  const scales = useMemo(() => (size ? scalesOf(chart, clouds, size) : null), [chart, clouds, size])
  const pointed = pointer && scales ? nearestPoint(clouds, scales, pointer, REACH) : null
  const ringed = useMemo(
    () => (pointed ? pointOf(pointed) : highlighted && placeOf(chart, highlighted)),
    [pointed, highlighted, chart],
  )

  const draw = useMemo(
    () =>
      scales &&
      ((context: CanvasRenderingContext2D, element: Element, size: Size) => {
        const colours = { ...readColours(element), ...splitColours(element) }
        drawChart(context, { chart, clouds, scales, size, colours, names, highlighted: ringed })
      }),
    [chart, clouds, scales, names, ringed],
  )
  useDrawn(plot, draw)

  return (
    <div className="plot">
      <canvas ref={plot.canvas} role="img" aria-label={description} {...plot.events} />
      {pointed && scales ? <Caption {...pointed} names={names} scales={scales} /> : null}
    </div>
  )
}

function Caption({ cloud, index, names, scales }: Pointed & { names: Drawing['names']; scales: Scales }) {
  const { x, y } = pointOf({ cloud, index })
  const [left = 0, right = 0] = scales.x.range()
  // On the side where the point is not.
  const isRight = scales.x(x) < (left + right) / 2
  return (
    <div className={isRight ? 'plot-caption right' : 'plot-caption'}>
      <b>
        {cloud.name}, row {formatCount((cloud.rows[index] ?? 0) + 1)}
      </b>
      <span>
        {names.x} <span className="num">{formatValue(x)}</span>
      </span>
      <span>
        {names.y} <span className="num">{formatValue(y)}</span>
      </span>
    </div>
  )
}

interface Pointed {
  readonly cloud: Cloud
  readonly index: number
}

const pointOf = ({ cloud, index }: Pointed) => ({ x: cloud.x[index] ?? 0, y: cloud.y[index] ?? 0 })

function splitColours(element: Element): Readonly<Record<SplitName, string>> {
  const style = getComputedStyle(element)
  const read = (token: string) => style.getPropertyValue(token).trim()
  return { train: read('--train'), validation: read('--valid'), test: read('--test') }
}
