/** What stands out at the moment, from the selection, the pointer, the keyboard and a tool's stroke. */
import { type ConeEdge, coneOf } from './cone'
import type { Hit } from './hit'
import type { LayerInk } from './ink'
import type { EdgeAddress, NodeAddress, Selection, Tool } from './types'
import type { Seen } from './view'

export interface Highlights {
  readonly selected: readonly EdgeAddress[]
  readonly hovered: EdgeAddress | null
  /** The edge that the arrow keys stand on, while the keyboard is in the network. */
  readonly focused: EdgeAddress | null
  /** Edges of the node under the pointer, else of the node that is selected alone. */
  readonly cone: readonly ConeEdge[]
  readonly tool: Tool
  /** The edge that waits to be tied to another, and where the pointer looks for that. */
  readonly tying: Tying | null
  /** Edges under the stroke of a tool, not yet edited. */
  readonly painted: readonly EdgeAddress[]
  readonly nodes: readonly NodeMark[]
}

interface Tying {
  readonly from: EdgeAddress
  readonly to: { readonly x: number; readonly y: number } | null
}

export interface NodeMark {
  readonly column: number
  readonly index: number
  /** Selected, or only under the pointer. */
  readonly selected: boolean
}

export interface Attention {
  readonly selection: Selection
  readonly hovered: Hit | null
  readonly focused: EdgeAddress | null
  readonly tool: Tool
  readonly tying: Tying | null
  /** Null where no stroke is under way. */
  readonly painted: readonly EdgeAddress[] | null
}

/** Leaves out what an edit has taken away. */
export function highlightsOf(seen: Seen, inks: readonly LayerInk[], attention: Attention): Highlights {
  const { selection, hovered, focused, tool, tying, painted } = attention
  const edge = (at: EdgeAddress | null) => (at !== null && hasEdge(seen, at) ? at : null)
  const hasNode = (node: NodeAddress) => node.index < (seen.columns[node.layer]?.count ?? 0)
  const under = hovered?.type === 'node' && hasNode(hovered) ? hovered : null
  const chosen = selection.type === 'nodes' ? selection.nodes.filter(hasNode) : []
  const lit = under ?? (hovered === null && chosen.length === 1 ? chosen[0] : undefined)
  return {
    selected: selection.type === 'edges' ? selection.edges.filter((at) => hasEdge(seen, at)) : [],
    hovered: painted !== null ? null : edge(hovered?.type === 'edge' ? hovered : null),
    focused: edge(focused),
    cone: lit === undefined ? [] : coneOf(inks, lit.layer, lit.index),
    tool,
    tying: tying !== null && hasEdge(seen, tying.from) ? tying : null,
    painted: painted ?? [],
    nodes: [
      ...(under === null ? [] : [{ column: under.layer, index: under.index, selected: false }]),
      ...chosen.map(({ layer, index }) => ({ column: layer, index, selected: true })),
    ],
  }
}

/** Whether an edge is still there. */
export function hasEdge(seen: Seen, { layer, edge }: EdgeAddress): boolean {
  const pair = seen.pairs[layer]
  return pair !== undefined && edge[0] < pair.inputs && edge[1] < pair.outputs
}
