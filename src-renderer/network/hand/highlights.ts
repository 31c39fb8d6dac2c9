/** What stands out at the moment, from the selection, the pointer, the keyboard and a tool's stroke. */
import { type ConeEdge, coneOf } from '../numbers/cone'
import type { LayerInk } from '../numbers/ink'
import type { Point } from '../place/geometry'
import type { Hit } from '../place/hit'
import type { Seen } from '../place/view'
import { type LayerRuns, runsOf } from '../selection/runs'
import type { EdgeAddress, NodeAddress, Selection, Tool } from '../types'
import type { Preview } from './hand'

export interface Highlights {
  /** Selected edges, where they are few enough to be drawn one by one; else they are among `many`. */
  readonly selected: readonly EdgeAddress[]
  readonly many: readonly LayerRuns[]
  readonly hovered: EdgeAddress | null
  /** What the arrow keys stand on, while the keyboard is in the network. */
  readonly focused: Hit | null
  /** Edges of the node under the pointer or the arrow keys, else of the node that is selected alone. */
  readonly cone: readonly ConeEdge[]
  readonly tool: Tool
  /** The edge that waits to be tied to another, and where the pointer looks for that. */
  readonly tying: Tying | null
  /** Edges under the stroke of a tool, not yet edited. */
  readonly painted: readonly EdgeAddress[]
  readonly rectangle: Preview['rectangle']
  readonly nodes: readonly NodeMark[]
}

interface Tying {
  readonly from: EdgeAddress
  readonly to: Point | null
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
  readonly focused: Hit | null
  readonly tool: Tool
  readonly tying: Tying | null
  /** Null where no stroke is under way. */
  readonly painted: readonly EdgeAddress[] | null
  readonly rectangle: Preview['rectangle']
}

/** Leaves out what an edit has taken away. */
export function highlightsOf(seen: Seen, inks: readonly LayerInk[], attention: Attention): Highlights {
  const { selection, hovered, focused, tool, tying, painted, rectangle } = attention
  const hasNode = (node: NodeAddress) => node.index < (seen.columns[node.layer]?.count ?? 0)
  const under = hovered?.type === 'node' && hasNode(hovered) ? hovered : null
  const chosen = selection.type === 'nodes' ? selection.nodes.filter(hasNode) : []
  const standing = focused?.type === 'node' && hasNode(focused) ? focused : null
  const lit = under ?? standing ?? (hovered === null && chosen.length === 1 ? chosen[0] : undefined)
  const taken = rectangle?.taken.nodes ?? []
  const edges = selection.type === 'edges' ? selection.edges : []
  const isMany = edges.length > MOST_SINGLE
  return {
    selected: isMany ? [] : edges.filter((at) => hasEdge(seen, at)),
    many: isMany ? manyOf(edges, inks) : [],
    hovered:
      painted === null && rectangle === null && hovered?.type === 'edge' && hasEdge(seen, hovered) ? hovered : null,
    focused: standing ?? (focused?.type === 'edge' && hasEdge(seen, focused) ? focused : null),
    cone: lit === undefined ? [] : coneOf(inks, lit.layer, lit.index),
    tool,
    tying: tying !== null && hasEdge(seen, tying.from) ? tying : null,
    painted: painted ?? [],
    rectangle,
    nodes: [
      ...(under === null ? [] : [{ column: under.layer, index: under.index, selected: false }]),
      ...[...chosen, ...taken].map(({ layer, index }) => ({ column: layer, index, selected: true })),
    ],
  }
}

/** More selected edges are drawn all together. */
const MOST_SINGLE = 100

/** A selection is drawn again and again. */
const known = new WeakMap<readonly EdgeAddress[], { readonly shape: string; readonly runs: readonly LayerRuns[] }>()

/** Many selected edges as runs; those of layers of another shape, from before an edit, are left out where they are drawn. */
function manyOf(edges: readonly EdgeAddress[], inks: readonly LayerInk[]): readonly LayerRuns[] {
  const inputs = (layer: number) => inks[layer]?.inputs ?? 1
  const shape = inks.map((ink) => ink.inputs).join()
  const old = known.get(edges)
  if (old?.shape === shape) return old.runs
  const runs = runsOf(
    edges.filter(({ layer, edge }) => edge[0] < inputs(layer)),
    inputs,
  )
  known.set(edges, { shape, runs })
  return runs
}

/** Whether an edge is still there. */
function hasEdge(seen: Seen, { layer, edge }: EdgeAddress): boolean {
  const pair = seen.pairs[layer]
  return pair !== undefined && edge[0] < pair.inputs && edge[1] < pair.outputs
}
