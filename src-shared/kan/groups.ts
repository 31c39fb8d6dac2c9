/** What do the groups of a network's inputs ask of the edges of its first layer? */
import { edgeKey, sortedEdges } from './locks'
import type { EdgeIndex, LayerSpecification, Specification } from './specification'

/**
 * The same design with the inputs' groups written out as locks of the first layer: the inputs of a group g > 0 share their
 * curves to each output, so those edges are tied; the edges of a discarded input (−1) are pruned. Ties that meet in an
 * edge become one, and an edge tied to a frozen one is frozen.
 *
 * Whatever computes, counts or draws reads locks from here; only edits and files look at a layer's own lists.
 * The same object comes back where no input has a group.
 */
export function withGroups(specification: Specification): Specification {
  const known = written.get(specification)
  if (known !== undefined) return known
  const [first, ...others] = specification.layers
  if (first === undefined || specification.inputs.every(({ group }) => group === 0)) return specification
  const result = { ...specification, layers: [groupedLayer(first, specification.inputs), ...others] }
  written.set(specification, result)
  return result
}

/** A drawing asks for every edge that the pointer passes. */
const written = new WeakMap<Specification, Specification>()

/** The first layer with the locks that the inputs' groups add to its own. */
export function groupedLayer(layer: LayerSpecification, inputs: Specification['inputs']): LayerSpecification {
  const outputs = Array.from({ length: layer.nodes }, (_, output) => output)
  const members = new Map<number, number[]>()
  inputs.forEach(({ group }, input) => {
    members.set(group, [...(members.get(group) ?? []), input])
  })
  const edgesTo = (output: number, of: readonly number[]) => of.map((input): EdgeIndex => [input, output])
  const discarded = outputs.flatMap((output) => edgesTo(output, members.get(-1) ?? []))
  const shared = [...members]
    .filter(([group, those]) => group > 0 && those.length > 1)
    .flatMap(([, those]) => outputs.map((output) => edgesTo(output, those)))
  const tied = merged([...layer.tied, ...shared])
  return {
    ...layer,
    tied,
    frozen: frozenWithTies(layer.frozen, tied),
    pruned: sortedEdges([...layer.pruned, ...discarded]),
  }
}

/** An edge that shares a frozen curve cannot move either. */
export function frozenWithTies(frozen: readonly EdgeIndex[], tied: readonly (readonly EdgeIndex[])[]): EdgeIndex[] {
  const keys = new Set(frozen.map(edgeKey))
  const groups = keys.size === 0 ? [] : tied.filter((group) => group.some((edge) => keys.has(edgeKey(edge))))
  return sortedEdges([...frozen, ...groups.flat()])
}

/** Ties of which no two have an edge in common; edges in the order in which they are first named. */
function merged(ties: readonly (readonly EdgeIndex[])[]): EdgeIndex[][] {
  const groups = new Map<string, EdgeIndex[]>()
  for (const tie of ties) {
    const met = new Set(tie.map((edge) => groups.get(edgeKey(edge))).filter((group) => group !== undefined))
    const named = new Map([...met, tie].flat().map((edge) => [edgeKey(edge), edge]))
    const group = [...named.values()]
    for (const key of named.keys()) groups.set(key, group)
  }
  return [...new Set(groups.values())]
}
