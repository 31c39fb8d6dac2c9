/** What does the menu of what is selected offer? */
import { edgeName, nodeName } from '../../../src-shared/kan/names'
import type { Specification } from '../../../src-shared/kan/specification'
import { edgesInto, edgesOutOf } from '../../network/selection/node-edges'
import { countWords, oneEdge, oneNode, presentIn } from '../../network/selection/selection'
import { basisTitle } from '../../network/selection/words'
import type { EdgeAddress, NodeAddress, Selection } from '../../network/types'
import type { Action, Submenu } from '../actions/action'
import { duplicate } from '../actions/design'
import { locking, pruning, selecting, sharing, tying } from '../actions/edges'
import { copyNetworkAction, redoAction, selectAll, undoAction } from '../actions/edit'
import { bases, onTheirEdges, removing } from '../actions/layers'
import { addLayer, narrower, wider } from '../actions/network'
import { compact, pruneByThreshold } from '../actions/prune'
import { nodeActions } from '../actions/selection'
import { fit } from '../actions/view'

type Sections = readonly (readonly (Action | Submenu)[])[]

interface Entries {
  /** What the menu is for: `x → h₂`, `12 edges`; empty for the canvas. */
  readonly title: string
  readonly sections: Sections
}

export function entriesFor(specification: Specification, selected: Selection): Entries {
  const selection = presentIn(specification, selected)
  switch (selection.type) {
    case 'none':
      return {
        title: '',
        sections: [
          [selectAll, copyNetworkAction],
          [undoAction, redoAction],
          [addLayer, pruneByThreshold, compact, fit],
        ],
      }
    case 'edges': {
      const edge = oneEdge(selection)
      const title = edge === null ? countWords(selection) : edgeName(specification, edge.layer, edge.edge)
      return { title, sections: ofEdges(specification, selection.edges) }
    }
    case 'nodes': {
      const node = oneNode(selection)
      const title = node === null ? countWords(selection) : nodeName(specification, node.layer, node.index)
      return { title, sections: ofNodes(specification, selection.nodes) }
    }
    case 'layers': {
      const [first = 0, ...more] = selection.layers
      const basis = specification.layers[first]?.basis
      const title = more.length > 0 || !basis ? countWords(selection) : `Layer ${first + 1}: ${basisTitle(basis)}`
      return { title, sections: ofLayers(specification, selection.layers) }
    }
  }
}

function ofEdges(specification: Specification, edges: readonly EdgeAddress[]): Sections {
  const [only] = edges.length === 1 ? edges : []
  return [
    [locking(specification, edges), pruning(specification, edges)],
    [tying(specification, edges), ...(only === undefined ? [] : sharing(specification, only))],
    [selectAll],
  ]
}

function ofNodes(specification: Specification, nodes: readonly NodeAddress[]): Sections {
  return [
    ...nodeActions(specification, nodes),
    [
      selecting(
        'Select edges in',
        nodes.flatMap((node) => edgesInto(specification, node)),
      ),
      selecting(
        'Select edges out',
        nodes.flatMap((node) => edgesOutOf(specification, node)),
      ),
      selectAll,
    ],
  ]
}

function ofLayers(specification: Specification, layers: readonly number[]): Sections {
  return [
    [bases(specification, layers), ...(layers.length === 1 ? [wider, narrower] : [])],
    onTheirEdges(specification, layers),
    [duplicate, removing(specification, layers)],
  ]
}
