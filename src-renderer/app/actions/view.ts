/** Actions on what is seen, which change nothing of the network. */
import {
  ChartLine,
  CircleDashed,
  EyeOff,
  Maximize,
  Moon,
  MoveUp,
  ScanSearch,
  Spline,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { networkHandle } from '../../state/network-handle'
import { setHidesPruned, setOrientation, setShowsValues, setTheme, useUi } from '../../state/ui'
import type { Action, Room } from './action'
import { needsDocument } from './needs'
import { buildShown, dockShown, inspectorShown } from './panels'

export const zoomIn: Action = {
  id: 'view.zoom-in',
  title: 'Zoom in',
  icon: ZoomIn,
  shortcut: '+',
  // The same key without Shift, on many keyboards.
  alsoKeys: ['='],
  repeats: true,
  whyNot: needsDocument,
  run: () => networkHandle.current?.zoomBy(1.4),
}

export const zoomOut: Action = {
  id: 'view.zoom-out',
  title: 'Zoom out',
  icon: ZoomOut,
  shortcut: '-',
  repeats: true,
  whyNot: needsDocument,
  run: () => networkHandle.current?.zoomBy(1 / 1.4),
}

export const fit: Action = {
  id: 'view.fit',
  title: 'Show the whole network',
  icon: Maximize,
  shortcut: 'F',
  whyNot: needsDocument,
  run: () => networkHandle.current?.fit(),
}

const showSelection: Action = {
  id: 'view.selection',
  title: 'Zoom to selection',
  icon: ScanSearch,
  shortcut: 'Shift+F',
  whyNot: () =>
    needsDocument() ??
    (useUi.getState().selection.type === 'none'
      ? 'Nothing is selected: click an edge, a node or a layer first.'
      : null),
  run: () => networkHandle.current?.showSelection(),
}

const orientation: Action = {
  id: 'view.orientation',
  title: 'From the bottom up',
  icon: MoveUp,
  hint: 'Inputs below and outputs above, instead of left to right.',
  shortcut: 'O',
  isOn: () => useUi.getState().orientation === 'up',
  run: () => setOrientation(useUi.getState().orientation === 'up' ? 'right' : 'up'),
}

const hidePruned: Action = {
  id: 'view.hide-pruned',
  title: 'Hide pruned edges',
  icon: EyeOff,
  hint: 'Leaves out the dotted ghosts of edges that are pruned.',
  shortcut: 'H',
  isOn: () => useUi.getState().hidesPruned,
  run: () => setHidesPruned(!useUi.getState().hidesPruned),
}

const nodeValues: Action = {
  id: 'view.node-values',
  title: 'Values in nodes',
  icon: CircleDashed,
  hint: 'Small networks show in each hidden node what it is worth over the first two inputs: blue is low, orange is high.',
  shortcut: 'N',
  isOn: () => useUi.getState().showsValues,
  run: () => setShowsValues(!useUi.getState().showsValues),
}

export const theme: Action = {
  id: 'view.theme',
  title: 'Light or dark',
  icon: Moon,
  run: () => setTheme(useUi.getState().theme === 'light' ? 'dark' : 'light'),
}

export const logScale: Action = {
  id: 'view.log-scale',
  title: 'Logarithmic loss axis',
  icon: ChartLine,
  isOn: () => useUi.getState().logScale,
  run: () => useUi.setState({ logScale: !useUi.getState().logScale }),
}

export const smooth: Action = {
  id: 'view.smooth',
  title: 'Smooth loss curve',
  icon: Spline,
  hint: 'A running mean instead of every value.',
  isOn: () => useUi.getState().smooth,
  run: () => useUi.setState({ smooth: !useUi.getState().smooth }),
}

export const viewRoom: Room = {
  title: 'View',
  sections: [
    [zoomIn, zoomOut, fit, showSelection],
    [orientation, hidePruned, nodeValues],
    [buildShown, inspectorShown, dockShown],
    [logScale, smooth],
    [theme],
  ],
}
