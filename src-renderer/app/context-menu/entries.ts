/** What can be done with what is selected, as its menu offers it? */
import { Link, Lock, LockOpen, Network, Scissors, Trash2, Undo, Waypoints } from 'lucide-react'
import type { Edit } from '../../../src-shared/kan/edit'
import { edgeName, nodeName } from '../../../src-shared/kan/names'
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { BASES, defaultBasis } from '../../inspector/bases'
import { isAllSet } from '../../network/paint'
import { countWords, edgesSelected, oneEdge, oneNode, presentIn } from '../../network/selection'
import { tieOf } from '../../network/tie'
import type { EdgeAddress, NodeAddress, Selection } from '../../network/types'
import { basisTitle } from '../../network/words'
import { tieEdges, toggleEdges, waitToTie } from '../../state/edge-acts'
import { networkHandle } from '../../state/network-handle'
import { edit } from '../../state/studio'
import { useUi } from '../../state/ui'
import type { Action, Submenu } from '../actions/action'
import { copyNetworkAction, redoAction, selectAll, undoAction } from '../actions/edit'
import { addLayer, narrower, wider } from '../actions/network'
import {
  bringInputsBack,
  discardInputs,
  dissolveGroup,
  duplicateNodes,
  groupInputs,
  leaveGroup,
  removeNodes,
} from '../actions/selection'
import { fit } from '../actions/view'

export interface Entries {
  /** What the menu is for: `x → h₂`, `12 edges`; empty for the canvas. */
  readonly title: string
  readonly sections: readonly (readonly (Action | Submenu)[])[]
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
          [addLayer, fit],
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

function ofEdges(specification: Specification, edges: readonly EdgeAddress[]): Entries['sections'] {
  const [first] = edges
  const tie = first === undefined ? null : tieOf(specification, first)
  const sharing = tie?.map((edge): EdgeAddress => ({ layer: first?.layer ?? 0, edge })) ?? []
  const several = edges.some(({ layer }) => layer !== first?.layer)
  const onlyTied = tie !== null && edges.every((at) => sharing.some((other) => String(at.edge) === String(other.edge)))
  const tying: Action =
    edges.length === 1 && tie === null
      ? {
          id: 'edges.tie-to',
          title: 'Tie to…',
          icon: Link,
          shortcut: 'T',
          hint: 'The next edge that is clicked shares its curve with this one.',
          run() {
            if (first !== undefined) waitToTie(first)
            networkHandle.current?.focus()
          },
        }
      : {
          id: 'edges.tie',
          title: onlyTied && !several ? 'Untie' : 'Tie',
          icon: Link,
          shortcut: 'T',
          hint: onlyTied ? 'Each edge goes on with the curve that they shared.' : 'The edges share one curve.',
          whyNot: () => (several ? 'Only edges of one layer can be tied.' : null),
          run: () => tieEdges(edges),
        }
  const tieMore: Action = {
    id: 'edges.tie-to',
    title: 'Tie one more…',
    icon: Link,
    hint: 'The next edge that is clicked shares its curve with these.',
    run() {
      if (first !== undefined) waitToTie(first)
      networkHandle.current?.focus()
    },
  }
  const tied: Action = {
    id: 'edges.select-tied',
    title: 'Select tied edges',
    icon: Waypoints,
    run: () => useUi.setState({ selection: edgesSelected(sharing) }),
  }
  return [
    [locking(specification, edges), pruning(specification, edges)],
    [tying, ...(tie !== null && edges.length === 1 ? [tieMore, tied] : [])],
    [selectAll],
  ]
}

function ofNodes(specification: Specification, nodes: readonly NodeAddress[]): Entries['sections'] {
  const last = specification.layers.length
  const inputs = nodes.every(({ layer }) => layer === 0)
  const hidden = nodes.every(({ layer }) => layer > 0 && layer < last)
  const grouped = nodes.some(({ layer, index }) => layer === 0 && (specification.inputs[index]?.group ?? 0) > 0)
  const gone = nodes.every(({ layer, index }) => layer === 0 && specification.inputs[index]?.group === -1)
  return [
    ...(inputs
      ? [
          [...(nodes.length > 1 ? [groupInputs] : []), ...(grouped ? [leaveGroup, dissolveGroup] : [])],
          [gone ? bringInputsBack : discardInputs],
        ]
      : []),
    ...(hidden ? [[duplicateNodes, removeNodes]] : []),
    [
      selectingEdges('Select edges in', edgesAt(specification, nodes, 'in')),
      selectingEdges('Select edges out', edgesAt(specification, nodes, 'out')),
      selectAll,
    ],
  ].filter((section) => section.length > 0)
}

function ofLayers(specification: Specification, layers: readonly number[]): Entries['sections'] {
  const edges = layers.flatMap((layer) => edgesOfLayer(specification, layer))
  const basis: Submenu = {
    title: 'Basis',
    actions: () =>
      BASES.map(({ value, label }) => ({
        id: `layers.basis-${value}`,
        title: label,
        icon: Network,
        hint: 'The curves are fitted to it, so that they stay what they are as far as they can.',
        isOn: () => layers.every((layer) => specification.layers[layer]?.basis.type === value),
        run() {
          const others = layers.filter((layer) => specification.layers[layer]?.basis.type !== value)
          send(others.map((layer): Edit => ({ type: 'set-basis', layer, basis: defaultBasis(value) })))
        },
      })),
  }
  const remove: Action = {
    id: 'layers.remove',
    title: layers.length === 1 ? 'Remove layer' : `Remove ${layers.length} layers`,
    icon: Trash2,
    whyNot: () => (layers.length === specification.layers.length ? 'A network needs a layer.' : null),
    // From the last: then the others keep their places meanwhile.
    run: () => send([...layers].sort((a, b) => b - a).map((at): Edit => ({ type: 'remove-layer', at }))),
  }
  return [
    [basis, ...(layers.length === 1 ? [wider, narrower] : [])],
    // The key acts on edges that are selected.
    [withoutKey(locking(specification, edges)), selectingEdges('Select its edges', edges)],
    [remove],
  ]
}

function locking(specification: Specification, edges: readonly EdgeAddress[]): Action {
  const locked = isAllSet(specification, 'lock', edges)
  return {
    id: 'edges.lock',
    title: `${locked ? 'Unlock' : 'Lock'}${countOf(edges)}`,
    icon: locked ? LockOpen : Lock,
    shortcut: 'L',
    hint: locked ? 'Let the curves train again.' : 'Keep the curves as they are while the others train.',
    run: () => toggleEdges('lock', edges),
  }
}

function pruning(specification: Specification, edges: readonly EdgeAddress[]): Action {
  const pruned = isAllSet(specification, 'prune', edges)
  return {
    id: 'edges.prune',
    title: `${pruned ? 'Bring back' : 'Prune'}${countOf(edges)}`,
    icon: pruned ? Undo : Scissors,
    shortcut: 'X',
    hint: pruned ? 'They count again, with the curves they had.' : 'They no longer count; their curves are kept.',
    run: () => toggleEdges('prune', edges),
  }
}

const withoutKey = ({ shortcut: _, ...action }: Action): Action => action

const countOf = ({ length }: readonly unknown[]) => (length === 1 ? '' : ` ${length} edges`)

const selectingEdges = (title: string, edges: readonly EdgeAddress[]): Action => ({
  id: `edges.${title}`,
  title,
  icon: Waypoints,
  whyNot: () => (edges.length === 0 ? 'There are none.' : null),
  run: () => useUi.setState({ selection: edgesSelected(edges) }),
})

function edgesOfLayer(specification: Specification, layer: number): readonly EdgeAddress[] {
  const { nodes = 0 } = specification.layers[layer] ?? {}
  const inputs = [...Array(inputsOf(specification, layer)).keys()]
  return [...Array(nodes).keys()].flatMap((output) =>
    inputs.map((input) => ({ layer, edge: [input, output] as const })),
  )
}

/** Edges into nodes, or out of them. */
function edgesAt(specification: Specification, nodes: readonly NodeAddress[], way: 'in' | 'out') {
  return nodes.flatMap(({ layer, index }) => {
    const l = way === 'in' ? layer - 1 : layer
    if (l < 0 || l >= specification.layers.length) return []
    return edgesOfLayer(specification, l).filter(({ edge }) => edge[way === 'in' ? 1 : 0] === index)
  })
}

function send(edits: readonly Edit[]): void {
  const [only] = edits
  if (only !== undefined) void edit(edits.length > 1 ? { type: 'sequence', edits } : only)
}
