/** What does a rectangle that is drawn on the canvas take in? */

import { FROZEN, PRUNED } from '../numbers/flags'
import type { LayerInk } from '../numbers/ink'
import type { Point } from '../place/geometry'
import { nodeY, type Seen, type SeenPair } from '../place/view'
import { type LayerRuns, runsWhere } from '../selection/runs'
import type { NodeAddress, Selection, Tool } from '../types'

export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What the tool in hand will do something to: edges, or with Select nodes where there are no edges. */
export interface Taken {
  readonly edges: readonly LayerRuns[]
  readonly nodes: readonly NodeAddress[]
  readonly count: number
  /** Whether Lock or Prune is taken back. */
  readonly undoing: boolean
  /** Edges in it that are left as they are, for it is done to them already. */
  readonly left: number
}

export function rectangleOf(a: Point, b: Point): Rectangle {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  }
}

/**
 * Edges whose curve, cell or middle lies in the rectangle, and nodes in it. Lock and Prune take those to which it is not
 * done yet; all of them, to take it back, where it is done to all. Select goes on with nodes where nodes are selected.
 */
export function takenBy(
  seen: Seen,
  inks: readonly LayerInk[],
  tool: Tool,
  rectangle: Rectangle,
  selected: Selection['type'],
): Taken {
  const nodes = tool === 'select' ? nodesIn(seen, rectangle) : []
  const all = seen.pairs.map((pair) => runsShown(pair, rectangle)).filter(({ runs }) => runs.length > 0)
  if (nodes.length > 0 && (selected === 'nodes' || all.length === 0))
    return { edges: [], nodes, count: nodes.length, undoing: false, left: 0 }
  const flag = tool === 'lock' ? FROZEN : tool === 'prune' ? PRUNED : 0
  const open = all.map((layer) =>
    runsWhere(layer, (e) => flag === 0 || ((inks[layer.layer]?.flags[e] ?? 0) & flag) === 0),
  )
  const undoing = open.every(({ count }) => count === 0)
  const edges = undoing ? all.map((layer) => runsWhere(layer, () => true)) : open.filter(({ count }) => count > 0)
  const count = edges.reduce((sum, layer) => sum + layer.count, 0)
  const taken = all.reduce((sum, { runs }) => runs.reduce((more, [from, to]) => more + to - from, sum), 0)
  return { edges, nodes: [], count, undoing, left: taken - count }
}

function nodesIn({ columns }: Seen, { left, top, right, bottom }: Rectangle): readonly NodeAddress[] {
  return columns.flatMap((column, layer) => {
    const { x, radius, count } = column
    if (x + radius < left || x - radius > right) return []
    return Array.from({ length: count }, (_, index) => ({ layer, index })).filter(({ index }) => {
      const y = nodeY(column, index)
      return y + radius >= top && y - radius <= bottom
    })
  })
}

function runsShown(pair: SeenPair, rectangle: Rectangle): Omit<LayerRuns, 'count'> {
  const runs = runsIn(pair, rectangle)
  return pair.gone === null ? runs : runsWhere(runs, (e) => pair.gone?.[e] !== 1)
}

function runsIn(pair: SeenPair, { left, top, right, bottom }: Rectangle): Omit<LayerRuns, 'count'> {
  const { layer, inputs, outputs } = pair
  if (pair.type === 'slots') {
    if (pair.x + pair.width / 2 < left || pair.x - pair.width / 2 > right) return { layer, inputs, runs: [] }
    const from = Math.max(0, Math.ceil((top - pair.height / 2 - pair.y) / pair.pitch))
    const to = Math.min(inputs * outputs, Math.floor((bottom + pair.height / 2 - pair.y) / pair.pitch) + 1)
    return { layer, inputs, runs: from < to ? [[from, to]] : [] }
  }
  const fromInput = Math.max(0, Math.floor((top - pair.top) / pair.cellHeight))
  const toInput = Math.min(inputs, Math.floor((bottom - pair.top) / pair.cellHeight) + 1)
  const fromOutput = Math.max(0, Math.floor((left - pair.left) / pair.cellWidth))
  const toOutput = Math.min(outputs, Math.floor((right - pair.left) / pair.cellWidth) + 1)
  if (fromInput >= toInput) return { layer, inputs, runs: [] }
  const rows = Array.from({ length: Math.max(0, toOutput - fromOutput) }, (_, n) => (fromOutput + n) * inputs)
  return { layer, inputs, runs: rows.map((row) => [row + fromInput, row + toInput]) }
}
