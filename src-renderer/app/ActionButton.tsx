/** A button of an action: its title, icon, tooltip, shortcut and the reason why it cannot be done now. */
import { Button } from '../ui/Button'
import { type Action, runAction } from './actions/action'
import { useIsOn, useWhyNot } from './actions/use-action'
import { ariaShortcut, shortcutText } from './keys'

interface ActionButtonProps {
  readonly action: Action
  /** Where the title would be too long or too general. */
  readonly label?: string
  readonly hint?: string | undefined
  /** Instead of the action's; null for none beside a label. */
  readonly icon?: Action['icon'] | null
  readonly iconOnly?: boolean
  readonly look?: 'quiet' | 'outlined' | 'primary'
  readonly wide?: boolean
}

export function ActionButton({
  action,
  label = action.title,
  hint = action.hint,
  icon = action.icon,
  ...look
}: ActionButtonProps) {
  const { shortcut } = action
  return (
    <Button
      {...look}
      label={label}
      icon={icon ?? undefined}
      hint={look.iconOnly && hint !== undefined && !hint.startsWith(label) ? `${label}. ${hint}` : hint}
      on={useIsOn(action)}
      whyNot={useWhyNot(action)}
      {...(shortcut !== undefined && { shortcut: shortcutText(shortcut), ariaShortcut: ariaShortcut(shortcut) })}
      onClick={() => runAction(action)}
    />
  )
}
