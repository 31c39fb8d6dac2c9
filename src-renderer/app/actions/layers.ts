/** Actions on layers, however many: what their menu and their panel offer. */
import { Network, Trash2 } from 'lucide-react'
import { type Edit, together } from '../../../src-shared/kan/edits/edit'
import type { Specification } from '../../../src-shared/kan/specification'
import { removal } from '../../design/selected'
import { BASES, defaultBasis } from '../../inspector/bases'
import { edgesOfLayers } from '../../network/selection/node-edges'
import { edit } from '../../state/studio'
import type { Action, Submenu } from './action'
import { locking, selecting } from './edges'

export const bases = (specification: Specification, layers: readonly number[]): Submenu => ({
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
        editTogether(others.map((layer): Edit => ({ type: 'set-basis', layer, basis: defaultBasis(value) })))
      },
    })),
})

/** Lock and select all edges of layers. Lock's key acts on edges that are selected: it is not shown with it. */
export function onTheirEdges(specification: Specification, layers: readonly number[]): readonly Action[] {
  const edges = edgesOfLayers(specification, layers)
  const { shortcut: _, ...lock } = locking(specification, edges)
  return [lock, selecting('Select their edges', edges)]
}

export function removing(specification: Specification, layers: readonly number[]): Action {
  const wish = removal(specification, { type: 'layers', layers })
  return {
    id: 'layers.remove',
    title: layers.length === 1 ? 'Remove layer' : `Remove ${layers.length} layers`,
    icon: Trash2,
    whyNot: () => ('why' in wish ? wish.why : null),
    run() {
      if ('edit' in wish) void edit(wish.edit)
    },
  }
}

/** Edits as one step of undo; of none nothing happens. */
export function editTogether(edits: readonly Edit[]): void {
  const all = together(edits)
  if (all !== null) void edit(all)
}
