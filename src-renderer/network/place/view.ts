/** A layout seen through a zoom: the same shapes in the window's pixels, and how much of them can be shown. */
import type { Box, View } from './geometry'
import {
  type Column,
  DOT,
  type Layout,
  type MatrixPair,
  SLOT_HEIGHT,
  type SlotPair,
  slotAcross,
  slotAlong,
} from './layout'
import { type Orientation, turnedSize } from './turn'

export type SlotDetail = 'curves' | 'lines'
export type MatrixDetail = 'cells' | 'density'

export type SeenPair = (
  | (SlotPair & { readonly detail: SlotDetail })
  | (MatrixPair & { readonly detail: MatrixDetail })
) & {
  /** 1 for each edge that is neither shown nor hit; null where all are. */
  readonly gone: Uint8Array | null
}

/** A layout in window pixels, still as if it ran left to right. Distances grow with the zoom; nodes, slots and text only up to their natural size. */
export interface Seen {
  readonly orientation: Orientation
  readonly size: Layout['size']
  readonly columns: readonly Column[]
  readonly bands: Layout['bands']
  readonly groups: Layout['groups']
  readonly pairs: readonly SeenPair[]
  /** 1 where the whole network is shown. */
  readonly zoom: number
}

/** Curves smaller than this are lines. */
const LEAST_CURVE = 9
const LEAST_CELL = { width: 34, height: 20 }

export const slotDetail = (across: number, orientation: Orientation = 'right'): SlotDetail =>
  across >= slotAcross(LEAST_CURVE, orientation) ? 'curves' : 'lines'

export const matrixDetail = (width: number, height: number): MatrixDetail =>
  width >= LEAST_CELL.width && height >= LEAST_CELL.height ? 'cells' : 'density'

/** What a zoom shows of a layout. @param view as the layout thinks of it: viewFromWindow of turn.ts */
export function see(layout: Layout, view: View, gone: readonly Uint8Array[] | null = null): Seen {
  const { k } = view
  const { orientation } = layout
  const slot = slotAcross(SLOT_HEIGHT, orientation)
  const zoom = k * layout.natural
  const grow = k < 1 ? k : Math.min(3, Math.max(1, zoom))
  const x = (at: number) => at * k + view.x
  const y = (at: number) => at * k + view.y

  const spacing = ((layout.columns[1]?.x ?? 0) - (layout.columns[0]?.x ?? 0)) * k
  const columns = layout.columns.map((column, c): Column => {
    const natural = (c === 0 || c === layout.columns.length - 1 ? 15 : 13) * grow
    const radius = k < 1 ? column.radius * k : Math.min(natural, column.pitch * k * 0.4, spacing * 0.14)
    return { ...column, x: x(column.x), y: y(column.y), pitch: column.pitch * k, radius: Math.max(radius, 1.5) }
  })
  const pairs = layout.pairs.map((pair, l): SeenPair => {
    const hidden = gone?.[l] ?? null
    if (pair.type === 'matrix') {
      const cellWidth = pair.cellWidth * k
      const cellHeight = pair.cellHeight * k
      const cell = turnedSize({ width: cellWidth, height: cellHeight }, layout.orientation)
      const detail = matrixDetail(cell.width, cell.height)
      return { ...pair, left: x(pair.left), top: y(pair.top), cellWidth, cellHeight, detail, gone: hidden }
    }
    const natural = Math.max(pair.height, slot) * Math.max(1, zoom)
    const height = k < 1 ? pair.height * k : Math.min(natural, pair.pitch * k * 0.84)
    const detail = slotDetail(height, orientation)
    const width = detail === 'curves' ? Math.min(slotAlong(height, orientation), spacing * 0.36) : 0
    return { ...pair, x: x(pair.x), y: y(pair.y), pitch: pair.pitch * k, width, height, detail, gone: hidden }
  })
  return { orientation, size: layout.size, columns, bands: layout.bands, groups: layout.groups, pairs, zoom: k }
}

/** The view in which a window of another size has the same in its middle: layouts grow with their windows. */
export function resized({ k, x, y }: View, before: Layout['size'], after: Layout['size']): View {
  return { k, x: (x * after.width) / before.width, y: (y * after.height) / before.height }
}

/** Curves that are zoomed to are this much larger than natural, at most. */
const NEAR = 1.6
/** Pixels of the window that headers above and tools below cover. */
const OVER = 64
const BELOW = 56

/** The view of the window that shows a box of it in its middle, with some of what is around it. */
export function viewOf(box: Box, { k, x, y }: View, layout: Layout): View {
  const { natural } = layout
  const size = turnedSize(layout.size, layout.orientation)
  const room = { width: size.width * 0.6, height: Math.max(40, size.height - OVER - BELOW) * 0.6 }
  const [width, height] = [Math.max(box.width / k, 1), Math.max(box.height / k, 1)]
  const next = Math.max(1, Math.min(room.width / width, room.height / height, NEAR / natural))
  const middle = { x: (box.x - x) / k, y: (box.y - y) / k }
  return { k: next, x: size.width / 2 - middle.x * next, y: (size.height + OVER - BELOW) / 2 - middle.y * next }
}

/** Middle of a node. */
export const nodeY = (column: Column, index: number) => column.y + index * column.pitch

/** A cubic with horizontal ends, its control points halfway: one half of an edge. */
export interface Half {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
}

/** Where the two halves of a layer's edges begin and end: node → slot and slot → node. */
export function spans(
  seen: Seen,
  pair: SeenPair,
): { left: readonly [number, number]; right: readonly [number, number] } {
  const before = seen.columns[pair.layer]
  const after = seen.columns[pair.layer + 1]
  if (before === undefined || after === undefined) throw new RangeError(`no layer ${pair.layer}`)
  const middle = pair.type === 'slots' ? pair.x : (before.x + after.x) / 2
  const half = pair.type === 'slots' ? pair.width / 2 : 0
  return {
    left: [before.x + gap(before), middle - half],
    right: [middle + half, after.x - gap(after)],
  }
}

/** Room that a node takes: its circle, or its bar. */
const gap = (column: Column) => (column.radius >= DOT ? column.radius : 8)

/** Middle of an edge's slot or cell: where its curve, badge and focus ring are. */
export function edgeBox(pair: SeenPair, input: number, output: number): Box {
  if (pair.type === 'slots') {
    const y = pair.y + (output * pair.inputs + input) * pair.pitch
    return { x: pair.x, y, width: pair.width, height: pair.height }
  }
  return {
    x: pair.left + (output + 0.5) * pair.cellWidth,
    y: pair.top + (input + 0.5) * pair.cellHeight,
    width: pair.cellWidth,
    height: pair.cellHeight,
  }
}

/** The two halves of an edge. In a table an edge goes through its cell. */
export function edgeHalves(seen: Seen, pair: SeenPair, input: number, output: number): readonly [Half, Half] {
  const before = seen.columns[pair.layer]
  const after = seen.columns[pair.layer + 1]
  if (before === undefined || after === undefined) throw new RangeError(`no layer ${pair.layer}`)
  const box = edgeBox(pair, input, output)
  return [
    { fromX: before.x + gap(before), fromY: nodeY(before, input), toX: box.x - box.width / 2, toY: box.y },
    { fromX: box.x + box.width / 2, fromY: box.y, toX: after.x - gap(after), toY: nodeY(after, output) },
  ]
}

/** Rows that can be seen of a column that begins at y with a pitch: from (inclusive), to (exclusive). */
export function seenRows(y: number, pitch: number, count: number, height: number, reach: number): [number, number] {
  const from = Math.max(0, Math.floor((-reach - y) / pitch))
  const to = Math.min(count, Math.ceil((height + reach - y) / pitch) + 1)
  return [from, Math.max(from, to)]
}

/** How far a box must move to be seen, clear of the headers above and the tools below. */
export function wayIntoSight(box: Box, { width, height }: Seen['size']): { x: number; y: number } {
  const outside = (at: number, half: number, from: number, to: number) =>
    at - half < from ? from - (at - half) : at + half > to ? to - (at + half) : 0
  return {
    x: outside(box.x, box.width / 2 + 12, 0, width),
    y: outside(box.y, box.height / 2 + 12, OVER, height - BELOW),
  }
}
