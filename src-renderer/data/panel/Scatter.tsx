/** A column against the target on a canvas; the values at the pointer. */
import { useMemo } from 'react'
import type { DataColumnView } from '../../../src-shared/contract/data-view'
import { readColours } from '../../network/drawing/colours'
import { nearestPoint } from '../../predictions/clouds'
import { formatFigure, formatValue } from '../../ui/format'
import { useDrawn, usePlotCanvas } from '../../ui/use-plot'
import type { Size } from '../../ui/use-size'
import { drawScatter, placesOf, scalesOf } from './scatter'
import { formatOwn } from './words'

/** How far from a point the pointer may be, px. */
const REACH = 14

interface ScatterProps {
  readonly view: DataColumnView
  /** With its unit, as the target's. */
  readonly name: string
  readonly target: string
  /** What a screen reader says of it. */
  readonly description: string
}

export function Scatter({ view, name, target, description }: ScatterProps) {
  const { kind, points } = view
  const plot = usePlotCanvas()
  const { size, pointer } = plot
  const places = useMemo(() => placesOf(kind, points), [kind, points])
  const scales = useMemo(() => (size ? scalesOf(kind, points, size) : null), [kind, points, size])
  const near = pointer && scales && nearestPoint([{ x: places, y: points.y }], scales, pointer, REACH)
  const pointed = near ? near.index : null

  const draw = useMemo(
    () =>
      scales &&
      ((context: CanvasRenderingContext2D, element: Element, size: Size) => {
        const style = getComputedStyle(element)
        const colours = {
          ...readColours(element),
          data: style.getPropertyValue('--ink-3').trim(),
          network: style.getPropertyValue('--accent').trim(),
        }
        const names = { x: name, y: target }
        drawScatter(context, { kind, points, places, scales, size, colours, names, pointed })
      }),
    [kind, points, places, scales, name, target, pointed],
  )
  useDrawn(plot, draw)

  return (
    <div className="plot">
      <canvas ref={plot.canvas} role="img" aria-label={description} {...plot.events} />
      {pointed !== null && scales ? (
        <div
          className={scales.x(places[pointed] ?? 0) < (size?.width ?? 0) / 2 ? 'plot-caption right' : 'plot-caption'}
        >
          <span>
            {name} <span className="num">{valueText(view, points.x[pointed] ?? Number.NaN)}</span>
          </span>
          <span>
            {target} <span className="num">{formatFigure(points.y[pointed])}</span>
          </span>
          {points.predicted ? (
            <span>
              predicted <span className="num">{formatValue(points.predicted[pointed])}</span>
            </span>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function valueText({ kind, points }: DataColumnView, value: number): string {
  if (kind === 'category') return points.texts[value] ?? '–'
  if (kind === 'boolean') return value === 1 ? 'yes' : 'no'
  return formatOwn(kind, value)
}
