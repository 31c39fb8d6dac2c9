/** Edits of single edges: freeze, prune and tie. */
import { inputGrid, sameGrid } from '../../numerics/grid'
import { gridGroups } from '../../numerics/locks'
import { UserError } from '../../user-error'
import { validate } from '../../validation'
import { withGroups } from '../groups'
import { edgeKey, type Locks, locksOf, sameGroup, sortedEdges, within, without } from '../locks'
import { edgeName, layerAt, nodeName } from '../names'
import type { Model } from '../parameters'
import { putEdges, type Slice, type Source, sameSlice, sliceOf, takeEdge, takeInput, withLayer } from '../slices'
import { type EdgeIndex, type Formula, formulaSchema, inputsOf, type LayerSpecification } from '../specification'
import { sharingFormula, sortedFormulas } from '../symbolic'
import { followTies } from '../ties'
import type { Applied } from './edit'
import { refuseGroupTie } from './groups'
import { type Grids, gridAt, gridsOf, movedInput, rewritten } from './regrid'
import { arrange } from './restore'

export function freeze(model: Model, l: number, edges: readonly EdgeIndex[]): Applied {
  const layer = checkEdges(model, l, edges)
  const changed = without(withTied(allLocks(model, l), edges), layer.frozen)
  if (changed.length === 0) throw nothingToDo(model, l, edges, 'locked already')
  return {
    model: withLocks(model, l, { frozen: sortedEdges([...layer.frozen, ...changed]) }),
    inverse: { type: 'unfreeze', layer: l, edges: changed },
  }
}

export function unfreeze(model: Model, l: number, edges: readonly EdgeIndex[]): Applied {
  const layer = checkEdges(model, l, edges)
  const changed = within(withTied(allLocks(model, l), edges), layer.frozen)
  if (changed.length === 0) throw nothingToDo(model, l, edges, 'not locked')
  return {
    model: withLocks(model, l, { frozen: without(layer.frozen, changed) }),
    inverse: { type: 'freeze', layer: l, edges: changed },
  }
}

export function prune(model: Model, l: number, edges: readonly EdgeIndex[]): Applied {
  const layer = checkEdges(model, l, edges)
  const changed = without(sortedEdges(edges), layer.pruned)
  if (changed.length === 0) throw nothingToDo(model, l, edges, 'pruned already')
  return {
    model: withLocks(model, l, { pruned: sortedEdges([...layer.pruned, ...changed]) }),
    inverse: { type: 'unprune', layer: l, edges: changed },
  }
}

/** A tied edge comes back with the curve that its tie has by now. */
export function unprune(model: Model, l: number, edges: readonly EdgeIndex[]): Applied {
  const layer = checkEdges(model, l, edges)
  const changed = within(sortedEdges(edges), layer.pruned)
  if (changed.length === 0) {
    if (within(edges, allLocks(model, l).pruned).length > 0) throw discarded(model, edges)
    throw nothingToDo(model, l, edges, 'not pruned')
  }
  const pruned = without(layer.pruned, changed)
  const late = allLocks(model, l).tied.flatMap((group) => curvesOf(model, l, group, within(group, changed)))
  if (late.length > 0) return restoreEdges(model, l, late, { ...locksOf(layer), pruned })
  return { model: withLocks(model, l, { pruned }), inverse: { type: 'prune', layer: l, edges: changed } }
}

export function tie(model: Model, l: number, edges: readonly EdgeIndex[]): Applied {
  const layer = checkEdges(model, l, edges)
  const all = allLocks(model, l)
  const group = withTied(all, edges)
  const [first] = group
  if (first === undefined || group.length < 2) throw new UserError('A tie needs at least two edges of one layer.')
  if (all.tied.some((old) => old.length === group.length && within(old, group).length === group.length)) {
    throw nothingToDo(model, l, edges, 'tied already')
  }
  const sources = onOneGrid(model, l, group)
  if (sources !== null) {
    const moved = arrange(model, { type: 'arrange-inputs', layer: l, sources, locks: locksOf(layer) })
    const tied = tie(moved.model, l, edges)
    return { model: tied.model, inverse: { type: 'sequence', edits: [tied.inverse, moved.inverse] } }
  }
  const slice = sliceOf(model, l)
  const curve = takeEdge(slice, sharing(all, first), layer.nodes)
  const taking = group.filter((edge) => !sameSlice(takeEdge(slice, edge, layer.nodes), curve))
  const frozen = within([first], layer.frozen).length > 0 ? [...layer.frozen, ...group] : without(layer.frozen, group)
  const symbolic = sharingFormula(layer.symbolic, sharing(all, first), group)
  // What the inputs' groups tie is not written into the layer's own ties.
  const own = withTied(layer, edges)
  const others = layer.tied.filter((old) => within(old, own).length === 0)
  const locks = { tied: [...others, own], frozen: sortedEdges(frozen), pruned: layer.pruned, symbolic }
  return restoreEdges(
    model,
    l,
    taking.map((edge) => ({ edge, slice: curve })),
    locks,
  )
}

/** Each edge goes on with the curve that it shared. */
export function untie(model: Model, l: number, edges: readonly EdgeIndex[]): Applied {
  const layer = checkEdges(model, l, edges)
  const touched = layer.tied.filter((group) => within(group, edges).length > 0)
  if (touched.length === 0) {
    if (l === 0) refuseGroupTie(model.specification, edges)
    throw nothingToDo(model, l, edges, 'not tied')
  }
  const late = touched.flatMap((group) => curvesOf(model, l, group, within(group, layer.pruned)))
  const tied = layer.tied.map((group) => (touched.includes(group) ? without(group, edges) : group))
  return restoreEdges(model, l, late, { ...locksOf(layer), tied: tied.filter((group) => group.length > 1) })
}

/** The edge keeps its curve, which does not move meanwhile. */
export function setSymbolic(model: Model, l: number, edge: EdgeIndex, formula: Formula | null): Applied {
  const layer = checkEdges(model, l, [edge])
  const checked = formula && validate(formulaSchema, formula, 'The formula')
  const edges = withTied(allLocks(model, l), [edge])
  const rest = layer.symbolic.filter((old) => within([old.edge], edges).length === 0)
  if (checked === null && rest.length === layer.symbolic.length) throw nothingToDo(model, l, [edge], 'a curve already')
  const slice = sliceOf(model, l)
  const numbers = checked && Float64Array.of(checked.a, checked.b, checked.c, checked.d)
  return restoreEdges(
    model,
    l,
    edges.map((one) => ({ edge: one, slice: withFormula(takeEdge(slice, one, layer.nodes), numbers) })),
    {
      ...locksOf(layer),
      symbolic: sortedFormulas([...rest, ...(checked === null ? [] : edges.map((one) => ({ ...checked, edge: one })))]),
    },
  )
}

/** Moments of a new formula begin at 0. */
function withFormula({ parameters, moments }: Slice, symbolic: Float64Array | null): Slice {
  const zeros = symbolic?.map(() => 0) ?? null
  return {
    parameters: { ...parameters, symbolic },
    moments: moments && {
      first: { ...moments.first, symbolic: zeros },
      second: { ...moments.second, symbolic: zeros },
    },
  }
}

/**
 * Puts curves and locks back. Where edges are tied anew, they take the curve of one that has gone on training: the first
 * of them that is neither put back nor pruned.
 *
 * @param grids those that the curves are written on, where they may be others by now
 */
export function restoreEdges(
  model: Model,
  l: number,
  edges: readonly { readonly edge: EdgeIndex; readonly slice: Slice }[],
  locks: Locks,
  grids: Grids | null = null,
): Applied {
  const layer = layerAt(model.specification, l)
  const before = sliceOf(model, l)
  const coming = edges.map(({ edge, slice }) => ({
    edge,
    slice: grids === null ? slice : rewritten(layer, slice, grids, before.parameters, [edge[0]]),
  }))
  const restored = putEdges(before, layer.nodes, coming)
  const own = edges.map(({ edge }) => edge)
  const changed = withLayer(model, l, { ...layer, ...locks }, restored)
  const ties = allLocks(model, l).tied
  const { tied, pruned } = allLocks(changed, l)
  const newTies = tied.filter((group) => !ties.some((old) => sameGroup(old, group)))
  const following = followTies(restored, layer.nodes, newTies, pruned, own)
  const taken = [
    ...own,
    ...without(
      following.map(({ edge }) => edge),
      own,
    ),
  ]
  return {
    model: withLayer(model, l, layerAt(changed.specification, l), putEdges(restored, layer.nodes, following)),
    inverse: {
      type: 'restore-edges',
      layer: l,
      edges: taken.map((edge) => ({ edge, slice: takeEdge(before, edge, layer.nodes) })),
      locks: locksOf(layer),
      grids: gridsOf(before.parameters),
    },
  }
}

/** What edges of a tie must take over to have the curve that the tie has by now. */
function curvesOf(model: Model, l: number, group: readonly EdgeIndex[], edges: readonly EdgeIndex[]) {
  const [first] = edges
  if (first === undefined) return []
  const { nodes, pruned } = allLocks(model, l)
  const slice = sliceOf(model, l)
  const curve = takeEdge(slice, without(group, pruned)[0] ?? first, nodes)
  return edges.filter((edge) => !sameSlice(takeEdge(slice, edge, nodes), curve)).map((edge) => ({ edge, slice: curve }))
}

/** The edge that has the curve of this one by now: a pruned one lags behind its tie. */
function sharing(layer: LayerSpecification, edge: EdgeIndex): EdgeIndex {
  if (within([edge], layer.pruned).length === 0) return edge
  const group = layer.tied.find((one) => within([edge], one).length > 0) ?? []
  return without(group, layer.pruned)[0] ?? edge
}

/**
 * All inputs of the layer once those of a tie share the grid of its first edge, with their curves written on it; null
 * where they share one already.
 *
 * @throws UserError where an input must move that carries a locked edge
 */
function onOneGrid(model: Model, l: number, group: readonly EdgeIndex[]): Source[] | null {
  const layer = allLocks(model, l)
  const slice = sliceOf(model, l)
  const inputs = inputsOf(model.specification, l)
  const first = group[0]?.[0] ?? 0
  const gridOf = (input: number) => inputGrid(layer.basis, slice.parameters, input)
  const tied = gridGroups([...layer.tied, [...group]], inputs).find((those) => those.includes(first)) ?? []
  const moving = tied.filter((input) => !sameGrid(gridOf(input), gridOf(first)))
  if (moving.length === 0) return null
  const locked = without(layer.frozen, group).find((edge) => moving.includes(edge[0]))
  if (locked !== undefined) {
    const [leader, other] = [first, locked[0]].map((input) => nodeName(model.specification, l, input))
    throw new UserError(
      `${other} would take the grid of ${leader}, as inputs of tied edges share one, but ` +
        `${edgeName(model.specification, l, locked)} is locked and must not move: unlock it first.`,
    )
  }
  const grid = gridAt(layer, slice.parameters, first)
  return Array.from({ length: inputs }, (_, input) =>
    moving.includes(input) ? movedInput(layer, takeInput(slice, input, layer.nodes), grid) : input,
  )
}

/** The layer with what the inputs' groups add to its locks. */
export function allLocks(model: Model, l: number): LayerSpecification {
  return layerAt(withGroups(model.specification), l)
}

function discarded({ specification }: Model, edges: readonly EdgeIndex[]): UserError {
  const input = edges.find(([from]) => specification.inputs[from]?.group === -1)?.[0] ?? 0
  const name = nodeName(specification, 0, input)
  return new UserError(`${name} is discarded, and its edges with it: bring ${name} back instead.`)
}

export function checkEdges(model: Model, l: number, edges: readonly EdgeIndex[]): LayerSpecification {
  const layer = layerAt(model.specification, l)
  if (edges.length === 0) throw new UserError('No edge is chosen.')
  const inputs = sliceOf(model, l).parameters.baseScaler.length / layer.nodes
  for (const [input, output] of edges) {
    if (!isIndex(input, inputs) || !isIndex(output, layer.nodes)) {
      throw new UserError(
        `There is no edge [${input}, ${output}]: layer ${l + 1} has ${inputs} inputs and ${layer.nodes} outputs.`,
      )
    }
  }
  return layer
}

function isIndex(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length
}

function nothingToDo(model: Model, l: number, edges: readonly EdgeIndex[], state: string): UserError {
  const [only] = edges
  return edges.length === 1 && only !== undefined
    ? new UserError(`Edge ${edgeName(model.specification, l, only)} is ${state}.`)
    : new UserError(`These edges are ${state}.`)
}

function withLocks(model: Model, l: number, locks: Partial<Locks>): Model {
  return withLayer(model, l, { ...layerAt(model.specification, l), ...locks }, sliceOf(model, l))
}

/** The edges, in this order and once each, then those that are tied to one of them. */
export function withTied(layer: LayerSpecification, edges: readonly EdgeIndex[]): EdgeIndex[] {
  const chosen = new Map(edges.map((edge) => [edgeKey(edge), edge]))
  const groups = layer.tied.filter((group) => group.some((edge) => chosen.has(edgeKey(edge))))
  for (const edge of groups.flat()) if (!chosen.has(edgeKey(edge))) chosen.set(edgeKey(edge), edge)
  return [...chosen.values()]
}
