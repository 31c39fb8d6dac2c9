/** Draws a network that runs from the bottom up: everything turned, but texts and curves upright. */

import type { Box, Point } from '../place/geometry'
import type { Turned } from '../place/turn'
import type { Drawing } from './drawing'

/** Turns what is drawn from now on. */
export function turn(drawing: Drawing, { orientation, size }: Turned): void {
  if (orientation === 'up') drawing.transform(0, -1, 1, 0, 0, size.width)
}

/** As `turn`, for what is in a group of an SVG. */
export function turnTransform({ orientation, size }: Turned): string | undefined {
  return orientation === 'up' ? `matrix(0 -1 1 0 0 ${size.width})` : undefined
}

/** Brings what must stay upright in such a group to a place. */
export function uprightTransform({ orientation }: Turned, { x, y }: Point): string {
  return orientation === 'up' ? `matrix(0 1 -1 0 ${x} ${y})` : `translate(${x} ${y})`
}

/** Draws what must stay upright, a text or a curve, about the middle of a box. */
export function upright(drawing: Drawing, { orientation }: Turned, box: Box, draw: (box: Box) => void): void {
  if (orientation !== 'up') {
    draw(box)
    return
  }
  drawing.save()
  drawing.transform(0, 1, -1, 0, box.x, box.y)
  draw({ x: 0, y: 0, width: box.height, height: box.width })
  drawing.restore()
}
