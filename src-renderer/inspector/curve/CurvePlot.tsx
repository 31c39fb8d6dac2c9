/** An edge's curve, live, with what it is made of and where its data are; a hand can bend it or draw over it. */
import { line, type ScaleLinear, scaleLinear } from 'd3'
import { PencilLine } from 'lucide-react'
import { type PointerEvent, useMemo, useRef, useState } from 'react'
import type { ShapePoint } from '../../../src-shared/kan/edits/edit'
import { type EdgeIndex, inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { edgeCurve } from '../../../src-shared/numerics/curve'
import { isPruned } from '../../state/locks'
import { live, shape } from '../../state/studio'
import { useLive } from '../../state/useLive'
import { formatTick } from '../../training/ticks'
import { Button } from '../../ui/Button'
import { formatValue } from '../../ui/format'
import { useSize } from '../../ui/use-size'
import { CurveHandles } from './CurveHandles'
import { CurveLegend } from './CurveLegend'
import { Density } from './Density'
import { curveLines, shownHeight } from './lines'
import { type DrawnPoint, newestOnly } from './shaping'
import { useDistribution } from './use-distribution'
import { useDrawing } from './use-drawing'
import { XTicks } from './XTicks'
import './curve.css'

interface CurvePlotProps {
  readonly specification: Specification
  readonly layer: number
  readonly edge: EdgeIndex
}

const HEIGHT = 196
/** Room for the numbers of the x axis. */
const AXIS = 18
const TOP = 12

type Scale = ScaleLinear<number, number>

export function CurvePlot({ specification, layer: l, edge }: CurvePlotProps) {
  const [input, output] = edge
  const box = useRef<HTMLDivElement>(null)
  const width = useSize(box)?.width ?? 256
  const [pointer, setPointer] = useState<number | null>(null)
  const [draws, setDraws] = useState(false)
  /** While a hand is on the curve its scale stands still. */
  const [held, setHeld] = useState<readonly [number, number] | null>(null)
  const distribution = useDistribution(l, input)
  const parameters = useLive(() => live.parameters[l])
  const layer = specification.layers[l]
  const inputs = inputsOf(specification, l)
  const lines = useMemo(
    () => (layer && parameters ? curveLines(layer, parameters, inputs, [input, output], distribution) : null),
    [layer, parameters, inputs, input, output, distribution],
  )
  const send = useMemo(() => {
    const newest = newestOnly((wish: { points: readonly ShapePoint[]; stroke: string }) =>
      shape(l, [input, output], wish.points, wish.stroke),
    )
    return (points: readonly ShapePoint[], stroke: string) => newest({ points, stroke })
  }, [l, input, output])
  const drawing = useDrawing(send)
  if (!layer || !parameters || !lines) return null

  const { xs, ys, base, basis, knots } = lines
  const x = scaleLinear([xs[0] ?? -1, xs.at(-1) ?? 1], [0, width])
  const height = held ?? shownHeight(ys, base)
  const y = scaleLinear(height, [HEIGHT - AXIS - TOP, TOP])
  const path = line<number>(
    (_, p) => x(xs[p] ?? 0),
    (value) => y(value),
  ).defined(Number.isFinite)
  const drawn = line<DrawnPoint>(
    (point) => x(point.x),
    (point) => y(point.y),
  )
  const value = pointer === null ? null : (edgeCurve(layer, parameters, inputs, edge, [pointer])[0] ?? null)
  const canShape = lines.handles.length > 0 && !isPruned(specification, l, edge)
  const isDrawing = draws && canShape

  const placeOf = ({ nativeEvent }: PointerEvent): DrawnPoint => ({
    x: x.invert(nativeEvent.offsetX),
    y: y.invert(nativeEvent.offsetY),
  })
  const letGo = () => {
    drawing.end()
    setHeld(null)
  }

  return (
    <>
      <div ref={box} className="curve-box">
        <svg
          className={`curve ${isDrawing ? 'curve-draws' : ''}`}
          role="img"
          aria-label={`Curve of the edge, from ${formatValue(ys[0])} at ${formatValue(xs[0])} to ${formatValue(ys.at(-1))} at ${formatValue(xs.at(-1))}`}
          height={HEIGHT}
          onPointerDown={(event) => {
            if (!isDrawing || event.button !== 0) return
            event.currentTarget.setPointerCapture(event.pointerId)
            setHeld(widened(height))
            drawing.begin(placeOf(event), holding(xs, ys))
          }}
          onPointerMove={(event) => {
            setPointer(x.invert(event.nativeEvent.offsetX))
            drawing.goOn(placeOf(event))
          }}
          onPointerUp={letGo}
          onPointerCancel={letGo}
          onPointerLeave={() => setPointer(null)}
        >
          <Density distribution={distribution} x={x} floor={HEIGHT - AXIS} />
          <Axes x={x} y={y} width={width} knots={knots} />
          {base ? <path className="curve-base" d={path(base) ?? ''} /> : null}
          {basis ? <path className="curve-basis" d={path(basis) ?? ''} /> : null}
          <path className="curve-line" d={path(ys) ?? ''} />
          {drawing.line ? <path className="curve-drawn" d={drawn(drawing.line) ?? ''} /> : null}
          {pointer !== null && value !== null ? (
            <>
              <path className="curve-pointer" d={`M${x(pointer)},0V${HEIGHT - AXIS}`} />
              {Number.isFinite(value) ? <circle className="curve-here" cx={x(pointer)} cy={y(value)} r={3.5} /> : null}
            </>
          ) : null}
        </svg>
        {canShape && !isDrawing ? (
          <CurveHandles
            key={`${l} ${edge}`}
            handles={lines.handles}
            at={(place) => edgeCurve(layer, parameters, inputs, edge, [place])[0] ?? 0}
            x={x}
            y={y}
            onTake={() => setHeld(widened(height))}
            onShape={send}
            onLetGo={letGo}
          />
        ) : null}
      </div>
      <div className="curve-caption">
        <CurveLegend
          parts={[
            'curve',
            ...(base ? (['base', 'basis'] as const) : []),
            ...(knots.length > 0 ? (['knots'] as const) : []),
            ...(distribution ? (['data'] as const) : []),
          ]}
          basis={layer.basis.type}
        />
        {canShape ? (
          <Button
            label="Draw"
            icon={PencilLine}
            iconOnly
            on={draws}
            hint="Draw over the curve: it follows the line as well as its basis can. Without it, drag a point of the curve."
            onClick={() => setDraws(!draws)}
          />
        ) : null}
      </div>
      <p className="curve-value num" aria-hidden={pointer === null}>
        {pointer === null || value === null ? '\u00a0' : `φ(${formatValue(pointer)}) = ${formatValue(value)}`}
      </p>
    </>
  )
}

/** Every fourth point of a curve: enough to hold it. */
function holding(xs: Float64Array, ys: Float64Array): DrawnPoint[] {
  return [...xs].flatMap((x, p) => (p % 4 === 0 && Number.isFinite(ys[p]) ? [{ x, y: ys[p] as number }] : []))
}

/** Room above and below, to draw a curve higher than it is. */
function widened([low, high]: readonly [number, number]): readonly [number, number] {
  return [low - 0.25 * (high - low), high + 0.25 * (high - low)]
}

function Axes({ x, y, width, knots }: { x: Scale; y: Scale; width: number; knots: readonly number[] }) {
  const floor = HEIGHT - AXIS
  return (
    <>
      <path className="curve-axis" d={`M0,${y(0)}H${width}M${x(0)},0V${floor}`} />
      <path className="curve-knots" d={knots.map((knot) => `M${x(knot)},${floor}v-5`).join('')} />
      <XTicks ticks={x.ticks(4)} x={x} y={HEIGHT - 5} width={width} />
      {y.ticks(3).map((tick) => (
        <text key={tick} className="curve-tick" x={4} y={y(tick) - 2}>
          {formatTick(tick)}
        </text>
      ))}
    </>
  )
}
