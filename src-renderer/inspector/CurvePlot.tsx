/** An edge's curve with its base and the density of the data under it, live; the value at the pointer. */
import { line, scaleLinear } from 'd3'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Distribution } from '../../src-shared/contract/data'
import { sameEdge } from '../../src-shared/kan/locks'
import { type EdgeIndex, inputsOf, type Specification } from '../../src-shared/kan/specification'
import { baseValue } from '../../src-shared/numerics/base'
import { edgeCurve } from '../../src-shared/numerics/curve'
import { live, studio, useStudio } from '../state/studio'
import { useLive } from '../state/useLive'
import { formatValue } from '../ui/format'

interface CurvePlotProps {
  readonly specification: Specification
  readonly layer: number
  readonly edge: EdgeIndex
}

const HEIGHT = 168
const POINTS = 160
const DENSITY_HEIGHT = 44

export function CurvePlot({ specification, layer: l, edge }: CurvePlotProps) {
  const [input, output] = edge
  const svg = useRef<SVGSVGElement>(null)
  const width = useWidth(svg)
  const [pointer, setPointer] = useState<number | null>(null)
  const distribution = useDistribution(l, input)
  const parameters = useLive(() => live.parameters[l])
  const layer = specification.layers[l]
  const inputs = inputsOf(specification, l)

  const plot = useMemo(() => {
    if (!layer || !parameters) return null
    const [from, to] = range(layer.range, distribution)
    const xs = Float64Array.from({ length: POINTS + 1 }, (_, p) => from + ((to - from) * p) / POINTS)
    const ys = edgeCurve(layer, parameters, inputs, [input, output], xs)
    const scaler = parameters.baseScaler[output * inputs + input] ?? 0
    // A formula takes the base's place too.
    const isFormula = layer.symbolic.some((formula) => sameEdge(formula.edge, [input, output]))
    const base = isFormula ? null : Float64Array.from(xs, (x) => scaler * baseValue(layer.base, x))
    return { xs, ys, base }
  }, [layer, parameters, inputs, input, output, distribution])

  if (!layer || !parameters || !plot) return null
  const { xs, ys, base } = plot
  const x = scaleLinear([xs[0] ?? -1, xs[POINTS] ?? 1], [0, width])
  const [low, high] = extent(ys)
  const y = scaleLinear([low, high], [HEIGHT - 14, 14])
  const path = line<number>(
    (_, p) => x(xs[p] ?? 0),
    (value) => y(value),
  ).defined(Number.isFinite)
  const value = pointer === null ? null : edgeCurve(layer, parameters, inputs, [input, output], [pointer])[0]
  const isPointed = pointer !== null && value !== undefined && value !== null

  return (
    <>
      <svg
        ref={svg}
        className="curve"
        role="img"
        aria-label="Curve of the edge"
        onPointerMove={(event) => setPointer(x.invert(event.nativeEvent.offsetX))}
        onPointerLeave={() => setPointer(null)}
      >
        <Density distribution={distribution} x={x} />
        <path d={`M0,${y(0)}H${width}M${x(0)},0V${HEIGHT}`} stroke="var(--line-strong)" strokeWidth={0.7} />
        {base ? <path d={path(base) ?? ''} fill="none" stroke="var(--ink-3)" strokeDasharray="3 3" /> : null}
        <path d={path(ys) ?? ''} fill="none" stroke="var(--accent)" strokeWidth={2.2} />
        {isPointed ? (
          <>
            <path d={`M${x(pointer)},0V${HEIGHT}`} stroke="var(--ink-3)" strokeWidth={0.7} />
            {Number.isFinite(value) ? (
              <circle
                cx={x(pointer)}
                cy={y(value)}
                r={4}
                fill="var(--panel)"
                stroke="var(--accent)"
                strokeWidth={1.6}
              />
            ) : null}
          </>
        ) : null}
      </svg>
      <div className="curve-caption">
        <span>
          <i className="swatch" />
          curve
        </span>
        {base ? (
          <span>
            <i className="swatch base" />
            base
          </span>
        ) : null}
        {distribution ? (
          <span>
            <i className="swatch data" />
            data
          </span>
        ) : null}
        {isPointed ? (
          <span className="num">
            φ({formatValue(pointer)}) = {formatValue(value)}
          </span>
        ) : null}
      </div>
    </>
  )
}

function Density({ distribution, x }: { distribution: Distribution | null; x: (value: number) => number }) {
  if (!distribution) return null
  const { minimum, maximum, counts } = distribution
  const most = Math.max(1, ...counts)
  const width = (maximum - minimum) / counts.length
  return (
    <g fill="var(--density)">
      {Array.from(counts, (count, bin) => {
        const left = x(minimum + bin * width)
        const height = (DENSITY_HEIGHT * count) / most
        return (
          <rect
            key={bin}
            x={left}
            width={Math.max(0.5, x(minimum + (bin + 1) * width) - left - 1)}
            y={HEIGHT - height}
            height={height}
          />
        )
      })}
    </g>
  )
}

/** Where data live, with a little room; the grid's range before data are known. */
function range([from, to]: readonly [number, number], distribution: Distribution | null): [number, number] {
  if (!distribution || distribution.maximum <= distribution.minimum) return [from, to]
  const room = 0.05 * (distribution.maximum - distribution.minimum)
  return [distribution.minimum - room, distribution.maximum + room]
}

/** The range of the values that are finite (a formula may have none somewhere); a flat curve gets room above and below. */
function extent(values: Float64Array): [number, number] {
  let low = 0
  let high = 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return high - low < 1e-9 ? [low - 1, high + 1] : [low, high]
}

/** The distribution of the values that reach the edge; asked again while training moves it. */
function useDistribution(layer: number, input: number): Distribution | null {
  const [distribution, setDistribution] = useState<Distribution | null>(null)
  const step = useStudio((state) => state.progress.step)
  const data = useStudio((state) => state.document?.dataSummary ?? null)
  const askedAt = useRef({ time: 0, of: '', data })

  useEffect(() => {
    if (data === null) return setDistribution(null)
    const of = `${layer}/${input}`
    const now = performance.now()
    // The inputs of the first layer are the data themselves: they do not move.
    const { current: last } = askedAt
    if (of === last.of && data === last.data && (layer === 0 || now - last.time < 500) && step > 0) return
    const asked = { time: now, of, data }
    askedAt.current = asked
    // An answer counts while nothing newer was asked, however many steps were done meanwhile.
    const show = (answer: Distribution | null) => askedAt.current === asked && setDistribution(answer)
    studio()
      .distribution(layer, input)
      .then(show)
      .catch(() => show(null))
  }, [layer, input, step, data])
  return distribution
}

function useWidth(svg: React.RefObject<SVGSVGElement | null>): number {
  const [width, setWidth] = useState(256)
  useEffect(() => {
    const element = svg.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [svg])
  return width
}
