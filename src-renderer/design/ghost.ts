/** Where do the nodes of a column that is not there yet stand, and which lines lead to it? */
import { pitchOf } from '../network/place/layout'
import type { Seen } from '../network/place/view'

export interface Circle {
  readonly cx: number
  readonly cy: number
  readonly r: number
}

interface Ghost {
  readonly circles: readonly Circle[]
  /** Instead of circles, where they would be too many to be told apart. */
  readonly bar: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null
}

/** Nodes nearer than this are a bar. */
const LEAST_PITCH = 5
const MOST_LINES = 600

/** A column of so many nodes at x, as the layout would space them. */
export function ghostColumn({ columns }: Seen, x: number, nodes: number): Ghost {
  const [first] = columns
  const content = first === undefined ? 0 : first.pitch / pitchOf(first.count, 1)
  const middle = first === undefined ? 0 : first.y + (first.pitch * (first.count - 1)) / 2
  const pitch = pitchOf(nodes, content)
  if (pitch < LEAST_PITCH) {
    return { circles: [], bar: { x: x - 6, y: middle - content / 2, width: 12, height: content } }
  }
  const r = Math.min(13, pitch * 0.4)
  const top = middle - (pitch * (nodes - 1)) / 2
  return { circles: Array.from({ length: nodes }, (_, k) => ({ cx: x, cy: top + k * pitch, r })), bar: null }
}

/** Every line from one column to another, as one path; none where there would be too many. */
export function linesBetween(from: readonly Circle[], to: readonly Circle[]): string {
  if (from.length * to.length > MOST_LINES) return ''
  return from
    .flatMap((a) =>
      to.map((b) => {
        const way = a.cx < b.cx ? 1 : -1
        const [x, end] = [a.cx + way * a.r, b.cx - way * b.r]
        const middle = (x + end) / 2
        return `M${x},${a.cy}C${middle},${a.cy} ${middle},${b.cy} ${end},${b.cy}`
      }),
    )
    .join('')
}
