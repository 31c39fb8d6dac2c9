/** What the pointer, the keyboard and the selection light up, drawn over the still layer of edges. */
import type { EdgeIndex } from '../../../src-shared/kan/specification'
import type { Highlights } from '../hand/highlights'
import { BADGED, PRUNED, tieColour } from '../numbers/flags'
import { inkAlpha } from '../numbers/ink'
import { highlightBox } from '../place/boxes'
import type { Hit } from '../place/hit'
import { edgeBox, edgeHalves, nodeY } from '../place/view'
import { tieOf } from '../selection/tie'
import { type EdgeAddress, sameEdge } from '../types'
import { drawBadges } from './draw-badges'
import { curveWidth, resetStyle, traceBox, traceCurve, traceHalf } from './draw-edges'
import { drawMany, drawRectangle } from './draw-many'
import type { Scene } from './scene'
import { upright } from './upright'

interface Stroke {
  readonly colour: string
  readonly alpha: number
  readonly width: number
  readonly dash?: readonly number[]
  /** Whether the edge's slot is drawn too: in its own place, or of readable size where it has none. */
  readonly slot: 'own' | 'always' | 'none'
}

export function drawOverlay(context: CanvasRenderingContext2D, scene: Scene, highlights: Highlights): void {
  const { colours } = scene
  const draw = (at: EdgeAddress, stroke: Stroke) => drawEdge(context, scene, at, stroke)

  // The faintest first, so that the strongest lie on top.
  for (let n = highlights.cone.length - 1; n >= 0; n--) {
    const found = highlights.cone[n]
    if (found === undefined) continue
    const inputs = scene.inks[found.layer]?.inputs ?? 1
    const edge: EdgeIndex = [found.edge % inputs, Math.floor(found.edge / inputs)]
    drawEdge(
      context,
      scene,
      { layer: found.layer, edge },
      {
        colour: colours.accent,
        alpha: scene.seen.pairs[found.layer]?.type === 'slots' ? 0.35 + 0.65 * found.ink : inkAlpha(found.ink ** 2),
        width: 1.4,
        slot: 'own',
      },
      true,
    )
  }
  const { hovered, selected, focused, tool } = highlights
  if (hovered !== null) {
    for (const edge of tieOf(scene.specification, hovered) ?? []) {
      const at = { layer: hovered.layer, edge }
      if (sameEdge(at, hovered)) continue
      const colour = colours[tieColour(flagsOf(scene, at))]
      draw(at, { colour, alpha: 0.9, width: 2, slot: 'own' })
    }
  }
  const alone = selected.length === 1
  for (const at of selected) {
    draw(at, { colour: colours.accent, alpha: 1, width: alone ? 2.2 : 1.8, slot: alone ? 'always' : 'own' })
  }
  for (const runs of highlights.many) drawMany(context, scene, runs, colours.accent)
  const tint = { select: colours.accent, lock: colours.frozen, tie: colours.tied, prune: colours.warn }[tool]
  if (hovered !== null && !selected.some((at) => sameEdge(hovered, at))) {
    draw(hovered, { colour: tint, alpha: 0.85, width: 1.8, slot: 'always' })
  }
  for (const edge of highlights.painted) {
    draw(edge, { colour: tint, alpha: 1, width: 2, dash: tool === 'prune' ? [2, 4] : [], slot: 'own' })
  }
  if (highlights.rectangle !== null) {
    for (const runs of highlights.rectangle.taken.edges) drawMany(context, scene, runs, tint)
    drawRectangle(context, highlights.rectangle, tint)
  }
  if (highlights.tying !== null) drawTying(context, scene, highlights.tying)
  if (focused !== null) drawFocus(context, scene, focused)
  resetStyle(context)
}

function flagsOf({ inks }: Scene, { layer, edge: [input, output] }: EdgeAddress): number {
  const ink = inks[layer]
  return ink?.flags[output * ink.inputs + input] ?? 0
}

function drawEdge(
  context: CanvasRenderingContext2D,
  scene: Scene,
  at: EdgeAddress,
  stroke: Stroke,
  straight = false,
): void {
  const pair = scene.seen.pairs[at.layer]
  const ink = scene.inks[at.layer]
  if (pair === undefined || ink === undefined) return
  const [input, output] = at.edge
  const own = pair.detail === 'curves' || pair.detail === 'cells'
  const slot = stroke.slot === 'always' || (stroke.slot === 'own' && own && !(straight && pair.type === 'matrix'))
  const e = output * ink.inputs + input
  const flags = ink.flags[e] ?? 0
  const pruned = (flags & PRUNED) !== 0
  const isLarge = stroke.slot === 'always' || (slot && pair.type === 'matrix')
  const box = isLarge ? highlightBox(pair, at.edge, scene.seen.orientation) : edgeBox(pair, input, output)
  const [left, right] = edgeHalves(scene.seen, pair, input, output)
  const half = slot || own ? box.width / 2 : 0

  context.strokeStyle = stroke.colour
  context.globalAlpha = stroke.alpha
  context.lineWidth = stroke.width
  context.setLineDash(stroke.dash ?? (pruned ? [1.5, 4] : []))
  context.beginPath()
  if (pair.detail === 'cells' && !straight) {
    // Cell beside cell: a line between them would only strike out the others.
  } else if (straight && pair.type === 'matrix') {
    // Many lines through their cells would be a knot: the cone goes from node to node.
    traceHalf(context, { ...left, toX: right.toX, toY: right.toY })
  } else {
    traceHalf(context, { ...left, toX: box.x - half })
    traceHalf(context, { ...right, fromX: box.x + half })
  }
  if (pair.detail === 'density' && !straight && !slot) {
    const [width, height] = [Math.max(4, box.width), Math.max(4, box.height)]
    context.roundRect(box.x - width / 2, box.y - height / 2, width, height, 0)
  }
  context.stroke()
  context.setLineDash([])
  if (!slot) return

  context.globalAlpha = 1
  context.beginPath()
  traceBox(context, box)
  context.fillStyle = scene.colours.panel
  context.fill()
  context.globalAlpha = stroke.alpha
  context.lineWidth = Math.min(stroke.width, stroke.slot === 'own' ? 1.2 : 2)
  context.stroke()
  context.beginPath()
  traceCurve(context, scene, at.layer, e, box)
  context.lineWidth = curveWidth(Math.min(box.width, box.height)) * 1.15
  context.lineJoin = 'round'
  context.stroke()
  context.globalAlpha = 1
  if (flags & BADGED) upright(context, scene.seen, box, (at) => drawBadges(context, scene.colours, flags, at))
}

/** The edge that waits to be tied, and a thread from it to the pointer. */
function drawTying(context: CanvasRenderingContext2D, scene: Scene, { from, to }: NonNullable<Highlights['tying']>) {
  const { colours, seen } = scene
  const pair = seen.pairs[from.layer]
  if (pair === undefined) return
  drawEdge(context, scene, from, { colour: colours.tied, alpha: 1, width: 2.2, slot: 'always' })
  if (to === null) return
  const box = highlightBox(pair, from.edge, seen.orientation)
  const side = to.x < box.x ? -1 : 1
  if (Math.abs(to.x - box.x) <= box.width / 2 && Math.abs(to.y - box.y) <= box.height / 2) return
  context.globalAlpha = 1
  context.strokeStyle = colours.tied
  context.lineWidth = 1.6
  context.setLineDash([5, 4])
  context.beginPath()
  const start = box.x + (side * box.width) / 2
  const reach = 24 + Math.abs(to.y - box.y) / 4
  context.moveTo(start, box.y)
  context.bezierCurveTo(start + side * reach, box.y, to.x + side * reach, to.y, to.x, to.y)
  context.stroke()
  context.setLineDash([])
}

function drawFocus(context: CanvasRenderingContext2D, scene: Scene, focused: Hit): void {
  if (focused.type === 'node') {
    const column = scene.seen.columns[focused.layer]
    if (column === undefined) return
    context.globalAlpha = 1
    context.strokeStyle = scene.colours.accent
    context.lineWidth = 2
    context.beginPath()
    context.arc(column.x, nodeY(column, focused.index), column.radius + 5, 0, 2 * Math.PI)
    context.stroke()
    return
  }
  const { layer, edge } = focused
  const pair = scene.seen.pairs[layer]
  if (pair === undefined) return
  drawEdge(context, scene, { layer, edge }, { colour: scene.colours.accent, alpha: 0.9, width: 1.6, slot: 'always' })
  const box = highlightBox(pair, edge, scene.seen.orientation)
  context.globalAlpha = 1
  context.strokeStyle = scene.colours.accent
  context.lineWidth = 2
  context.beginPath()
  context.roundRect(box.x - box.width / 2 - 4, box.y - box.height / 2 - 4, box.width + 8, box.height + 8, 7)
  context.stroke()
}
