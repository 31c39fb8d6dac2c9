/** Bending a curve with the pointer: what a movement asks of the edge, one question at a time, the newest wins. */
import type { ShapePoint } from '../../../src-shared/kan/edits/edit'

/** A handle goes to a height; the others stay where they are. */
export function movedHandle(handles: readonly number[], moved: number, y: number): ShapePoint[] {
  return handles.map((x, h) => ({ x, y: h === moved ? y : null }))
}

/**
 * Takes another place of the pointer into a drawn line, from left to right: going back over what is drawn draws it anew.
 *
 * @param last where the pointer was before, null at the beginning
 */
export function drawnOn(
  line: readonly DrawnPoint[],
  last: DrawnPoint | null,
  point: DrawnPoint,
): readonly DrawnPoint[] {
  const [from, to] = last === null ? [point.x, point.x] : [Math.min(last.x, point.x), Math.max(last.x, point.x)]
  const rest = line.filter(({ x }) => x < from || x > to)
  const between = last === null ? [] : pointsBetween(last, point)
  return [...rest, ...between, point].sort((a, b) => a.x - b.x)
}

export interface DrawnPoint {
  readonly x: number
  readonly y: number
}

/** A fast pointer leaves gaps. */
const BETWEEN = 4

function pointsBetween(a: DrawnPoint, b: DrawnPoint): DrawnPoint[] {
  return Array.from({ length: BETWEEN }, (_, k) => {
    const part = k / BETWEEN
    return { x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) }
  })
}

/** Most points of a line that are sent: a curve of a few dozen coefficients needs no more. */
const MOST_POINTS = 200
/** The curve stays but for this part of what is shown beside a line: it cannot turn on the spot. */
const BESIDE = 0.06

/** The curve goes along a drawn line, and elsewhere as it went before the drawing began. */
export function alongLine(line: readonly DrawnPoint[], before: readonly DrawnPoint[]): ShapePoint[] {
  const every = Math.max(1, line.length / MOST_POINTS)
  const drawn = line.filter((_, p) => Math.floor(p / every) > Math.floor((p - 1) / every))
  const beside = BESIDE * ((before.at(-1)?.x ?? 0) - (before[0]?.x ?? 0))
  const [first = 0, last = 0] = [(line[0]?.x ?? 0) - beside, (line.at(-1)?.x ?? 0) + beside]
  return [...before.filter(({ x }) => x < first || x > last), ...drawn]
}

/** Runs a task for the newest value it was given, never two at a time. */
export function newestOnly<T>(task: (value: T) => Promise<void>): (value: T) => void {
  let waiting: { readonly value: T } | null = null
  let busy = false
  const next = async () => {
    busy = true
    while (waiting !== null) {
      const { value } = waiting
      waiting = null
      await task(value)
    }
    busy = false
  }
  return (value) => {
    waiting = { value }
    if (!busy) void next()
  }
}
