/** Actions that prune by scores, and take away what was pruned. */
import { Package, SlidersHorizontal } from 'lucide-react'
import { deadWeight, isCompactable } from '../../../src-shared/kan/edits/compact'
import type { Specification } from '../../../src-shared/kan/specification'
import { togglePruneBar } from '../../prune/state'
import { edit, live, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import type { Action } from './action'
import { needsDocument } from './needs'

export const pruneByThreshold: Action = {
  id: 'network.prune',
  title: 'Prune by a threshold…',
  icon: SlidersHorizontal,
  hint: 'Shows what would go and what it would cost, before anything is pruned.',
  shortcut: 'Shift+X',
  isOn: () => useUi.getState().pruneOpen,
  whyNot: () =>
    needsDocument() ??
    (live.importance === null && !useUi.getState().pruneOpen
      ? 'No scores are known yet: choose data that the network fits.'
      : null),
  run: togglePruneBar,
}

export const compact: Action = {
  id: 'network.compact',
  title: 'Compact',
  icon: Package,
  hint: 'Takes out nodes that nothing passes through; the outputs stay what they are.',
  whyNot() {
    const specification = useStudio.getState().document?.specification
    if (!specification) return needsDocument()
    return weightOf(specification) === null ? 'Every node lies on a way from an input to an output.' : null
  },
  run: () => void edit({ type: 'compact' }),
}

const known = new WeakMap<Specification, number | null>()

/** How many nodes compacting takes away; null where there is nothing to compact. */
export function weightOf(specification: Specification): number | null {
  let weight = known.get(specification)
  if (weight === undefined) {
    weight = isCompactable(specification) ? deadWeight(specification) : null
    known.set(specification, weight)
  }
  return weight
}
