/** The application's menu: what the window describes, and what the system does by itself (quit, the clipboard, zoom). */
import { Menu, type MenuItem, type MenuItemConstructorOptions } from 'electron'
import type { MenuAction, MenuEntry, Menus } from '../../src-shared/contract/menu'

const mac = process.platform === 'darwin'

const separator = { type: 'separator' } as const

/** What a menu has at its end besides the window's actions, by the menu's title. */
const SYSTEM: Readonly<Record<string, readonly MenuItemConstructorOptions[]>> = {
  File: mac ? [] : [{ role: 'quit' }],
  Edit: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  View: [
    { role: 'resetZoom', label: 'Actual text size' },
    { role: 'zoomIn', label: 'Larger text' },
    { role: 'zoomOut', label: 'Smaller text' },
    { role: 'togglefullscreen' },
    separator,
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ],
}

const BEFORE_THE_WINDOW: Menus = Object.keys(SYSTEM).map((title) => ({ title, sections: [] }))

/** @param command runs an action of the window, by its id */
export function createMenu(command: (id: string) => void): { show(menus: Menus): void } {
  let shape = ''
  function show(menus: Menus): void {
    const next = shapeOf(menus)
    // A menu that is built anew closes under the hand that has opened it.
    if (next === shape) {
      refresh(menus)
      return
    }
    shape = next
    const template = menus.map(({ title, sections }) => ({
      label: title,
      submenu: between([...sections.map((section) => section.map(entryOf)), SYSTEM[title] ?? []]),
    }))
    Menu.setApplicationMenu(Menu.buildFromTemplate([...(mac ? [{ role: 'appMenu' as const }] : []), ...template]))
  }

  const entryOf = (entry: MenuEntry): MenuItemConstructorOptions =>
    'actions' in entry
      ? { label: entry.title, enabled: entry.actions.length > 0, submenu: entry.actions.map(itemOf) }
      : itemOf(entry)

  function itemOf({ id, title, shortcut, enabled, on }: MenuAction): MenuItemConstructorOptions {
    // The window's own keys run the actions; here they are only shown. A Mac's menu takes every key that it shows, and a
    // plain letter would then be missing in the fields.
    const shown = shortcut !== null && (!mac || shortcut.length > 1) ? acceleratorOf(shortcut) : null
    return {
      id,
      label: title,
      enabled,
      ...(on !== null && { type: 'checkbox' as const, checked: on }),
      click(item) {
        // Electron has turned it over already: whether it is on is the window's to say.
        if (on !== null) item.checked = !item.checked
        command(id)
      },
      registerAccelerator: false,
      ...(shown !== null && { accelerator: shown }),
    }
  }

  show(BEFORE_THE_WINDOW)
  return { show }
}

/** Everything of the menus but what may change in place. */
const shapeOf = (menus: Menus): string =>
  JSON.stringify(menus, (key, value: unknown) => (key === 'enabled' || (key === 'on' && value !== null) ? true : value))

function refresh(menus: Menus): void {
  for (const action of menus.flatMap(({ sections }) => sections.flat(2)).flatMap(actionsIn)) {
    const item: MenuItem | null = Menu.getApplicationMenu()?.getMenuItemById(action.id) ?? null
    if (item === null) continue
    item.enabled = action.enabled
    if (action.on !== null) item.checked = action.on
  }
}

const actionsIn = (entry: MenuEntry): readonly MenuAction[] => ('actions' in entry ? entry.actions : [entry])

/** The sections with a line between those that have items. */
function between(sections: readonly (readonly MenuItemConstructorOptions[])[]): MenuItemConstructorOptions[] {
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, place) => (place === 0 ? section : [separator, ...section]))
}

const acceleratorOf = (shortcut: string): string => shortcut.replace('Mod+', 'CmdOrCtrl+').replace(/\+$/, 'Plus')
