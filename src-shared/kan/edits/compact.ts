/** The edit that takes dead nodes out of a network, which goes on computing the same. */
import { edgeCurve } from '../../numerics/curve'
import { UserError } from '../../user-error'
import { edgeName } from '../names'
import type { Model } from '../parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../specification'
import { columnWidths, deadNodes, prunedMasks, waysOf } from '../ways'
import { addToBias } from './bias'
import type { Edit } from './edit'

/** What can go of one hidden layer. */
interface Rest {
  /** Counted as edits do: the layer that has the nodes as its outputs. */
  readonly layer: number
  /** Dead nodes that go. */
  readonly nodes: readonly number[]
  /** A dead node that must stay, as a layer needs one: its edges go. */
  readonly resting: number | null
}

/**
 * Hidden nodes that compacting takes away: those on no way of edges that are not pruned from an input to an output. Of a layer
 * that is dead as a whole the first stays, without edges.
 */
export function deadWeight(specification: Specification): number {
  return restsOf(specification).reduce((sum, { nodes }) => sum + nodes.length, 0)
}

/** Whether there is anything to compact. */
export function isCompactable(specification: Specification): boolean {
  return restsOf(specification).length > 0
}

/**
 * A node that nothing reaches has one value, its bias and the phi of those like it before it; what that gives to each node
 * that stays goes into its bias, which a layer without biases gets for it.
 *
 * @throws UserError where there is nothing to compact, or such a value is no finite number
 */
export function compact(model: Model): Edit[] {
  const { specification } = model
  const rests = restsOf(specification)
  if (rests.length === 0) {
    throw new UserError('There is nothing to compact: every node lies on a way from an input to an output.')
  }
  const biases = constantsGiven(model).flatMap((shifts, l) => addToBias(model, l, shifts) ?? [])
  const masks = prunedMasks(specification)
  const resting = new Map(rests.map(({ layer, resting }) => [layer, resting]))
  const pruned = specification.layers.flatMap((_, layer): Edit[] => {
    const edges = edgesThere(
      specification,
      masks,
      layer,
      ([input, output]) => resting.get(layer - 1) === input || resting.get(layer) === output,
    )
    return edges.length > 0 ? [{ type: 'prune', layer, edges }] : []
  })
  const removed = rests
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ layer, nodes }): Edit => ({ type: 'remove-nodes', layer, nodes }))
  return [...biases, ...pruned, ...removed]
}

function restsOf(specification: Specification): readonly Rest[] {
  const masks = prunedMasks(specification)
  const dead = deadNodes(columnWidths(specification), masks).slice(1, -1)
  return dead.flatMap((column, layer): Rest[] => {
    const all = Array.from(column.keys()).filter((n) => column[n] === 1)
    if (all.length < column.length) return all.length === 0 ? [] : [{ layer, nodes: all, resting: null }]
    const [first = 0, ...others] = all
    const rests =
      edgesThere(specification, masks, layer, (edge) => edge[1] === first).length === 0 &&
      edgesThere(specification, masks, layer + 1, (edge) => edge[0] === first).length === 0
    return rests && others.length === 0 ? [] : [{ layer, nodes: others, resting: first }]
  })
}

/** What nodes that nothing reaches give to each node that stays, [O] a layer. */
function constantsGiven({ specification, parameters }: Model): readonly Float64Array[] {
  const masks = prunedMasks(specification)
  const widths = columnWidths(specification)
  const { into } = waysOf(widths, masks)
  let constants = new Float64Array(widths[0] ?? 0)
  return specification.layers.map((layer, l) => {
    const inputs = inputsOf(specification, l)
    const held = parameters[l]
    const given = new Float64Array(layer.nodes)
    if (held === undefined) return given
    for (const edge of edgesThere(specification, masks, l, ([input]) => into[l]?.[input] === 0)) {
      const [phi = Number.NaN] = edgeCurve(layer, held, inputs, edge, [constants[edge[0]] as number])
      if (!Number.isFinite(phi)) throw noValue(specification, l, edge, constants[edge[0]] as number)
      given[edge[1]] = (given[edge[1]] as number) + phi
    }
    constants = given.map((sum, j) => sum + (held.bias?.[j] ?? 0))
    const stays = (j: number) => into[l + 1]?.[j] === 1 || l === specification.layers.length - 1
    return given.map((sum, j) => (stays(j) ? sum : 0))
  })
}

/** Edges of a layer that are not pruned, and that are wanted. */
function edgesThere(
  specification: Specification,
  masks: readonly Uint8Array[],
  l: number,
  wanted: (edge: EdgeIndex) => boolean,
): EdgeIndex[] {
  const inputs = inputsOf(specification, l)
  const edges: EdgeIndex[] = []
  masks[l]?.forEach((gone, e) => {
    const edge: EdgeIndex = [e % inputs, Math.floor(e / inputs)]
    if (gone === 0 && wanted(edge)) edges.push(edge)
  })
  return edges
}

function noValue(specification: Specification, l: number, edge: EdgeIndex, at: number): UserError {
  return new UserError(
    `Edge ${edgeName(specification, l, edge)} has no finite value at ${Number(at.toPrecision(4))}, which is all that reaches it: prune it first.`,
  )
}
