/** Draws a column against the target: the rows as points, what the network says of them beside. */
import { type ScaleLinear, scaleLinear, scaleUtc } from 'd3'
import type { DataColumn, DataPoints } from '../../../src-shared/contract/data-view'
import { random } from '../../../src-shared/numerics/random'
import type { Colours } from '../../network/drawing/colours'
import type { Size } from '../../network/place/geometry'
import { axisNames, line, ticksOf } from '../../predictions/draw'

/** As of the other plots: room for the axes' names. */
const MARGIN = { top: 24, right: 14, bottom: 36 }
const CHARACTER = 6.7
const TICK_ROOM = 14

export interface Scales {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
}

export interface Drawing {
  readonly kind: DataColumn['kind']
  readonly points: DataPoints
  /** Where points are drawn along x: jittered where many share a place. */
  readonly places: Float64Array
  readonly scales: Scales
  readonly size: Size
  readonly colours: Colours & { readonly data: string; readonly network: string }
  readonly names: { readonly x: string; readonly y: string }
  /** Index of the point that is ringed. */
  readonly pointed: number | null
}

/** Yes and no, and categories, become strips. Always the same for the same points. */
export function placesOf(kind: DataColumn['kind'], { x }: DataPoints): Float64Array {
  if (kind === 'number' || kind === 'date') return x
  const next = random(0, 'jitter')
  return x.map((value) => value + (next() - 0.5) * 0.6)
}

export function scalesOf(kind: DataColumn['kind'], points: DataPoints, { width, height }: Size): Scales {
  const { x: values, y: truth, predicted, texts } = points
  const y = scaleLinear(extent([truth, ...(predicted ? [predicted] : [])]), [height - MARGIN.bottom, MARGIN.top]).nice(
    4,
  )
  const longest = Math.max(1, ...ticksOf(y, 40).map(({ text }) => text.length))
  const range = [TICK_ROOM + CHARACTER * longest, width - MARGIN.right]
  if (kind === 'category') return { x: scaleLinear([-0.5, Math.max(0.5, texts.length - 0.5)], range), y }
  if (kind === 'boolean') return { x: scaleLinear([-0.5, 1.5], range), y }
  const x = scaleLinear(extent([values]), range)
  return { x: kind === 'number' ? x.nice(4) : x, y }
}

/** Of the finite values; one alone gets room beside it. */
function extent(columns: readonly Float64Array[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const column of columns) {
    for (const value of column) {
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  if (low > high) return [0, 1]
  if (low < high) return [low, high]
  const room = Math.abs(low) / 10 || 1
  return [low - room, high + room]
}

export function drawScatter(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { points, places, scales, size, colours, pointed } = drawing
  context.clearRect(0, 0, size.width, size.height)
  drawAxes(context, drawing)
  const many = points.y.length > 500
  context.save()
  context.globalAlpha = many ? 0.45 : 0.7
  context.fillStyle = colours.data
  dots(context, places, points.y, scales, 2)
  if (points.predicted !== null) {
    context.globalAlpha = many ? 0.6 : 0.9
    context.fillStyle = colours.network
    dots(context, places, points.predicted, scales, 1.4)
  }
  context.restore()
  drawNames(context, drawing)
  if (pointed === null) return
  context.beginPath()
  context.arc(scales.x(places[pointed] ?? 0), scales.y(points.y[pointed] ?? 0), 6, 0, 2 * Math.PI)
  context.strokeStyle = colours.ink
  context.lineWidth = 2
  context.stroke()
}

function dots(
  context: CanvasRenderingContext2D,
  xs: Float64Array,
  ys: Float64Array,
  { x, y }: Scales,
  radius: number,
): void {
  for (let k = 0; k < ys.length; k++) {
    const [px, py] = [x(xs[k] as number), y(ys[k] as number)]
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue
    context.beginPath()
    context.arc(px, py, radius, 0, 2 * Math.PI)
    context.fill()
  }
}

function drawAxes(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { scales, colours } = drawing
  const [left = 0, right = 0] = scales.x.range()
  const [bottom = 0] = scales.y.range()
  context.font = `11px ${colours.mono}`
  context.fillStyle = colours.ink3
  context.strokeStyle = colours.line
  context.lineWidth = 1
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const { value, text } of ticksOf(scales.y, 40)) {
    const at = Math.round(scales.y(value)) + 0.5
    line(context, left, at, right, at)
    context.fillText(text, left - 6, at)
  }
  context.textAlign = 'center'
  for (const { value, text } of ticksAlong(drawing)) context.fillText(text, scales.x(value), bottom + 14)
}

function drawNames(context: CanvasRenderingContext2D, { scales, colours, names }: Drawing): void {
  const [left = 0, right = 0] = scales.x.range()
  const [bottom = 0, top = 0] = scales.y.range()
  context.font = `11px ${colours.font}`
  axisNames(context, names, { left, right, top, bottom }, colours.ink2)
}

function ticksAlong({ kind, points: { texts }, scales: { x } }: Drawing) {
  const [left = 0, right = 0] = x.range()
  if (kind === 'boolean')
    return [
      { value: 0, text: 'no' },
      { value: 1, text: 'yes' },
    ]
  if (kind === 'category') {
    const room = (right - left) / Math.max(1, texts.length)
    return texts.map((text, value) => ({ value, text: cut(text, Math.floor(room / CHARACTER) - 1) }))
  }
  if (kind === 'number') return ticksOf(x, 70)
  const dates = scaleUtc(
    x.domain().map((seconds) => new Date(1000 * seconds)),
    [left, right],
  )
  const format = dates.tickFormat()
  const ticks = dates
    .ticks(Math.max(2, Math.round((right - left) / 80)))
    .map((date) => ({ value: date.getTime() / 1000, text: format(date) }))
  // There are no ticks between weeks and months: a narrow chart writes one of several weeks.
  const longest = Math.max(0, ...ticks.map(({ text }) => text.length))
  const every = Math.ceil((ticks.length * CHARACTER * (longest + 2)) / Math.max(1, right - left))
  return ticks.filter((_, k) => k % Math.max(1, every) === 0)
}

const cut = (text: string, most: number) =>
  text.length <= most ? text : most < 2 ? '' : `${text.slice(0, Math.max(1, most - 1))}…`
