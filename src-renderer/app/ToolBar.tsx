/** The tools that float at the bottom of the canvas, as in a drawing program. */
import type { Tool } from '../network/types'
import { pickTool } from '../state/ui'
import { Hint } from '../ui/Hint'
import { ActionButton } from './ActionButton'
import { pruneByThreshold } from './actions/prune'
import { TOOLS } from './actions/tools'
import { ariaShortcut, shortcutText } from './keys'

export function ToolBar({ tool }: { tool: Tool }) {
  return (
    <div className="network-tools" role="toolbar" aria-label="Tools">
      {TOOLS.map(({ tool: own, title, hint = title, shortcut = '', icon: Icon }) => (
        <Hint key={own} text={hint} shortcut={shortcutText(shortcut)}>
          <button
            type="button"
            aria-pressed={tool === own}
            aria-keyshortcuts={ariaShortcut(shortcut)}
            aria-label={title}
            onClick={() => pickTool(own)}
          >
            <Icon aria-hidden="true" />
            <span className="network-tool-title" data-key={shortcutText(shortcut)}>
              {title}
            </span>
          </button>
        </Hint>
      ))}
      <ActionButton action={pruneByThreshold} iconOnly />
    </div>
  )
}
