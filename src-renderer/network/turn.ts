/**
 * The way that a network runs: left to right, or from the bottom up. All of layout, drawing and hit testing thinks left to
 * right; this file alone turns that into what is seen in the window, and back.
 */
import type { Drawing } from './drawing'
import type { Point } from './pointer'
import type { Box, View } from './view'

export type Orientation = 'right' | 'up'

interface Extent {
  readonly width: number
  readonly height: number
}

/** What knows its orientation, and its size as it thinks: left to right. */
interface Turned {
  readonly orientation: Orientation
  readonly size: Extent
}

/** The size of the window as the network thinks of it, or the other way round. */
export function turnedSize({ width, height }: Extent, orientation: Orientation): Extent {
  return orientation === 'up' ? { width: height, height: width } : { width, height }
}

/** Where a point is seen in the window. */
export function toWindow({ orientation, size }: Turned, { x, y }: Point): Point {
  return orientation === 'up' ? { x: y, y: size.width - x } : { x, y }
}

/** A point of the window as the network thinks of it. */
export function fromWindow({ orientation, size }: Turned, { x, y }: Point): Point {
  return orientation === 'up' ? { x: size.width - y, y: x } : { x, y }
}

/** Where a box is seen in the window. */
export function boxInWindow(turned: Turned, { width, height, ...middle }: Box): Box {
  return { ...toWindow(turned, middle), ...turnedSize({ width, height }, turned.orientation) }
}

/** The zoom of the window as the network thinks of it. */
export function viewFromWindow({ orientation, size }: Turned, { k, x, y }: View): View {
  return orientation === 'up' ? { k, x: size.width * (1 - k) - y, y: x } : { k, x, y }
}

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
