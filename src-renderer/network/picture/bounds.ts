/** Which part of the window has a network in it: what a picture of it shows. */
import { bracketsOf } from '../place/brackets'
import { BRACKET, nameSize } from '../place/layout'
import { toWindow, turnedSize } from '../place/turn'
import type { Seen } from '../place/view'

export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Room around it. */
const MARGIN = 14
/** Titles over the columns, or at the left of them where they run from the bottom up, and what is written under a table. */
export const TITLES = { right: 62, up: 150 }
const CAPTION = 24

/** The frame around all that is in the window; without anything in it, the window. */
export function frameOf(seen: Seen): Frame {
  const { orientation } = seen
  const { width, height } = turnedSize(seen.size, orientation)
  const boxes = [
    ...seen.columns.map(({ x, y, pitch, count, radius, names }) => {
      const beside =
        names.place === 'inside' ? 0 : names.upright ? 24 : names.width * (nameSize({ radius, pitch }) / 11.5) + 10
      const [left, right] = [names.place === 'left' ? beside : 0, names.place === 'right' ? beside : 0]
      // A title is wider than a node.
      const half = orientation === 'up' ? radius : Math.max(radius, 60)
      return [
        Math.min(x - radius - left, x - half),
        y - radius,
        Math.max(x + radius + right, x + half),
        y + pitch * (count - 1) + radius,
      ]
    }),
    ...seen.pairs.map((pair) => {
      if (pair.type === 'slots') {
        const { x, y, pitch, inputs, outputs } = pair
        return [
          x - pair.width / 2,
          y - pair.height / 2,
          x + pair.width / 2,
          y + pitch * (inputs * outputs - 1) + pair.height / 2,
        ]
      }
      const { left, top, cellWidth, cellHeight, inputs, outputs } = pair
      const [right, bottom] = [left + cellWidth * outputs, top + cellHeight * inputs]
      return orientation === 'up' ? [left - CAPTION, top, right, bottom] : [left, top, right, bottom + CAPTION]
    }),
    ...bracketsOf(seen).map(({ x, top, bottom }) => [x - BRACKET, top, x, bottom]),
  ]
  const corners = boxes.flatMap(([left = 0, top = 0, right = 0, bottom = 0]) => [
    toWindow(seen, { x: left, y: top }),
    toWindow(seen, { x: right, y: bottom }),
  ])
  const [xs, ys] = [corners.map((at) => at.x), corners.map((at) => at.y)]
  const [beside, over] = orientation === 'up' ? [TITLES.up, 0] : [0, TITLES.right]
  const x = Math.max(0, Math.min(...xs) - MARGIN - beside)
  const y = Math.max(0, Math.min(...ys) - MARGIN - over)
  const right = Math.min(width, Math.max(...xs) + MARGIN)
  const bottom = Math.min(height, Math.max(...ys) + MARGIN)
  if (right - x < 1 || bottom - y < 1) return { x: 0, y: 0, width, height }
  return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(right - x), height: Math.ceil(bottom - y) }
}
