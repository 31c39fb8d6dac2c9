/** The tools that float at the bottom of the canvas, as in a drawing program: what a click or a drag on edges does. */
import { Link, Lock, type LucideIcon, MousePointer2, Scissors } from 'lucide-react'
import type { Tool } from './types'

const TOOLS: readonly { tool: Tool; title: string; key: string; hint: string; Icon: LucideIcon }[] = [
  { tool: 'select', title: 'Select', key: 'V', hint: 'Select and pan', Icon: MousePointer2 },
  { tool: 'lock', title: 'Lock', key: 'L', hint: 'Lock edges: their curves stop training. Drag over many', Icon: Lock },
  {
    tool: 'tie',
    title: 'Tie',
    key: 'T',
    hint: 'Tie edges of a layer: they share one curve. Drag over them, or click one and then another',
    Icon: Link,
  },
  {
    tool: 'prune',
    title: 'Prune',
    key: 'X',
    hint: 'Prune edges: they no longer count. Drag over many',
    Icon: Scissors,
  },
]

export function ToolBar({ tool, onTool }: { tool: Tool; onTool(tool: Tool): void }) {
  return (
    <div className="network-tools" role="toolbar" aria-label="Tools">
      {TOOLS.map(({ tool: own, title, key, hint, Icon }) => (
        <button
          key={own}
          type="button"
          aria-pressed={tool === own}
          aria-keyshortcuts={key}
          title={`${hint} (${key})`}
          onClick={() => onTool(own)}
        >
          <Icon aria-hidden="true" />
          <span className="network-tool-title" data-key={key}>
            {title}
          </span>
        </button>
      ))}
    </div>
  )
}
