/** Actions on what is selected of the design: doubled, removed, moved. */
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, CopyPlus, Trash2 } from 'lucide-react'
import type { Specification } from '../../../src-shared/kan/specification'
import { carryOut } from '../../design/carry-out'
import { useDesign } from '../../design/plan'
import { doubling, movedNodes, removal, twinsOf, type Wish } from '../../design/selected'
import { nodeY } from '../../network/place/view'
import { oneLayer } from '../../network/selection/selection'
import type { Selection } from '../../network/types'
import { edit, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import type { Action } from './action'
import { NO_DOCUMENT } from './needs'

const design = () => useStudio.getState().document?.specification ?? null
const selected = () => useUi.getState().selection

/** An action that edits what is selected, or says why there is no edit. */
function wishing(
  wish: typeof removal,
  rest: Omit<Action, 'whyNot' | 'run'>,
  selectedAfter?: (before: Selection) => Selection,
): Action {
  // Menus ask with every frame of a training, of many edges it takes long: the answer stays while design and selection do.
  let last: { readonly of: readonly [Specification, Selection]; readonly made: Wish } | null = null
  const now = (): Wish => {
    const [specification, selection] = [design(), selected()]
    if (specification === null) return { why: NO_DOCUMENT }
    if (last?.of[0] !== specification || last.of[1] !== selection) {
      last = { of: [specification, selection], made: wish(specification, selection) }
    }
    return last.made
  }
  return {
    ...rest,
    whyNot() {
      const made = now()
      return 'why' in made ? made.why : null
    },
    run() {
      const made = now()
      if (!('edit' in made)) return
      const [before, old] = [selected(), design()]
      void edit(made.edit, made.said).then(() => {
        // Where the edit was refused, or something else was selected meanwhile, that stays.
        const isDone = design() !== old && selected() === before
        if (selectedAfter && isDone) useUi.setState({ selection: selectedAfter(before) })
      })
    },
  }
}

export const duplicate = wishing(
  doubling,
  {
    id: 'network.duplicate',
    title: 'Duplicate',
    icon: CopyPlus,
    hint: 'Nodes get twins with which the network computes the same, layers another like them behind.',
    shortcut: 'Mod+J',
  },
  twinsOf,
)

export const remove = wishing(removal, {
  id: 'network.remove',
  title: 'Remove',
  icon: Trash2,
  hint: 'Removes nodes and layers, prunes edges, discards inputs.',
  shortcut: 'Delete',
  alsoKeys: ['Backspace'],
})

const nodeMove = (step: 1 | -1, rest: Omit<Action, 'whyNot' | 'run'>): Action => {
  const now = () => {
    const specification = design()
    return specification === null ? NO_DOCUMENT : movedNodes(specification, selected(), step)
  }
  return {
    ...rest,
    repeats: true,
    whyNot() {
      const moved = now()
      return typeof moved === 'string' ? moved : null
    },
    run() {
      const moved = now()
      if (typeof moved === 'string') return
      const column = useDesign.getState().seen?.columns[moved.layer + 1]
      void carryOut({ type: 'nodes', ...moved, y: column ? nodeY(column, moved.to) : 0 })
    },
  }
}

const layerMove = (step: 1 | -1, rest: Omit<Action, 'whyNot' | 'run'>): Action => ({
  ...rest,
  repeats: true,
  whyNot() {
    const layer = oneLayer(selected())
    if (layer === null) return 'Select a layer first.'
    const to = layer + step
    if (to < 0) return 'It is the first layer.'
    return to < (design()?.layers.length ?? 0) ? null : 'It is the last layer.'
  },
  run() {
    const layer = oneLayer(selected())
    if (layer === null) return
    void carryOut({ type: 'layer', layer, place: { type: 'gap', at: step < 0 ? layer - 1 : layer + 2 } })
  },
})

export const DESIGN_SECTIONS: readonly (readonly Action[])[] = [
  [duplicate, remove],
  [
    layerMove(-1, {
      id: 'network.layer-left',
      title: 'Move layer towards the inputs',
      icon: ArrowLeft,
      shortcut: 'Alt+ArrowLeft',
    }),
    layerMove(1, {
      id: 'network.layer-right',
      title: 'Move layer towards the outputs',
      icon: ArrowRight,
      shortcut: 'Alt+ArrowRight',
    }),
    nodeMove(-1, { id: 'network.node-up', title: 'Move nodes up', icon: ArrowUp, shortcut: 'Alt+ArrowUp' }),
    nodeMove(1, { id: 'network.node-down', title: 'Move nodes down', icon: ArrowDown, shortcut: 'Alt+ArrowDown' }),
  ],
]
