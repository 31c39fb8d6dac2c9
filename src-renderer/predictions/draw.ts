/** Draws a chart of points: its axes, its line of perfection, its clouds, and beside residuals how they are distributed. */
import { type ScaleLinear, scaleLinear } from 'd3'
import type { SplitName } from '../../src-shared/contract/results'
import type { Colours } from '../network/drawing/colours'
import type { Size } from '../network/place/geometry'
import { formatTick } from '../training/ticks'
import { type Chart, type Cloud, countsOf, rangesOf } from './clouds'

/** At the top is room for the name of y, at the bottom for ticks and the name of x. */
const MARGIN = { top: 24, right: 14, bottom: 36 }
/** Width of a character of a tick, and what is beside them. */
const CHARACTER = 6.7
const TICK_ROOM = 14
/** Room for the histogram of residuals, of a chart that is wide enough. */
const HISTOGRAM = 56
const HISTOGRAM_SHARE = 0.2
const BINS = 25

export interface Scales {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
}

export function scalesOf(chart: Chart, clouds: readonly Cloud[], { width, height }: Size): Scales {
  const ranges = rangesOf(chart, clouds)
  const histogram = chart === 'residuals' ? Math.min(HISTOGRAM, HISTOGRAM_SHARE * width) : 0
  const y = scaleLinear(ranges.y, [height - MARGIN.bottom, MARGIN.top]).nice(4)
  const longest = Math.max(1, ...ticksOf(y, 40).map(({ text }) => text.length))
  const left = TICK_ROOM + CHARACTER * longest
  return { x: scaleLinear(ranges.x, [left, width - MARGIN.right - histogram]).nice(4), y }
}

/** Values at about every so many pixels, as short as they can be told apart. */
export function ticksOf(
  scale: Scales['x'],
  pixels: number,
): readonly { readonly value: number; readonly text: string }[] {
  const [from = 0, to = 0] = scale.range()
  const values = scale.ticks(Math.max(2, Math.round(Math.abs(to - from) / pixels)))
  const short = values.map(formatTick)
  const texts = new Set(short).size === short.length ? short : values.map(scale.tickFormat(values.length))
  return values.map((value, k) => ({ value, text: texts[k] ?? '' }))
}

export interface Drawing {
  readonly chart: Chart
  readonly clouds: readonly Cloud[]
  readonly scales: Scales
  readonly size: Size
  readonly colours: Colours & Readonly<Record<SplitName, string>>
  /** What the axes are called. */
  readonly names: { readonly x: string; readonly y: string }
  /** A point that is ringed, in units of the data. */
  readonly highlighted: { readonly x: number; readonly y: number } | null
}

export function drawChart(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { chart, clouds, scales, size, colours, highlighted } = drawing
  context.clearRect(0, 0, size.width, size.height)
  drawAxes(context, drawing)
  drawPerfection(context, chart, scales, colours)
  for (const cloud of clouds) drawCloud(context, cloud, scales, colours[cloud.name])
  if (chart === 'residuals') drawHistogram(context, drawing)
  if (highlighted === null) return
  context.beginPath()
  context.arc(scales.x(highlighted.x), scales.y(highlighted.y), 6, 0, 2 * Math.PI)
  context.strokeStyle = colours.ink
  context.lineWidth = 2
  context.stroke()
}

function drawAxes(context: CanvasRenderingContext2D, { scales: { x, y }, colours, names }: Drawing): void {
  const [left = 0, right = 0] = x.range()
  const [bottom = 0, top = 0] = y.range()
  context.font = `11px ${colours.mono}`
  context.fillStyle = colours.ink3
  context.strokeStyle = colours.line
  context.lineWidth = 1
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const { value, text } of ticksOf(y, 40)) {
    const at = Math.round(y(value)) + 0.5
    line(context, left, at, right, at)
    context.fillText(text, left - 6, at)
  }
  context.textBaseline = 'alphabetic'
  context.textAlign = 'center'
  for (const { value, text } of ticksOf(x, 70)) context.fillText(text, x(value), bottom + 15)
  context.font = `11px ${colours.font}`
  axisNames(context, names, { left, right, top, bottom }, colours.ink2)
}

interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The name of y above its ticks, that of x below its own: no point lies under them. */
export function axisNames(
  context: CanvasRenderingContext2D,
  names: Drawing['names'],
  { left, right, top, bottom }: Frame,
  ink: string,
): void {
  context.fillStyle = ink
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  context.fillText(elided(context, names.y, right - 6), 6, top - 10)
  context.textAlign = 'right'
  context.fillText(elided(context, names.x, right - left), right, bottom + 29)
}

/** As much of a text as there is room for. */
function elided(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let length = text.length - 1
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length)}…`
}

/** Where every point would lie if the network were perfect: on the diagonal, or at 0. */
function drawPerfection(context: CanvasRenderingContext2D, chart: Chart, { x, y }: Scales, { ink3 }: Colours): void {
  const [low = 0, high = 0] = x.domain()
  context.save()
  context.strokeStyle = ink3
  context.lineWidth = 1
  context.setLineDash([4, 4])
  if (chart === 'fit') line(context, x(low), y(low), x(high), y(high))
  else line(context, x(low), y(0), x(high), y(0))
  context.restore()
}

export function line(context: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  context.beginPath()
  context.moveTo(fromX, fromY)
  context.lineTo(toX, toY)
  context.stroke()
}

/** Each split has a shape of its own besides its colour; many points let one another shine through. */
function drawCloud(context: CanvasRenderingContext2D, { name, x, y }: Cloud, scales: Scales, colour: string): void {
  context.save()
  context.fillStyle = colour
  context.globalAlpha = x.length > 500 ? 0.45 : 0.75
  for (let k = 0; k < x.length; k++) {
    const [px, py] = [scales.x(x[k] as number), scales.y(y[k] as number)]
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue
    context.beginPath()
    addShape(context, name, px, py)
    context.fill()
  }
  context.restore()
}

/** Corners of a split's shape around its place; none of a disc. */
const CORNERS: Readonly<Record<SplitName, readonly (readonly [number, number])[]>> = {
  train: [],
  validation: [
    [0, -3],
    [3, 0],
    [0, 3],
    [-3, 0],
  ],
  test: [
    [0, -3],
    [3, 2.4],
    [-3, 2.4],
  ],
}

function addShape(context: CanvasRenderingContext2D, name: SplitName, x: number, y: number): void {
  const corners = CORNERS[name]
  if (corners.length === 0) context.arc(x, y, 2, 0, 2 * Math.PI)
  for (const [dx, dy] of corners) context.lineTo(x + dx, y + dy)
}

/** Each split's part of its own rows in every bin: the first one filled, the others as outlines. */
function drawHistogram(context: CanvasRenderingContext2D, { clouds, scales: { x, y }, size, colours }: Drawing): void {
  const [low = 0, high = 0] = y.domain()
  const left = (x.range()[1] ?? 0) + 10
  const shares = clouds.map((cloud) =>
    countsOf(cloud.y, [low, high], BINS).map((count) => count / Math.max(1, cloud.y.length)),
  )
  const most = Math.max(1e-9, ...shares.flat())
  const length = scaleLinear([0, most], [0, size.width - MARGIN.right - left])
  const edge = (bin: number) => y(low + ((high - low) * bin) / BINS)
  context.save()
  context.beginPath()
  // Empty bins draw no line along the axis.
  context.rect(left + 0.8, 0, size.width - left, size.height)
  context.clip()
  shares.forEach((share, c) => {
    const colour = colours[clouds[c]?.name ?? 'train']
    context.beginPath()
    context.moveTo(left, edge(0))
    share.forEach((part, bin) => {
      context.lineTo(left + length(part), edge(bin))
      context.lineTo(left + length(part), edge(bin + 1))
    })
    context.lineTo(left, edge(BINS))
    if (c === 0) {
      context.globalAlpha = 0.3
      context.fillStyle = colour
      context.fill()
      context.globalAlpha = 1
    } else {
      context.strokeStyle = colour
      context.lineWidth = 1.4
      context.stroke()
    }
  })
  context.restore()
  context.strokeStyle = colours.lineStrong
  context.lineWidth = 1
  line(context, left, edge(0), left, edge(BINS))
}
