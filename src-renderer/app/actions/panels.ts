/** Actions that show the panels around the network and put them away. */
import { PanelBottom, PanelLeft, PanelRight } from 'lucide-react'
import { isDockOpen, isSideShown, openDock, toggleSide, usePanels } from '../../state/panels'
import type { Action } from './action'

export const buildShown: Action = {
  id: 'view.build',
  title: 'Build panel',
  icon: PanelLeft,
  hint: 'Layers, data and training, at the left.',
  shortcut: 'Shift+B',
  isOn: () => isSideShown(usePanels.getState(), 'build'),
  run: () => toggleSide('build'),
}

export const inspectorShown: Action = {
  id: 'view.inspector',
  title: 'Inspector',
  icon: PanelRight,
  hint: 'Whatever is selected, at the right.',
  shortcut: 'Shift+I',
  isOn: () => isSideShown(usePanels.getState(), 'inspector'),
  run: () => toggleSide('inspector'),
}

export const dockShown: Action = {
  id: 'view.dock',
  title: 'Dock',
  icon: PanelBottom,
  hint: 'Loss, predictions, data, benchmark and log, below the network.',
  shortcut: 'Shift+D',
  isOn: () => isDockOpen(usePanels.getState()),
  run: () => openDock(!isDockOpen(usePanels.getState())),
}
