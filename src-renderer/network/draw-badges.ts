/** The little signs at a slot's corner that say what colour says: locked, tied. */
import type { Colours } from './colours'
import { FROZEN, PRUNED } from './ink'
import type { Box } from './view'

const LOCK = 'M3.5 5.6h5v3.6h-5zM4.5 5.6V4.2a1.5 1.5 0 0 1 3 0v1.4'
const LINK =
  'M5 6.8a1.6 1.6 0 0 0 2.4.1l1.1-1.1a1.6 1.6 0 0 0-2.3-2.3M7 5.2a1.6 1.6 0 0 0-2.4-.1L3.5 6.2a1.6 1.6 0 0 0 2.3 2.3'

/** Draws the badge of a locked or tied edge at the upper right corner of its slot. */
export function drawBadge(context: CanvasRenderingContext2D, colours: Colours, flags: number, box: Box): void {
  const locked = (flags & FROZEN) !== 0
  const colour = (flags & PRUNED) !== 0 ? colours.ghost : locked ? colours.frozen : colours.tied
  const size = Math.min(1.25, Math.max(0.5, box.height / 32))
  context.save()
  context.translate(box.x + box.width / 2 - 2, box.y - box.height / 2)
  context.scale(size, size)
  context.beginPath()
  context.arc(0, 0, 7.5, 0, 2 * Math.PI)
  context.fillStyle = colours.panel
  context.strokeStyle = colour
  context.lineWidth = 1.1
  context.fill()
  context.stroke()
  context.translate(-6, locked ? -6.2 : -6)
  context.lineWidth = 1.3
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.stroke(path(locked ? LOCK : LINK))
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
