/** The little signs at a slot's corners that say what colour says: locked, tied; and which edges are formulas. */
import type { Colours } from './colours'
import { FORMULA, FROZEN, PRUNED, TIED } from './ink'
import type { Box } from './view'

const LOCK = 'M3.5 5.6h5v3.6h-5zM4.5 5.6V4.2a1.5 1.5 0 0 1 3 0v1.4'
const LINK =
  'M5 6.8a1.6 1.6 0 0 0 2.4.1l1.1-1.1a1.6 1.6 0 0 0-2.3-2.3M7 5.2a1.6 1.6 0 0 0-2.4-.1L3.5 6.2a1.6 1.6 0 0 0 2.3 2.3'

const FUNCTION = 'M8 3c-1.5-.5-2.2.3-2.4 1.5l-.9 4.7c-.2 1-.7 1.5-1.8 1.1M4 5.6h3.6'

/** Draws the badges of an edge: locked or tied at the upper right corner of its slot, a formula at the upper left one. */
export function drawBadges(context: CanvasRenderingContext2D, colours: Colours, flags: number, box: Box): void {
  const gone = (flags & PRUNED) !== 0
  if ((flags & FROZEN) !== 0) drawSign(context, colours, LOCK, gone ? colours.ghost : colours.frozen, box, 1)
  else if ((flags & TIED) !== 0) drawSign(context, colours, LINK, gone ? colours.ghost : colours.tied, box, 1)
  if ((flags & FORMULA) !== 0) drawSign(context, colours, FUNCTION, gone ? colours.ghost : colours.ink, box, -1)
}

/** @param side 1 the right corner, −1 the left one */
function drawSign(
  context: CanvasRenderingContext2D,
  colours: Colours,
  sign: string,
  colour: string,
  box: Box,
  side: 1 | -1,
): void {
  const size = Math.min(1.25, Math.max(0.5, box.height / 32))
  context.save()
  context.translate(box.x + side * (box.width / 2 - 2), box.y - box.height / 2)
  context.scale(size, size)
  context.beginPath()
  context.arc(0, 0, 7.5, 0, 2 * Math.PI)
  context.fillStyle = colours.panel
  context.strokeStyle = colour
  context.lineWidth = 1.1
  context.fill()
  context.stroke()
  context.translate(-6, -6.1)
  context.lineWidth = 1.3
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.stroke(path(sign))
  context.restore()
}

const paths = new Map<string, Path2D>()
function path(data: string): Path2D {
  let made = paths.get(data)
  if (made === undefined) {
    made = new Path2D(data)
    paths.set(data, made)
  }
  return made
}
