/** The edges that a node sees and that see it: what is lit while the pointer rests on it. */
import { PRUNED } from './flags'
import type { LayerInk } from './ink'

export interface ConeEdge {
  readonly layer: number
  readonly edge: number
  /** 0 … 1: the edge's ink beside its layer's strongest, fading with each layer by the strongest way to the node. */
  readonly ink: number
}

/** More lines than this are not followed by any eye. */
const MOST_OF_A_LAYER = 40
const MOST = 400
/** How much of a node's light its edges' other ends pass on. */
const PASSED_ON = 0.85
/** Layers with more edges are lit only where they touch the node. */
const MOST_TO_FOLLOW = 1500

/** The edges through a node of a column (0 are the inputs), the strongest first of each layer, or of all where there are many. */
export function coneOf(layers: readonly LayerInk[], column: number, index: number): readonly ConeEdge[] {
  const cone: ConeEdge[] = []
  let reach: Map<number, number> | null = new Map([[index, 1]])
  for (let l = column - 1; l >= 0 && reach !== null; l--) reach = follow(layers[l], l, reach, 'up', cone)
  reach = new Map([[index, 1]])
  for (let l = column; l < layers.length && reach !== null; l++) reach = follow(layers[l], l, reach, 'down', cone)
  return cone.length <= MOST ? cone : cone.sort((a, b) => b.ink - a.ink).slice(0, MOST)
}

function follow(
  layer: LayerInk | undefined,
  l: number,
  from: ReadonlyMap<number, number>,
  way: 'up' | 'down',
  cone: ConeEdge[],
): Map<number, number> | null {
  if (layer === undefined || (from.size > 1 && layer.ink.length > MOST_TO_FOLLOW)) return null
  const reached = new Map<number, number>()
  const found: ConeEdge[] = []
  const { inputs, outputs, strongest } = layer
  for (const [node, strength] of from) {
    const others = way === 'up' ? inputs : outputs
    for (let other = 0; other < others; other++) {
      const edge = way === 'up' ? node * inputs + other : other * inputs + node
      if ((layer.flags[edge] as number) & PRUNED) continue
      const ink = (strength * (layer.ink[edge] as number)) / strongest
      if (ink < 0.02) continue
      found.push({ layer: l, edge, ink })
      reached.set(other, Math.max(reached.get(other) ?? 0, PASSED_ON * ink))
    }
  }
  found.sort((a, b) => b.ink - a.ink)
  cone.push(...found.slice(0, MOST_OF_A_LAYER))
  return reached.size === 0 ? null : reached
}
