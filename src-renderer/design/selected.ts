/** What removing, doubling or moving means for what is selected: an edit, or a sentence why there is none. */
import { type Edit, together } from '../../src-shared/kan/edits/edit'
import type { Specification } from '../../src-shared/kan/specification'
import { toggle } from '../network/hand/paint'
import { discardEdit } from '../network/selection/input-groups'
import type { NodeAddress, Selection } from '../network/types'

export type Wish = { readonly edit: Edit; readonly said?: string | null } | { readonly why: string }

const OUTPUTS = 'The outputs are the targets of the data: choose others there.'

/** Edges are pruned, inputs discarded, hidden nodes and layers removed. */
export function removal(specification: Specification, selection: Selection): Wish {
  switch (selection.type) {
    case 'none':
      return { why: 'Select edges, nodes or layers first.' }
    case 'edges': {
      const { edit, said } = toggle(specification, 'prune', selection.edges)
      const first = edit?.type === 'sequence' ? edit.edits[0] : edit
      return edit === null || first?.type === 'unprune' ? { why: 'These edges are pruned already.' } : { edit, said }
    }
    case 'nodes': {
      const { inputs, hidden, outputs } = columnsOf(specification, selection.nodes)
      const discarded = discardEdit(specification.inputs, inputs)
      const removed = hidden.map(([layer, nodes]): Edit => ({ type: 'remove-nodes', layer, nodes }))
      if (hidden.some(([layer, nodes]) => nodes.length === specification.layers[layer]?.nodes)) {
        return { why: 'A layer keeps at least one node: remove the layer instead.' }
      }
      const why = outputs ? OUTPUTS : 'These inputs are discarded already.'
      return wishFor(discarded === null ? removed : [discarded, ...removed], why)
    }
    case 'layers': {
      if (selection.layers.length >= specification.layers.length) return { why: 'A network needs a layer.' }
      // From the last to the first, so that each is still where it was.
      const last = [...selection.layers].sort((a, b) => b - a)
      return wishFor(last.map((at): Edit => ({ type: 'remove-layer', at })))
    }
  }
}

/** Hidden nodes get twins with which the network computes the same, layers an untrained one like them behind. */
export function doubling(specification: Specification, selection: Selection): Wish {
  switch (selection.type) {
    case 'none':
    case 'edges':
      return { why: 'Select nodes or layers first.' }
    case 'nodes': {
      const { inputs, hidden } = columnsOf(specification, selection.nodes)
      const why = inputs.length > 0 ? 'The inputs are columns of the data: choose others there.' : OUTPUTS
      return wishFor(
        hidden.map(([layer, nodes]): Edit => ({ type: 'duplicate-nodes', layer, nodes })),
        why,
      )
    }
    case 'layers': {
      const last = [...selection.layers].sort((a, b) => b - a)
      return wishFor(
        last.flatMap((l): Edit[] => {
          const layer = specification.layers[l]
          return layer ? [{ type: 'add-layer', at: l + 1, nodes: layer.nodes, basis: layer.basis }] : []
        }),
      )
    }
  }
}

/** What came of doubling: the twins, each behind the one that it was made of. */
export function twinsOf(selection: Selection): Selection {
  const behind = (places: readonly number[]) => (place: number) =>
    place + 1 + places.filter((other) => other < place).length
  switch (selection.type) {
    case 'none':
    case 'edges':
      return selection
    case 'nodes': {
      const { nodes } = selection
      const inLayer = (layer: number) => nodes.filter((node) => node.layer === layer).map(({ index }) => index)
      return {
        type: 'nodes',
        nodes: nodes.map(({ layer, index }) => ({ layer, index: behind(inLayer(layer))(index) })),
      }
    }
    case 'layers':
      return { type: 'layers', layers: selection.layers.map(behind(selection.layers)) }
  }
}

/** Hidden nodes of one layer, and where they come to stand a place up (−1) or down. */
export function movedNodes(
  specification: Specification,
  selection: Selection,
  step: 1 | -1,
): { readonly layer: number; readonly nodes: readonly number[]; readonly to: number } | string {
  if (selection.type !== 'nodes') return 'Select nodes first.'
  const { inputs, hidden, outputs } = columnsOf(specification, selection.nodes)
  const [only] = hidden
  if (only === undefined || hidden.length > 1 || inputs.length > 0 || outputs)
    return 'Select hidden nodes of one layer.'
  const [layer, nodes] = only
  const to = (nodes[0] ?? 0) + step
  const places = (specification.layers[layer]?.nodes ?? 0) - nodes.length
  if (to < 0 || to > places) return step < 0 ? 'It is the first already.' : 'It is the last already.'
  return { layer, nodes, to }
}

function wishFor(edits: readonly Edit[], why = 'Nothing is selected.'): Wish {
  const edit = together(edits)
  return edit === null ? { why } : { edit }
}

/** Nodes by their columns, in order; of the outputs only whether there are any. */
function columnsOf({ layers }: Specification, nodes: readonly NodeAddress[]) {
  const indices = (column: number) =>
    nodes
      .filter(({ layer }) => layer === column)
      .map(({ index }) => index)
      .sort((a, b) => a - b)
  return {
    inputs: indices(0),
    hidden: layers.slice(0, -1).flatMap((_, l): [layer: number, nodes: number[]][] => {
      const mine = indices(l + 1)
      return mine.length === 0 ? [] : [[l, mine]]
    }),
    outputs: nodes.some(({ layer }) => layer === layers.length),
  }
}
