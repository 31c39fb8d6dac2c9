/** Which part of the window has a network in it: what a picture of it shows. */
import { bracketsOf } from '../brackets'
import { BRACKET, nameSize } from '../layout'
import type { Seen } from '../view'

export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Room around it. */
const MARGIN = 14
/** Titles over the columns, and what is written under a table. */
const TITLES = 62
const CAPTION = 24

/** The frame around all that is in the window; without anything in it, the window. */
export function frameOf(seen: Seen): Frame {
  const { width, height } = seen.size
  const boxes = [
    ...seen.columns.map(({ x, y, pitch, count, radius, names }) => {
      const beside = names.place === 'inside' ? 0 : names.width * (nameSize(radius) / 11.5) + 10
      const [left, right] = [names.place === 'left' ? beside : 0, names.place === 'right' ? beside : 0]
      // A title is wider than a node.
      const half = Math.max(radius, 60)
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
      return [left, top, left + cellWidth * outputs, top + cellHeight * inputs + CAPTION]
    }),
    ...bracketsOf(seen).map(({ x, top, bottom }) => [x - BRACKET, top, x, bottom]),
  ]
  const edge = (at: 0 | 1 | 2 | 3, of: (...values: number[]) => number) => of(...boxes.map((box) => box[at] ?? 0))
  const x = Math.max(0, edge(0, Math.min) - MARGIN)
  const y = Math.max(0, edge(1, Math.min) - MARGIN - TITLES)
  const right = Math.min(width, edge(2, Math.max) + MARGIN)
  const bottom = Math.min(height, edge(3, Math.max) + MARGIN)
  if (right - x < 1 || bottom - y < 1) return { x: 0, y: 0, width, height }
  return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(right - x), height: Math.ceil(bottom - y) }
}
