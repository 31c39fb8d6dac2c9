/** What does Tie do with edges: tie them, untie them, or wait for the one to tie to? */
import type { Edit } from '../../../src-shared/kan/edits/edit'
import { withGroups } from '../../../src-shared/kan/groups'
import { sameEdge, without } from '../../../src-shared/kan/locks'
import { edgeName } from '../../../src-shared/kan/names'
import type { EdgeIndex, Specification } from '../../../src-shared/kan/specification'
import type { EdgeAddress } from '../types'

type TieStep =
  | { readonly type: 'edit'; readonly edit: Edit }
  /** One edge that is not tied: the next one says to which. */
  | { readonly type: 'wait'; readonly from: EdgeAddress }
  | { readonly type: 'nothing' }

/**
 * Edges of one layer come to share the first one's curve; edges that share one already are parted. Edges of other layers
 * than the first one's are left alone, which `note` says.
 */
export function tieStep(
  specification: Specification,
  edges: readonly EdgeAddress[],
): { readonly step: TieStep; readonly note: string | null } {
  const [first] = edges
  if (first === undefined) return { step: { type: 'nothing' }, note: null }
  const { layer } = first
  const mine = edges.filter((at) => at.layer === layer).map(({ edge }) => edge)
  const others = edges.length - mine.length
  if (mine.length === 1) {
    if (others > 0) {
      return { step: { type: 'nothing' }, note: `${RULE}, and these are of two.` }
    }
    const untie: TieStep = { type: 'edit', edit: { type: 'untie', layer, edges: mine } }
    const step: TieStep = tieOf(specification, first) === null ? { type: 'wait', from: first } : untie
    return { step, note: null }
  }
  const tied = tieOf(specification, first)
  const shared = tied !== null && without(mine, tied).length === 0
  const left = others === 1 ? 'the other one was' : `the ${others} others were`
  return {
    step: { type: 'edit', edit: { type: shared ? 'untie' : 'tie', layer, edges: mine } },
    note: others > 0 ? `${RULE}: those of layer ${layer + 1} are, ${left} left alone.` : null,
  }
}

const RULE = 'Only edges of one layer can be tied'

/** The edges that share an edge's curve, itself among them; null where it has its own. */
export function tieOf(specification: Specification, { layer, edge }: EdgeAddress): readonly EdgeIndex[] | null {
  const ties = withGroups(specification).layers[layer]?.tied
  return ties?.find((group) => group.some((other) => sameEdge(other, edge))) ?? null
}

/** The edges that share an edge's curve in words: `y → h₁ and 2 more`; null where it has its own. */
export function tieWords(specification: Specification, at: EdgeAddress): string | null {
  const [first, ...more] = (tieOf(specification, at) ?? []).filter((edge) => !sameEdge(edge, at.edge))
  if (first === undefined) return null
  const name = edgeName(specification, at.layer, first)
  return more.length === 0 ? name : `${name} and ${more.length} more`
}
