/** The layer of lines and of curves in their slots. Edges of one style are one path: a frame has some twenty strokes. */
import { CURVE_POINTS } from '../numbers/curves'
import { BADGED } from '../numbers/flags'
import { edgesByStyle, isBadged, type LayerInk, LEAVING, STYLES } from '../numbers/ink'
import type { Box } from '../place/geometry'
import { edgeBox, type Half, type SeenPair, seenRows, spans } from '../place/view'
import { drawBadges } from './draw-badges'
import type { Drawing } from './drawing'
import type { Scene } from './scene'
import { upright } from './upright'

type SeenSlots = SeenPair & { type: 'slots' }

/** Draws all edges of a layer that has slots. */
export function drawSlotPair(context: Drawing, scene: Scene, pair: SeenSlots): void {
  const ink = scene.inks[pair.layer]
  if (ink === undefined) return
  drawLines(context, scene, pair, ink)
  if (pair.detail === 'curves') drawSlots(context, scene, pair, ink)
}

/** The edges of a pair whose slots can be seen. */
export function seenSlots(pair: SeenSlots, height: number): readonly number[] {
  const [from, to] = seenRows(pair.y, pair.pitch, pair.inputs * pair.outputs, height, pair.height / 2)
  const all = Array.from({ length: to - from }, (_, n) => from + n)
  return pair.gone === null ? all : all.filter((e) => pair.gone?.[e] !== 1)
}

/** Draws curves in their slots or cells, those of one style as one path, and their badges over them. */
export function drawCurves(
  context: Drawing,
  scene: Scene,
  pair: SeenPair,
  edges: readonly number[],
  box: (edge: number) => Box,
): void {
  const { colours, inks, seen } = scene
  const ink = inks[pair.layer]
  if (ink === undefined) return
  const byStyle: number[][] = STYLES.map(() => [])
  for (const e of edges) byStyle[ink.style[e] as number]?.push(e)
  const { width, height } = edgeBox(pair, 0, 0)
  context.lineWidth = curveWidth(Math.min(width, height))
  context.lineJoin = 'round'
  for (let s = 0; s < STYLES.length; s++) {
    const style = STYLES[s]
    const some = byStyle[s] ?? []
    if (style === undefined || some.length === 0) continue
    context.beginPath()
    for (const e of some) traceCurve(context, scene, pair.layer, e, box(e))
    context.strokeStyle = colours[style.colour]
    context.globalAlpha = s <= LEAVING ? 0.7 : curveAlpha(style.alpha)
    // In a table no line leads to a curve: its own must say that it is pruned.
    context.setLineDash(s <= LEAVING && pair.type === 'matrix' ? [1.5, 3] : NO_DASH)
    context.stroke()
  }
  resetStyle(context)
  for (const e of edges) {
    const flags = ink.flags[e] as number
    if ((flags & BADGED) !== 0) upright(context, seen, box(e), (at) => drawBadges(context, colours, flags, at))
  }
}

/** Adds a curve of the cache to the current path, within a box. */
export function traceCurve(context: Drawing, scene: Scene, layer: number, edge: number, box: Box): void {
  if (!scene.curves.read(layer, edge, heights)) return
  upright(context, scene.seen, box, (at) => traceHeights(context, at))
}

function traceHeights(context: Drawing, box: Box): void {
  const inset = Math.min(5, box.height * 0.16)
  const left = box.x - box.width / 2 + inset
  const top = box.y - box.height / 2 + inset
  const width = box.width - 2 * inset
  const height = box.height - 2 * inset
  // Segments of some two pixels: both steps end on the last point.
  const skip = width < 28 ? 4 : width < 48 ? 2 : 1
  for (let p = 0; p < CURVE_POINTS; p += skip) {
    const x = left + (width * p) / (CURVE_POINTS - 1)
    const y = top + height * (heights[p] as number)
    if (p === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
}

export function resetStyle(context: Drawing): void {
  context.globalAlpha = 1
  context.setLineDash(NO_DASH)
}

/** Width of a curve's line in a slot. */
export const curveWidth = (height: number) => Math.min(2.4, Math.max(1.1, height / 19))

const NO_DASH: readonly number[] = []
const heights = new Float32Array(CURVE_POINTS)

function drawLines(context: Drawing, scene: Scene, pair: SeenSlots, ink: LayerInk): void {
  const { seen } = scene
  const before = seen.columns[pair.layer]
  const after = seen.columns[pair.layer + 1]
  if (before === undefined || after === undefined) return
  const { left, right } = spans(seen, pair)
  if (right[1] < 0 || left[0] > seen.size.width) return
  const [ax, bx] = left
  const [cx, dx] = right
  const ab = (ax + bx) / 2
  const cd = (cx + dx) / 2
  const bottom = seen.size.height
  const { order, starts } = edgesByStyle(ink)
  // Lines that stand closer than they are thick would be a black wall.
  const thin = Math.min(1, Math.max(0.5, pair.pitch / 6))

  for (let s = 0; s < STYLES.length; s++) {
    const style = STYLES[s]
    if (style === undefined || (s === 0 && pair.gone !== null)) continue
    const [first, last] = [starts[s] as number, starts[s + 1] as number]
    let any = false
    for (let n = first; n < last; n++) {
      const e = order[n] as number
      const j = Math.floor(e / pair.inputs)
      const start = before.y + (e - j * pair.inputs) * before.pitch
      const end = after.y + j * after.pitch
      const middle = pair.y + e * pair.pitch
      if ((start < 0 && middle < 0 && end < 0) || (start > bottom && middle > bottom && end > bottom)) continue
      if (!any) context.beginPath()
      any = true
      context.moveTo(ax, start)
      context.bezierCurveTo(ab, start, ab, middle, bx, middle)
      // Without slots one half goes on from the other.
      if (cx > bx) context.moveTo(cx, middle)
      context.bezierCurveTo(cd, middle, cd, end, dx, end)
    }
    if (!any) continue
    context.strokeStyle = scene.colours[style.colour]
    context.globalAlpha = style.alpha * (0.5 + 0.5 * thin)
    context.lineWidth = style.width * thin
    // Where there is room for a badge, that says it; else the line's own shape must.
    context.setLineDash(isBadged(style) && pair.detail === 'curves' ? NO_DASH : style.dash)
    context.stroke()
  }
  resetStyle(context)
}

function drawSlots(context: Drawing, scene: Scene, pair: SeenSlots, ink: LayerInk): void {
  const { colours, seen } = scene
  if (pair.x + pair.width < 0 || pair.x - pair.width > seen.size.width) return
  const slots = seenSlots(pair, seen.size.height)
  const box = (e: number): Box => ({ x: pair.x, y: pair.y + e * pair.pitch, width: pair.width, height: pair.height })
  const isPruned = (e: number) => (ink.style[e] as number) <= LEAVING

  context.lineWidth = 1
  context.fillStyle = colours.panel
  context.strokeStyle = colours.line
  for (const pruned of [true, false]) {
    context.beginPath()
    for (const e of slots) if (isPruned(e) === pruned) traceBox(context, box(e))
    context.globalAlpha = pruned ? 0.6 : 1
    context.fill()
    context.stroke()
  }
  drawCurves(context, scene, pair, slots, box)
  drawFunctions(context, scene, pair)
}

/** Room below a slot that the name of its function needs. */
const FUNCTION_ROOM = 12

/** The names of formulas' functions, each below its slot where there is room. */
function drawFunctions(context: Drawing, { seen, specification, colours }: Scene, pair: SeenSlots): void {
  const formulas = specification.layers[pair.layer]?.symbolic ?? []
  if (formulas.length === 0 || (seen.orientation === 'right' && pair.pitch - pair.height < FUNCTION_ROOM)) return
  context.font = `11px ${colours.mono}`
  context.textAlign = 'center'
  context.fillStyle = colours.symbolic
  for (const { edge, function: name } of formulas) {
    if (pair.gone?.[edge[1] * pair.inputs + edge[0]] === 1) continue
    upright(context, seen, edgeBox(pair, ...edge), ({ x, y, height }) => context.fillText(name, x, y + height / 2 + 11))
  }
}

/** Adds a half of an edge to the current path. */
export function traceHalf(context: Drawing, { fromX, fromY, toX, toY }: Half): void {
  const middle = (fromX + toX) / 2
  context.moveTo(fromX, fromY)
  context.bezierCurveTo(middle, fromY, middle, toY, toX, toY)
}

/** Adds a slot's frame to the current path, on whole pixels so that it is crisp. */
export function traceBox(context: Drawing, { x, y, width, height }: Box): void {
  const left = Math.round(x - width / 2) + 0.5
  const top = Math.round(y - height / 2) + 0.5
  context.roundRect(left, top, Math.round(width) - 1, Math.round(height) - 1, Math.min(4, height / 5))
}

/** Opacity of a curve in its slot: that of its line, but never so faint that its shape is lost. */
const curveAlpha = (line: number) => Math.max(0.34, line)
