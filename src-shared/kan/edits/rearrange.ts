/** Which small edits give a layer other inputs and nodes, and what becomes of its locks. */
import { initializeLayer } from '../../numerics/initialize'
import { type Locks, locksOf, sortedEdges } from '../locks'
import { layerAt } from '../names'
import { arrangeInputs, type Slice, type Source, takeInput, takeOutput } from '../slices'
import { type EdgeIndex, inputsOf, type Specification } from '../specification'
import { sortedFormulas } from '../symbolic'
import type { Edit } from './edit'

/** What stands where afterwards: an old index, or null for something new. */
export interface Places {
  readonly before: number
  readonly sources: readonly (number | null)[]
}

interface Rearrangement {
  readonly inputs?: Places
  readonly outputs?: Places
  /** The network's inputs afterwards, where they are these. */
  readonly ends?: Specification['inputs']
}

/** The first ones stay. */
export function firstOnes(before: number, after: number): Places {
  return { before, sources: Array.from({ length: after }, (_, k) => (k < before ? k : null)) }
}

/**
 * The edits that give one layer other inputs and nodes; what is new comes from the seed, everything else keeps its curves.
 *
 * @param l     the layer in `before`, where its locks are read
 * @param place the same layer in `after`, which has the new widths
 */
export function rearrange(
  before: Specification,
  l: number,
  after: Specification,
  place: number,
  { inputs, outputs, ends }: Rearrangement,
): Edit[] {
  const edits: Edit[] = []
  const nodes = layerAt(after, place).nodes
  const needsFresh = [inputs, outputs].some((places) => places?.sources.includes(null))
  const fresh: Slice | null = needsFresh
    ? { parameters: initializeLayer(withoutOwn(after), place), moments: null }
    : null
  let locks = locksOf(layerAt(before, l))
  if (outputs !== undefined && !isUnchanged(outputs)) {
    // A new node needs an edge from every old input; the edges from inputs that go are dropped by the next edit.
    const oldInputs = inputs ?? firstOnes(inputsOf(after, place), inputsOf(after, place))
    const rows = fresh && arrangeInputs(fresh, nodes, indicesAfter(oldInputs))
    const sources = outputs.sources.map((old, j): Source => old ?? takeOutput(present(rows), j, nodes))
    locks = renumber(locks, ([input, output]) => edgesAt(input, indexIn(outputs, output)))
    edits.push({ type: 'arrange-outputs', layer: l, sources, locks })
  }
  if (inputs !== undefined && !isUnchanged(inputs)) {
    const sources = inputs.sources.map((old, i): Source => old ?? takeInput(present(fresh), i, nodes))
    locks = renumber(locks, ([input, output]) => edgesAt(indexIn(inputs, input), output))
    edits.push({ type: 'arrange-inputs', layer: l, sources, locks, ...(ends === undefined ? {} : { ends }) })
  }
  return edits
}

function isUnchanged({ before, sources }: Places): boolean {
  return sources.length === before && sources.every((old, k) => old === k)
}

/** For each old index its new one; 0 for those that go. */
function indicesAfter(places: Places): number[] {
  return Array.from({ length: places.before }, (_, old) => indexIn(places, old) ?? 0)
}

function indexIn({ sources }: Places, old: number): number | null {
  const index = sources.indexOf(old)
  return index < 0 ? null : index
}

function edgesAt(input: number | null, output: number | null): EdgeIndex[] {
  return input === null || output === null ? [] : [[input, output]]
}

/**
 * Locks with other numbers for the edges: of one that goes there are none, of one that is doubled two. Ties of a single edge
 * are dropped.
 */
export function renumber(locks: Locks, move: (edge: EdgeIndex) => readonly EdgeIndex[]): Locks {
  const all = (edges: readonly EdgeIndex[]) => edges.flatMap(move)
  return {
    frozen: sortedEdges(all(locks.frozen)),
    pruned: sortedEdges(all(locks.pruned)),
    tied: locks.tied.map(all).filter((group) => group.length > 1),
    symbolic: sortedFormulas(locks.symbolic.flatMap((fixed) => move(fixed.edge).map((edge) => ({ ...fixed, edge })))),
  }
}

/** New edges have curves of their own, and the old ties and formulas name other edges. */
function withoutOwn(specification: Specification): Specification {
  return { ...specification, layers: specification.layers.map((layer) => ({ ...layer, tied: [], symbolic: [] })) }
}

function present<T>(value: T | null): T {
  if (value === null) throw new RangeError('nothing new was made')
  return value
}
