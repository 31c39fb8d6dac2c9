/**
 * The way that a network runs: left to right, or from the bottom up. All of layout, drawing and hit testing thinks left to
 * right; this file, and for what is drawn upright.ts, turns that into what is seen in the window, and back.
 */
import type { Box, Point, Size, View } from './geometry'

export type Orientation = 'right' | 'up'

/** What knows its orientation, and its size as it thinks: left to right. */
export interface Turned {
  readonly orientation: Orientation
  readonly size: Size
}

/** The size of the window as the network thinks of it, or the other way round. */
export function turnedSize({ width, height }: Size, orientation: Orientation): Size {
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
