/** A column against the target on a canvas; the values at the pointer. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { DataColumnView } from '../../../src-shared/contract/data-view'
import { createCanvases } from '../../network/canvases'
import { readColours } from '../../network/colours'
import { useUi } from '../../state/ui'
import { formatFigure, formatValue } from '../../ui/format'
import { useSize } from '../../ui/use-size'
import { drawScatter, nearest, placesOf, scalesOf } from './scatter'
import { formatOwn } from './words'

/** How far from a point the pointer may be, px. */
const REACH = 14

interface ScatterProps {
  readonly view: DataColumnView
  readonly target: string
  /** What a screen reader says of it. */
  readonly description: string
}

export function Scatter({ view, target, description }: ScatterProps) {
  const { kind, points, name } = view
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(canvas)
  const theme = useUi((state) => state.theme)
  const places = useMemo(() => placesOf(kind, points), [kind, points])
  const scales = useMemo(() => (size ? scalesOf(kind, points, size) : null), [kind, points, size])
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const pointed = pointer && scales ? nearest({ points, places, scales }, pointer, REACH) : null

  useEffect(() => {
    const element = canvas.current
    if (!element || !size || !scales) return
    const canvases = createCanvases([element])
    canvases.fit(size)
    const [context] = canvases.contexts
    const style = getComputedStyle(element)
    // A theme's colours are read from the page: another theme is another drawing.
    const colours = theme && {
      ...readColours(element),
      data: style.getPropertyValue('--ink-3').trim(),
      network: style.getPropertyValue('--accent').trim(),
    }
    const names = { x: name, y: target }
    if (context) drawScatter(context, { kind, points, places, scales, size, colours, names, pointed })
  }, [theme, size, kind, points, places, scales, name, target, pointed])

  return (
    <div className="plot">
      <canvas
        ref={canvas}
        role="img"
        aria-label={description}
        onPointerMove={({ nativeEvent }) => setPointer({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })}
        onPointerLeave={() => setPointer(null)}
      />
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
