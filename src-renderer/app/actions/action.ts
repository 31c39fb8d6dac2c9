/** What is an action: one thing that a person can do, as menus, buttons, keys and the palette all know it? */
import type { LucideIcon } from 'lucide-react'

export interface Action {
  /** `room.what`, the same in every version: the desktop's menu sends it, and what was used last is kept by it. */
  readonly id: string
  readonly title: string
  readonly icon: LucideIcon
  /** One sentence that explains the effect, for tooltips and the palette. */
  readonly hint?: string
  /** `Mod+Alt+Shift+Z`, modifiers in this order; `Mod` is Ctrl, on a Mac Cmd. Keys are named by what they write. */
  readonly shortcut?: string
  /** Further keys that mean it, written likewise and not shown. */
  readonly alsoKeys?: readonly string[]
  /** The key is taken by a listener of its own (pasting comes as an event) and only shown here. */
  readonly ownKeys?: true
  /** In fields the keys are the system's, whose menus have an item with them. */
  readonly systemKeys?: true
  /**
   * Whether its keys also act while a field has the keyboard: always (nothing that a field could mean by them), or only where
   * nothing was typed into the field yet.
   */
  readonly inFields?: 'always' | 'untouched'
  /** Acts again and again while its key is held. */
  readonly repeats?: true
  /** Whether it is on, of those that switch something. */
  readonly isOn?: () => boolean
  /** Why it cannot be done now, as a sentence; null where it can. */
  readonly whyNot?: () => string | null
  readonly run: () => void
}

/** Actions that come and go, in a menu of their own below another. */
export interface Submenu {
  readonly title: string
  readonly actions: () => readonly Action[]
}

/** Everything that acts on one thing: a menu of the application and a group of the palette and of the sheet of shortcuts. */
export interface Room {
  readonly title: string
  /** In the order of the menu, with a line between sections. */
  readonly sections: readonly (readonly (Action | Submenu)[])[]
}

export const isSubmenu = (entry: Action | Submenu): entry is Submenu => 'actions' in entry

export const whyNot = (action: Action): string | null => action.whyNot?.() ?? null

/** Does it, where it can be done. */
export function runAction(action: Action): void {
  if (whyNot(action) === null) action.run()
}
