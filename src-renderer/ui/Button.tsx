/** A button with an optional icon, tooltip and shortcut. */
import type { LucideIcon } from 'lucide-react'
import { Hint } from './Hint'

interface ButtonProps {
  /** Accessible name; shown as text unless `iconOnly`. */
  readonly label: string
  readonly icon?: LucideIcon | undefined
  readonly iconOnly?: boolean
  readonly look?: 'quiet' | 'outlined' | 'primary'
  readonly on?: boolean | undefined
  readonly wide?: boolean | undefined
  readonly disabled?: boolean | undefined
  /** Why it cannot be pressed now: it can be reached all the same, so that the reason can be read. */
  readonly whyNot?: string | null
  /** One sentence that explains the effect. */
  readonly hint?: string | undefined
  /** As this computer writes it. */
  readonly shortcut?: string | undefined
  /** As `aria-keyshortcuts` wants it. */
  readonly ariaShortcut?: string | undefined
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
  whyNot = null,
  hint,
  shortcut,
  ariaShortcut,
  onClick,
}: ButtonProps) {
  const button = (
    <button
      type="button"
      className={['button', look, on ? 'on' : '', wide ? 'wide' : ''].join(' ')}
      disabled={disabled}
      aria-disabled={whyNot === null ? undefined : true}
      aria-description={whyNot ?? undefined}
      aria-pressed={on}
      aria-keyshortcuts={ariaShortcut}
      aria-label={iconOnly ? label : undefined}
      onClick={whyNot === null ? onClick : undefined}
    >
      {Icon ? <Icon aria-hidden strokeWidth={1.8} /> : null}
      {iconOnly ? null : label}
    </button>
  )
  const tip = hint ?? (iconOnly ? label : undefined)
  return tip === undefined && shortcut === undefined && whyNot === null ? (
    button
  ) : (
    <Hint text={tip ?? label} shortcut={shortcut} whyNot={whyNot}>
      {button}
    </Hint>
  )
}
