/** The rooms' actions as menus, for the window's own menu and for the desktop's. */
import type { MenuAction, Menus } from '../../../src-shared/contract/menu'
import { useBench } from '../../benchmark/state'
import { usePanels } from '../../state/panels'
import { attempt, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { type Action, isSubmenu, whyNot } from './action'
import { ROOMS } from './registry'

/** The menus as they are now. */
const menusNow = (): Menus =>
  ROOMS.map(({ title, sections }) => ({
    title,
    sections: sections.map((section) =>
      section.map((entry) =>
        isSubmenu(entry) ? { title: entry.title, actions: entry.actions().map(itemOf) } : itemOf(entry),
      ),
    ),
  }))

function itemOf(action: Action): MenuAction {
  const { id, title, isOn } = action
  // Keys with a listener of their own are the system's: Copy and Paste have items with them already.
  const shortcut = action.ownKeys || action.systemKeys ? null : (action.shortcut ?? null)
  return { id, title, shortcut, enabled: whyNot(action) === null, on: isOn?.() ?? null }
}

/** Keeps the desktop's menu like the window's; a browser has none of its own. */
export function followMenus(): void {
  let shown = ''
  function show(): void {
    const { connection, info } = useStudio.getState()
    if (connection !== 'open' || info?.door !== 'desktop') return
    const menus = menusNow()
    const text = JSON.stringify(menus)
    if (text === shown) return
    shown = text
    void attempt((line) => line.showMenus(menus))
  }
  useStudio.subscribe(show)
  useUi.subscribe(show)
  usePanels.subscribe(show)
  useBench.subscribe(show)
}
