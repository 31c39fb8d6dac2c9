/** Actions that help to find others. */
import { Keyboard, Search } from 'lucide-react'
import { useUi } from '../../state/ui'
import type { Action, Room } from './action'

export const palette: Action = {
  id: 'help.commands',
  title: 'Find an action…',
  icon: Search,
  hint: 'Every action, layer, node and input by a few letters of its name.',
  shortcut: 'Mod+K',
  inFields: 'always',
  run: () => useUi.setState({ dialog: { type: 'palette' } }),
}

const shortcuts: Action = {
  id: 'help.shortcuts',
  title: 'Keyboard and mouse',
  icon: Keyboard,
  hint: 'Every shortcut, and what the mouse does on the network.',
  shortcut: '?',
  run: () => useUi.setState({ dialog: { type: 'shortcuts' } }),
}

export const helpRoom: Room = { title: 'Help', sections: [[palette, shortcuts]] }
