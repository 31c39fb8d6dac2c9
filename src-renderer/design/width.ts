/** Which edit makes a layer wider or narrower? Narrower, its least important nodes go. */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import type { LayerScores } from '../network/types'

type WidthEdit =
  | { readonly type: 'set-width'; readonly layer: number; readonly nodes: number }
  | { readonly type: 'remove-nodes'; readonly layer: number; readonly nodes: readonly number[] }

/** @param importance null where it is not known yet: then the last nodes go. Null comes back where nothing would change. */
export function widthEdit(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  layer: number,
  nodes: number,
): WidthEdit | null {
  const before = specification.layers[layer]?.nodes
  if (before === undefined || nodes === before) return null
  const scores = nodes < before ? nodeScores(specification, importance, layer) : null
  if (scores === null) return { type: 'set-width', layer, nodes }
  const weakestFirst = [...scores.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || b - a)
  return { type: 'remove-nodes', layer, nodes: weakestFirst.slice(0, before - nodes).sort((a, b) => a - b) }
}

/** Of a hidden node the smaller of its largest incoming and its largest outgoing score, as it is pruned by (docs/numerics.md). */
function nodeScores(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  layer: number,
): readonly number[] | null {
  const count = specification.layers[layer]?.nodes ?? 0
  const inputs = inputsOf(specification, layer)
  const next = specification.layers[layer + 1]?.nodes ?? 0
  const into = importance?.[layer]?.scores
  const out = importance?.[layer + 1]?.scores
  if (into?.length !== count * inputs || out?.length !== next * count) return null
  return Array.from({ length: count }, (_, k) => {
    const strongest = into.subarray(k * inputs, (k + 1) * inputs).reduce((a, b) => Math.max(a, b), 0)
    let outgoing = 0
    for (let j = 0; j < next; j++) outgoing = Math.max(outgoing, out[j * count + k] ?? 0)
    return Math.min(strongest, outgoing)
  })
}

/** Pixels of a drag for one node more or fewer, at first; of a wide layer, and farther out, each pixel counts for more. */
const STEP = 14
const NEAR = 140
const WIDE = 25

/** The width that a drag of a handle means, so many pixels below where it began. */
export function widthAfter(nodes: number, dragged: number): number {
  const beyond = Math.max(0, Math.abs(dragged) - NEAR) / (NEAR / 2)
  return Math.max(1, nodes + Math.round((dragged / STEP) * (1 + beyond) * Math.max(1, nodes / WIDE)))
}
