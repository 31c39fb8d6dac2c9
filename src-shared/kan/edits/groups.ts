/** The edit that puts inputs into a group, or discards them. */
import { UserError } from '../../user-error'
import { groupedLayer } from '../groups'
import { type Locks, locksOf, sortedEdges, within } from '../locks'
import { layerAt, nodeName } from '../names'
import type { Model } from '../parameters'
import { type Source, sameGrid, sameSlice, sliceOf, takeInput } from '../slices'
import type { EdgeIndex, LayerSpecification, Specification } from '../specification'
import { sharingFormula } from '../symbolic'
import type { Applied } from './edit'
import { arrange } from './restore'

export function setGroup(model: Model, chosen: readonly number[], group: number): Applied {
  const { inputs } = model.specification
  const changed = [...new Set(chosen)].filter((input) => inputs[input]?.group !== group)
  check(model.specification, chosen, changed, group)
  const ends = inputs.map((input, i) => (changed.includes(i) ? { ...input, group } : input))
  const layer = layerAt(model.specification, 0)
  const place = (sources: readonly Source[], locks: Locks) =>
    arrange(model, { type: 'arrange-inputs', layer: 0, sources, locks, ends })
  const stay = inputs.map((_, i): Source => i)
  const leader = inputs.findIndex((input) => input.group === group)
  const first = leader >= 0 ? leader : changed[0]
  if (group < 1 || first === undefined) return place(stay, locksOf(layer))

  const joining = changed.filter((input) => input !== first)
  refuseTied(model.specification, layer, joining)
  const slice = sliceOf(model, 0)
  const taken = takeInput(slice, first, layer.nodes)
  const sources = stay.map((source, i) => {
    const own = takeInput(slice, i, layer.nodes)
    return joining.includes(i) && !(sameSlice(own, taken) && sameGrid(own, taken)) ? taken : source
  })
  return place(sources, sharing(layer, first, joining, ends))
}

/** The locks of the first layer once inputs share the curves of another: frozen where those are. */
function sharing(
  layer: LayerSpecification,
  first: number,
  joining: readonly number[],
  ends: Specification['inputs'],
): Locks {
  const edgesTo = (output: number) => joining.map((input): EdgeIndex => [input, output])
  const isOwn = ([input]: EdgeIndex) => !joining.includes(input)
  const frozen = layer.frozen.filter(isOwn)
  const shared = frozen.filter(([input]) => input === first)
  const following = joining.flatMap((input) => shared.map(([, output]): EdgeIndex => [input, output]))
  const symbolic = Array.from({ length: layer.nodes }, (_, output) => output).reduce(
    (formulas, output) => sharingFormula(formulas, [first, output], edgesTo(output)),
    layer.symbolic,
  )
  const locks = { ...locksOf(layer), frozen: sortedEdges([...frozen, ...following]), symbolic }
  return { ...locks, frozen: groupedLayer({ ...layer, ...locks }, ends).frozen }
}

function check(
  specification: Specification,
  chosen: readonly number[],
  changed: readonly number[],
  group: number,
): void {
  const { inputs } = specification
  if (!Number.isSafeInteger(group) || group < -1) {
    throw new UserError(`A group is a whole number, 0 for none or −1 for discarded, not ${group}.`)
  }
  for (const input of chosen) {
    if (inputs[input] === undefined) {
      throw new UserError(`There is no input ${input + 1}: the network has ${inputs.length}.`)
    }
  }
  if (chosen.length === 0) throw new UserError('No input is chosen.')
  if (changed.length > 0) return
  const what = group < 0 ? 'discarded' : group === 0 ? 'in no group' : `in group ${group}`
  throw new UserError(
    chosen.length > 1
      ? `These inputs are ${what} already.`
      : `${nodeName(specification, 0, chosen[0] ?? 0)} is ${what} already.`,
  )
}

/** An edge in a tie of its own would pull others along. */
function refuseTied(specification: Specification, { tied }: LayerSpecification, joining: readonly number[]): void {
  const bound = joining.find((input) => tied.flat().some(([from]) => from === input))
  if (bound === undefined) return
  const name = nodeName(specification, 0, bound)
  throw new UserError(`${name} cannot join a group while an edge of it is tied by itself: untie its edges first.`)
}

/** What an edge's tie says where it comes from a group alone. */
export function refuseGroupTie(specification: Specification, edges: readonly EdgeIndex[]): void {
  const edge = edges.find(([input]) => (specification.inputs[input]?.group ?? 0) > 0)
  const grouped = edge && groupedLayer({ ...layerAt(specification, 0), tied: [] }, specification.inputs).tied
  if (edge === undefined || !grouped?.some((group) => within([edge], group).length > 0)) return
  const name = nodeName(specification, 0, edge[0])
  throw new UserError(`Edges of ${name} are tied by its group: take ${name} out of the group instead.`)
}
