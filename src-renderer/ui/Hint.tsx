/** A sentence beside whatever it wraps, when the pointer rests on it or the keyboard reaches it. */
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'

interface HintProps {
  readonly text: string
  readonly shortcut?: string | undefined
  /** Why it cannot be done now. */
  readonly whyNot?: string | null | undefined
  /** Where there is room at first. */
  readonly side?: 'top' | 'bottom'
  readonly children: ReactElement
}

export function Hint({ text, shortcut, whyNot, side = 'top', children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} side={side} collisionPadding={8}>
          <Tooltip.Popup className="tooltip">
            {text}
            {shortcut ? <kbd>{shortcut}</kbd> : null}
            {whyNot ? <p className="why-not">{whyNot}</p> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
