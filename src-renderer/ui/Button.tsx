/** A button with an optional icon, tooltip and shortcut. */
import { Tooltip } from '@base-ui/react/tooltip'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface ButtonProps {
  /** Accessible name; shown as text unless `iconOnly`. */
  readonly label: string
  readonly icon?: LucideIcon | undefined
  readonly iconOnly?: boolean
  readonly look?: 'quiet' | 'outlined' | 'primary'
  readonly on?: boolean
  readonly wide?: boolean
  readonly disabled?: boolean
  /** One sentence that explains the effect. */
  readonly hint?: string
  readonly shortcut?: string | undefined
  readonly onClick: () => void
}

export function Button({
  label,
  icon: Icon,
  iconOnly,
  look = 'quiet',
  on,
  wide,
  disabled,
  hint,
  shortcut,
  onClick,
}: ButtonProps) {
  const button = (
    <button
      type="button"
      className={['button', look, on ? 'on' : '', wide ? 'wide' : ''].join(' ')}
      disabled={disabled}
      aria-pressed={on}
      aria-label={iconOnly ? label : undefined}
      onClick={onClick}
    >
      {Icon ? <Icon aria-hidden strokeWidth={1.8} /> : null}
      {iconOnly ? null : label}
    </button>
  )
  const tip = hint ?? (iconOnly ? label : undefined)
  return tip === undefined && shortcut === undefined ? (
    button
  ) : (
    <Hint text={tip ?? label} shortcut={shortcut}>
      {button}
    </Hint>
  )
}

/** Shows a sentence beside whatever it wraps, on hover and on focus. */
function Hint({
  text,
  shortcut,
  children,
}: {
  text: string
  shortcut?: string | undefined
  children: React.ReactElement
}): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6}>
          <Tooltip.Popup className="tooltip">
            {text}
            {shortcut ? <kbd>{shortcut}</kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
