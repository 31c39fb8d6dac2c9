/** Actions that take changes back and make them again, that copy and select everything. */
import { BoxSelect, Copy, History, Redo2, Undo2 } from 'lucide-react'
import { copyNetwork } from '../../design/clipboard'
import { everything } from '../../network/selection/selection'
import { redo, undo, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { type Action, type Room, whyNot } from './action'
import { needsDocument } from './needs'

export const undoAction: Action = {
  id: 'edit.undo',
  title: 'Undo',
  icon: Undo2,
  shortcut: 'Mod+Z',
  inFields: 'untouched',
  repeats: true,
  whyNot: () => (useStudio.getState().document?.undo == null ? 'There is nothing to undo.' : null),
  run: undo,
}

export const redoAction: Action = {
  id: 'edit.redo',
  title: 'Redo',
  icon: Redo2,
  shortcut: 'Mod+Shift+Z',
  alsoKeys: ['Mod+Y'],
  inFields: 'untouched',
  repeats: true,
  whyNot: () => (useStudio.getState().document?.redo == null ? 'There is nothing to redo.' : null),
  run: redo,
}

export const historyAction = {
  id: 'edit.history',
  title: 'History…',
  icon: History,
  hint: 'Every change that can be taken back or made again: a click goes there. What was trained since stays.',
  shortcut: 'Mod+Alt+Z',
  inFields: 'always',
  whyNot: () => (whyNot(undoAction) === null || whyNot(redoAction) === null ? null : 'Nothing was changed yet.'),
  run: () => useUi.setState({ historyOpen: !useUi.getState().historyOpen }),
} as const satisfies Action

export const copyNetworkAction: Action = {
  id: 'edit.copy-network',
  title: 'Copy network',
  icon: Copy,
  hint: 'As JSON text, to be pasted into another window or looked at.',
  // A text that is selected is copied first.
  shortcut: 'Mod+C',
  ownKeys: true,
  whyNot: needsDocument,
  run: copyNetwork,
}

export const selectAll: Action = {
  id: 'edit.select-all',
  title: 'Select all in the network',
  icon: BoxSelect,
  hint: 'All of the kind that is selected, edges where nothing is: first of the same layers, then of the network.',
  shortcut: 'Mod+A',
  systemKeys: true,
  whyNot: needsDocument,
  run() {
    const specification = useStudio.getState().document?.specification
    const { selection } = useUi.getState()
    if (specification) useUi.setState({ selection: everything(specification, selection) })
  },
}

export const editRoom: Room = {
  title: 'Edit',
  sections: [
    [undoAction, redoAction, historyAction],
    [copyNetworkAction, selectAll],
  ],
}
