/** Which nodes lie on a way of edges that are not pruned, from an input or to an output? */
import { edgeMask } from '../numerics/locks'
import { withGroups } from './groups'
import { inputsOf, type Specification } from './specification'

/** A list a column: the network's inputs, then each layer's outputs; 1 where there is such a way. */
export interface Ways {
  /** From an input. */
  readonly into: readonly Uint8Array[]
  /** To an output. */
  readonly out: readonly Uint8Array[]
}

/** Pruned edges of every layer, [O, I] as 1; those of discarded inputs too. */
export function prunedMasks(specification: Specification): readonly Uint8Array[] {
  return withGroups(specification).layers.map(({ pruned, nodes }, l) =>
    edgeMask(pruned, nodes, inputsOf(specification, l)),
  )
}

/** How many nodes each column has. */
export function columnWidths({ inputs, layers }: Specification): readonly number[] {
  return [inputs.length, ...layers.map(({ nodes }) => nodes)]
}

/**
 * @param widths nodes of each column
 * @param gone   edges that are not there, [O, I] a layer, as 1
 */
export function waysOf(widths: readonly number[], gone: readonly Uint8Array[]): Ways {
  const into = widths.map((width, column) => new Uint8Array(width).fill(column === 0 ? 1 : 0))
  const out = widths.map((width, column) => new Uint8Array(width).fill(column === widths.length - 1 ? 1 : 0))
  for (let l = 0; l < gone.length; l++) spread(at(gone, l), at(into, l), at(into, l + 1))
  for (let l = gone.length - 1; l >= 0; l--) gather(at(gone, l), at(out, l), at(out, l + 1))
  return { into, out }
}

/** Marks nodes that an edge from a marked one leads to. */
function spread(gone: Uint8Array, from: Uint8Array, to: Uint8Array): void {
  const inputs = from.length
  for (let j = 0; j < to.length; j++) {
    let way = 0
    for (let i = 0; way === 0 && i < inputs; i++) way = (from[i] as number) & ~(gone[j * inputs + i] as number)
    to[j] = way
  }
}

/** Marks nodes from which an edge leads to a marked one. */
function gather(gone: Uint8Array, from: Uint8Array, to: Uint8Array): void {
  const inputs = from.length
  for (let j = 0; j < to.length; j++) {
    if (to[j] === 0) continue
    for (let i = 0; i < inputs; i++) if (gone[j * inputs + i] === 0) from[i] = 1
  }
}

/** Nodes that nothing passes through, as 1, a list a column. */
export function deadNodes(widths: readonly number[], gone: readonly Uint8Array[]): readonly Uint8Array[] {
  const { into, out } = waysOf(widths, gone)
  return into.map((reached, column) => reached.map((way, n) => (way === 1 && out[column]?.[n] === 1 ? 0 : 1)))
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`nothing at ${index} of ${list.length}`)
  return item
}
