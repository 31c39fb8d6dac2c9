/** Actions on layers, however many: what their menu and their panel offer. */
import { Network, Trash2 } from 'lucide-react'
import type { Edit } from '../../../src-shared/kan/edit'
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { BASES, defaultBasis } from '../../inspector/bases'
import type { EdgeAddress } from '../../network/types'
import { edit } from '../../state/studio'
import type { Action, Submenu } from './action'

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

export const removing = (specification: Specification, layers: readonly number[]): Action => ({
  id: 'layers.remove',
  title: layers.length === 1 ? 'Remove layer' : `Remove ${layers.length} layers`,
  icon: Trash2,
  whyNot: () => (layers.length === specification.layers.length ? 'A network needs a layer.' : null),
  // From the last: then the others keep their places meanwhile.
  run: () => editTogether([...layers].sort((a, b) => b - a).map((at): Edit => ({ type: 'remove-layer', at }))),
})

/** All edges of layers. */
export function edgesOfLayers(specification: Specification, layers: readonly number[]): readonly EdgeAddress[] {
  return layers.flatMap((layer) => {
    const { nodes = 0 } = specification.layers[layer] ?? {}
    const inputs = [...Array(inputsOf(specification, layer)).keys()]
    return [...Array(nodes).keys()].flatMap((output) =>
      inputs.map((input): EdgeAddress => ({ layer, edge: [input, output] })),
    )
  })
}

/** Edits as one step of undo; of none nothing happens. */
export function editTogether(edits: readonly Edit[]): void {
  const [only] = edits
  if (only !== undefined) void edit(edits.length > 1 ? { type: 'sequence', edits } : only)
}
