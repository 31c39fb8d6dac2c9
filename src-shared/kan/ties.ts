/** Keeping tied edges equal: one curve in several slots. */
import { UserError } from '../user-error'
import { withGroups } from './groups'
import { sameEdge, within, without } from './locks'
import { layerAt } from './names'
import type { LayerParameters } from './parameters'
import { putEdges, type Slice, sameGrid, sameSlice, takeEdge, takeInput } from './slices'
import type { EdgeIndex, LayerSpecification, Specification } from './specification'

/**
 * What edges must take over so that tied edges stay equal: the curve of the first that is neither in `late` nor pruned.
 * Pruned edges do not train and may lag behind their tie.
 */
export function followTies(
  slice: Slice,
  nodes: number,
  ties: readonly (readonly EdgeIndex[])[],
  pruned: readonly EdgeIndex[],
  late: readonly EdgeIndex[],
): { edge: EdgeIndex; slice: Slice }[] {
  return ties.flatMap((group) => {
    const active = without(group, pruned)
    const leader = without(active, late)[0] ?? active[0]
    if (leader === undefined) return []
    const curve = takeEdge(slice, leader, nodes)
    return active
      .filter((edge) => !sameSlice(takeEdge(slice, edge, nodes), curve))
      .map((edge) => ({ edge, slice: curve }))
  })
}

/**
 * What tied edges of a file must agree on: the grids of their inputs, and their curves. Small differences of rounding are
 * evened out: the first edge's curve is taken.
 *
 * @throws UserError naming two edges that do not agree
 */
export function checkTies(
  specification: Specification,
  parameters: readonly LayerParameters[],
  where: string,
): LayerParameters[] {
  return parameters.map((held, l) => {
    const layer = layerAt(withGroups(specification), l)
    const { nodes, pruned, tied } = layer
    const refuse = (a: EdgeIndex, b: EdgeIndex, what: string): never => {
      const own = specification.layers[l]?.tied.some((group) => [a, b].every((edge) => includes(group, edge)))
      const tie = own ? `layers[${l}].tied ties` : 'the groups of the inputs tie'
      throw new UserError(`${where}: ${tie} the edges [${a.join(', ')}] and [${b.join(', ')}], but ${what}.`)
    }
    let slice: Slice = { parameters: held, moments: null }
    for (const group of tied) {
      const [first, ...others] = group
      if (first === undefined) continue
      const other = others.find(
        (edge) => !sameGrid(takeInput(slice, first[0], nodes), takeInput(slice, edge[0], nodes)),
      )
      if (other !== undefined) refuse(first, other, 'their inputs have different grids, and tied edges share one')
      const [leader, ...active] = without(group, pruned)
      if (leader === undefined) continue
      const curve = takeEdge(slice, leader, nodes)
      const odd = active.find((edge) => !areClose(takeEdge(slice, edge, nodes), curve))
      if (odd !== undefined) refuse(leader, odd, 'their tensors hold different curves, and tied edges share one')
      slice = putEdges(
        slice,
        nodes,
        active.map((edge) => ({ edge, slice: curve })),
      )
    }
    return withEvenTies(layer, slice.parameters)
  })
}

/** A layer whose pruned edges have caught up with the ties that they are in, as files have it. */
export function withEvenTies(
  { nodes, tied, pruned }: LayerSpecification,
  parameters: LayerParameters,
): LayerParameters {
  const slice: Slice = { parameters, moments: null }
  const late = tied.flatMap((group) => {
    const [leader] = without(group, pruned)
    if (leader === undefined) return []
    const curve = takeEdge(slice, leader, nodes)
    return within(group, pruned).map((edge) => ({ edge, slice: curve }))
  })
  return putEdges(slice, nodes, late).parameters
}

function includes(edges: readonly EdgeIndex[], edge: EdgeIndex): boolean {
  return edges.some((other) => sameEdge(other, edge))
}

/** Equal up to the rounding of float32. */
function areClose({ parameters: a }: Slice, { parameters: b }: Slice): boolean {
  return (['weights', 'baseScaler', 'basisScaler', 'symbolic'] as const).every((field) =>
    (a[field] ?? []).every((value: number, k: number) => {
      const other = b[field]?.[k] ?? Number.NaN
      return Math.abs(value - other) <= 1e-6 * Math.max(1, Math.abs(value))
    }),
  )
}
