/** The tools, as in a drawing program: what a click or a drag on edges does. */
import { Link, Lock, MousePointer2, Scissors } from 'lucide-react'
import type { Tool } from '../../network/types'
import { actOrPick } from '../../state/edge-acts'
import { pickTool, useUi } from '../../state/ui'
import type { Action, Room } from './action'

interface ToolAction extends Action {
  readonly tool: Tool
}

const tool = (own: Tool, rest: Omit<ToolAction, 'id' | 'tool' | 'isOn' | 'run'>): ToolAction => ({
  id: `tool.${own}`,
  tool: own,
  isOn: () => useUi.getState().tool === own,
  run: () => (own === 'select' ? pickTool(own) : actOrPick(own)),
  ...rest,
})

export const TOOLS: readonly ToolAction[] = [
  tool('select', { title: 'Select', icon: MousePointer2, shortcut: 'V', hint: 'Select and pan.' }),
  tool('lock', {
    title: 'Lock',
    icon: Lock,
    shortcut: 'L',
    hint: 'Lock edges: their curves stop training. Drag over many.',
  }),
  tool('tie', {
    title: 'Tie',
    icon: Link,
    shortcut: 'T',
    hint: 'Tie edges of a layer: they share one curve. Drag over them, or click one and then another.',
  }),
  tool('prune', {
    title: 'Prune',
    icon: Scissors,
    shortcut: 'X',
    hint: 'Prune edges: they no longer count. Drag over many.',
  }),
]

export const toolsRoom: Room = { title: 'Tools', sections: [TOOLS] }
