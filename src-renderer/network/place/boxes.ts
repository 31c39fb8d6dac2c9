/** Where is an edge, a node, or what is selected? */

import type { EdgeIndex } from '../../../src-shared/kan/specification'
import type { Selection } from '../types'
import type { Box } from './geometry'
import type { Hit } from './hit'
import { type Orientation, turnedSize } from './turn'
import { edgeBox, nodeY, type Seen, type SeenPair } from './view'

/** Where an edge's curve or a node is; null where there is none any more. */
export function boxOf(seen: Seen, at: Hit): Box | null {
  if (at.type === 'edge') {
    const pair = seen.pairs[at.layer]
    return pair === undefined ? null : highlightBox(pair, at.edge, seen.orientation)
  }
  const column = seen.columns[at.layer]
  if (column === undefined) return null
  return { x: column.x, y: nodeY(column, at.index), width: 2 * column.radius, height: 2 * column.radius }
}

/** Where a highlighted edge shows its curve: in its own slot, or in one of natural size where it is too small or has none. */
export function highlightBox(pair: SeenPair, [input, output]: EdgeIndex, orientation: Orientation): Box {
  const box = edgeBox(pair, input, output)
  if (pair.detail === 'curves' && Math.min(pair.width, pair.height) >= 16) return box
  if (pair.detail === 'cells') return cellBox(box)
  return { x: box.x, y: box.y, ...turnedSize({ width: 46, height: 30 }, orientation) }
}

/** What a curve takes of its cell in a table: neighbours stay apart. */
export function cellBox({ width, height, ...middle }: Box): Box {
  return { ...middle, width: Math.max(2, width - 3), height: Math.max(2, height - 3) }
}

/** The box around all that is selected and still there; null where nothing is. */
export function boxOfSelection(seen: Seen, selection: Selection): Box | null {
  const boxes = partsOf(selection, seen).flatMap((at) => placeOf(seen, at) ?? [])
  if (boxes.length === 0) return null
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x - width / 2)
    right = Math.max(right, x + width / 2)
    top = Math.min(top, y - height / 2)
    bottom = Math.max(bottom, y + height / 2)
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top }
}

/** As {@link boxOf}, with an edge's own slot or cell, however small it is. */
function placeOf(seen: Seen, at: Hit): Box | null {
  const pair = at.type === 'edge' ? seen.pairs[at.layer] : undefined
  return at.type === 'edge' && pair !== undefined ? edgeBox(pair, ...at.edge) : boxOf(seen, at)
}

/** Of a layer the nodes, and the first and last of the edges that lead to them. */
function partsOf(selection: Selection, { columns, pairs }: Seen): readonly Hit[] {
  switch (selection.type) {
    case 'none':
      return []
    case 'edges':
      return selection.edges.map((at) => ({ type: 'edge', ...at }))
    case 'nodes':
      return selection.nodes.map((at) => ({ type: 'node', ...at }))
    case 'layers':
      return selection.layers.flatMap((layer): readonly Hit[] => {
        const count = columns[layer + 1]?.count ?? 0
        const pair = pairs[layer]
        const ends = pair === undefined ? [] : [[0, 0] as const, [pair.inputs - 1, pair.outputs - 1] as const]
        return [
          ...ends.map((edge): Hit => ({ type: 'edge', layer, edge })),
          ...[0, count - 1].map((index): Hit => ({ type: 'node', layer: layer + 1, index })),
        ]
      })
  }
}
