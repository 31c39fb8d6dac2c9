/** What the editor says in words: names for screen readers, tooltips and headers. */
import { withGroups } from '../../../src-shared/kan/groups'
import { sameEdge } from '../../../src-shared/kan/locks'
import { edgeName, nodeName } from '../../../src-shared/kan/names'
import {
  type Basis,
  type EdgeIndex,
  inputsOf,
  type LayerSpecification,
  type Specification,
} from '../../../src-shared/kan/specification'
import { formatCount } from '../../ui/format'
import type { Hit } from '../place/hit'
import type { EdgeAddress, LayerScores, Tool } from '../types'
import { tieWords } from './tie'

/** An edge as a screen reader says it: `Edge x → h₂, score 0.604, locked`. */
export function edgeWords(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  at: EdgeAddress,
): string {
  const name = `Edge ${edgeName(specification, at.layer, at.edge)}`
  return [name, ...edgeDetails(specification, importance, at)].join(', ')
}

/** An edge or a node as a screen reader says it: `Node h₂, 2 in, 1 out`. */
export function hitWords(specification: Specification, importance: readonly LayerScores[] | null, hit: Hit): string {
  if (hit.type === 'edge') return edgeWords(specification, importance, hit)
  const { title, detail } = tipWords(specification, null, hit, undefined)
  return [`Node ${title}`, ...detail.split(' · ')].join(', ')
}

/**
 * What becomes of locked edges among many: `2 of these 12 edges were locked: they are pruned like the others and stay locked`.
 *
 * @param count how many edges there are, the locked ones among them; of one alone nothing need be told
 */
export function lockedWords(tool: 'lock' | 'prune', count: number, locked: number): string | null {
  if (locked === 0 || count < 2) return null
  const one = locked === 1
  const some =
    locked === count
      ? `All of these ${formatCount(count)} edges were locked`
      : `${formatCount(locked)} of these ${formatCount(count)} edges ${one ? 'was' : 'were'} locked`
  if (tool === 'lock') return `${some} before and ${one ? 'stays as it is' : 'stay as they are'}`
  const others = locked === count ? 'all the same' : 'like the others'
  return `${some}: ${one ? 'it is' : 'they are'} pruned ${others} and ${one ? 'stays' : 'stay'} locked`
}

/** What a tool is about to do: `Prune 12 edges`. */
export function takenWords(tool: Tool, undoing: boolean, kind: 'edge' | 'node', count: number): string {
  const verbs = {
    select: '',
    lock: undoing ? 'Unlock ' : 'Lock ',
    tie: 'Tie ',
    prune: undoing ? 'Bring back ' : 'Prune ',
  }
  return `${verbs[tool]}${formatCount(count)} ${count === 1 ? kind : `${kind}s`}`
}

/** `score 0.604`, `formula sin`, `locked`, `tied to y → h₂`, `pruned`: what is known of an edge. */
function edgeDetails(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  { layer, edge }: EdgeAddress,
): readonly string[] {
  const score = importance?.[layer]?.scores[edge[1] * inputsOf(specification, layer) + edge[0]]
  const of = withGroups(specification).layers[layer]
  const has = (edges: readonly EdgeIndex[] | undefined) => edges?.some((other) => sameEdge(other, edge)) === true
  const pruned = has(of?.pruned)
  const tie = tieWords(specification, { layer, edge })
  const formula = of?.symbolic.find((one) => sameEdge(one.edge, edge))
  return [
    ...(score === undefined || pruned ? [] : [`score ${formatScore(score)}`]),
    ...(formula === undefined ? [] : [`formula ${formula.function}`]),
    ...(has(of?.frozen) ? ['locked'] : []),
    ...(tie === null ? [] : [`tied to ${tie}`]),
    ...(pruned ? ['pruned'] : []),
  ]
}

/** What the label beside the pointer says of an edge or a node; `strength` is the node's, 0 … 1, where it is known. */
export function tipWords(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  hit: Hit,
  strength: number | undefined,
): { readonly title: string; readonly detail: string } {
  if (hit.type === 'edge') {
    const title = edgeName(specification, hit.layer, hit.edge)
    return { title, detail: edgeDetails(specification, importance, hit).join(' · ') }
  }
  const into = hit.layer === 0 ? [] : [`${inputsOf(specification, hit.layer - 1)} in`]
  const nodes = specification.layers[hit.layer]?.nodes
  const out = nodes === undefined ? [] : [`${nodes} out`]
  const known = importance === null || strength === undefined ? [] : [`importance ${Math.round(strength * 100)} %`]
  return { title: nodeName(specification, hit.layer, hit.index), detail: [...into, ...out, ...known].join(' · ') }
}

export function formatScore(score: number): string {
  if (!Number.isFinite(score)) return 'not finite'
  return score > 0 && score < 0.0005 ? '< 0.001' : score.toFixed(3)
}

/** A basis as a header's title. */
export function basisTitle({ type }: Basis): string {
  return { spline: 'Spline', rbf: 'RBF', chebyshev: 'Chebyshev' }[type]
}

/** A basis's size in a few signs: `k 3 · G 5`. */
export function basisDetail(basis: Basis): string {
  switch (basis.type) {
    case 'spline':
      return `k ${basis.order} · G ${basis.intervals}`
    case 'rbf':
      return `${basis.centers} centres`
    case 'chebyshev':
      return `d ${basis.degree}`
  }
}

export function nodeCount({ nodes }: Pick<LayerSpecification, 'nodes'>): string {
  return `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`
}
