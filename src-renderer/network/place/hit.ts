/** What lies under a point of the window. Analytic: at a given x all edges of a half share the curve's parameter. */

import { type EdgeAddress, type NodeAddress, sameEdge } from '../types'
import type { Point } from './geometry'
import { DOT } from './layout'
import { nodeY, type Seen, type SeenPair, seenRows, spans } from './view'

export type Hit = ({ readonly type: 'edge' } & EdgeAddress) | ({ readonly type: 'node' } & NodeAddress)

/** How near the pointer must come to a line, in pixels. */
const REACH = 6

/** The node, slot, cell or line at a point; of several lines the nearest. */
export function hitTest(seen: Seen, point: Point): Hit | null {
  return hitNode(seen, point) ?? hitEdge(seen, point)
}

/** The edge at a point, also where a node lies over it. */
export function hitEdge(seen: Seen, point: Point): Hit | null {
  for (const pair of seen.pairs) {
    const hit = pair.type === 'matrix' ? hitCell(pair, point) : (hitSlot(pair, point) ?? hitLine(seen, pair, point))
    if (hit !== null) return hit
  }
  return null
}

/** Every edge that a stroke of the pointer passes over, in the order of the stroke. */
export function edgesAlong(seen: Seen, from: Point, to: Point): readonly EdgeAddress[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 3))
  const found = new Map<string, EdgeAddress>()
  for (let step = 0; step <= steps; step++) {
    const part = step / steps
    const hit = hitEdge(seen, { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })
    if (hit?.type === 'edge')
      found.set(`${hit.layer} ${hit.edge[0]} ${hit.edge[1]}`, { layer: hit.layer, edge: hit.edge })
  }
  return [...found.values()]
}

export function sameHit(a: Hit | null, b: Hit | null): boolean {
  if (a === null || b === null || a.type !== b.type) return a === b
  if (a.type === 'edge') return b.type === 'edge' && sameEdge(a, b)
  return b.type === 'node' && a.layer === b.layer && a.index === b.index
}

/** The parameter at which a cubic with horizontal ends and control points halfway has passed a part of its width. */
export function parameterAt(part: number): number {
  let t = part
  // x(t) = 1.5t − 1.5t² + t³ has slopes of 0.75 and more, so Newton's method converges from anywhere.
  for (let step = 0; step < 4; step++) t -= (1.5 * t - 1.5 * t * t + t * t * t - part) / (1.5 - 3 * t + 3 * t * t)
  return Math.min(1, Math.max(0, t))
}

function hitNode(seen: Seen, { x, y }: Point): Hit | null {
  for (let c = 0; c < seen.columns.length; c++) {
    const column = seen.columns[c]
    if (column === undefined) continue
    const bars = column.radius < DOT
    const reach = bars ? 8 : column.radius + 3
    if (Math.abs(x - column.x) > reach) continue
    const index = Math.round((y - column.y) / column.pitch)
    if (index < 0 || index >= column.count) continue
    if (bars || Math.hypot(x - column.x, y - nodeY(column, index)) <= reach) return { type: 'node', layer: c, index }
  }
  return null
}

function hitCell(pair: SeenPair & { type: 'matrix' }, { x, y }: Point): Hit | null {
  const output = Math.floor((x - pair.left) / pair.cellWidth)
  const input = Math.floor((y - pair.top) / pair.cellHeight)
  if (output < 0 || output >= pair.outputs || input < 0 || input >= pair.inputs) return null
  if (pair.gone?.[output * pair.inputs + input] === 1) return null
  return { type: 'edge', layer: pair.layer, edge: [input, output] }
}

function hitSlot(pair: SeenPair & { type: 'slots' }, { x, y }: Point): Hit | null {
  if (pair.detail !== 'curves' || Math.abs(x - pair.x) > pair.width / 2) return null
  const e = Math.round((y - pair.y) / pair.pitch)
  if (e < 0 || e >= pair.inputs * pair.outputs || Math.abs(y - (pair.y + e * pair.pitch)) > pair.height / 2) return null
  if (pair.gone?.[e] === 1) return null
  return { type: 'edge', layer: pair.layer, edge: [e % pair.inputs, Math.floor(e / pair.inputs)] }
}

function hitLine(seen: Seen, pair: SeenPair & { type: 'slots' }, { x, y }: Point): Hit | null {
  const { left, right } = spans(seen, pair)
  const [from, to] = x < pair.x ? left : right
  const part = (x - from) / (to - from)
  if (!(part >= 0 && part <= 1)) return null
  const t = parameterAt(part)
  const rise = t * t * (3 - 2 * t)
  const steep = (6 * t * (1 - t)) / (1.5 - 3 * t + 3 * t * t) / (to - from)
  const nodes = seen.columns[x < pair.x ? pair.layer : pair.layer + 1]
  if (nodes === undefined) return null

  let nearest = REACH
  let found = -1
  const [first, last] = seenRows(
    pair.y,
    pair.pitch,
    pair.inputs * pair.outputs,
    seen.size.height,
    Number.POSITIVE_INFINITY,
  )
  for (let e = first; e < last; e++) {
    const slot = pair.y + e * pair.pitch
    const node = nodeY(nodes, x < pair.x ? e % pair.inputs : Math.floor(e / pair.inputs))
    const fromY = x < pair.x ? node : slot
    const height = x < pair.x ? slot - node : node - slot
    const slope = height * steep
    const distance = Math.abs(fromY + height * rise - y) / Math.sqrt(1 + slope * slope)
    if (distance < nearest && pair.gone?.[e] !== 1) {
      nearest = distance
      found = e
    }
  }
  if (found < 0) return null
  return { type: 'edge', layer: pair.layer, edge: [found % pair.inputs, Math.floor(found / pair.inputs)] }
}
