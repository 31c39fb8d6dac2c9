/** The application's menu: every item is an action of the window, by its id. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { RecentFile } from '../../src-shared/contract/studio'

type Item = readonly [title: string, id: string, accelerator?: string] | '-' | MenuItemConstructorOptions

export interface MenuOptions {
  readonly command: (id: string) => void
  readonly recent: readonly RecentFile[]
  readonly openRecent: (path: string) => void
}

export function setMenu({ command, recent, openRecent }: MenuOptions): void {
  const mac = process.platform === 'darwin'
  const menus: readonly (readonly [title: string, items: readonly Item[]])[] = [
    [
      'File',
      [
        ['New', 'file.new', 'CmdOrCtrl+N'],
        ['Open…', 'file.open', 'CmdOrCtrl+O'],
        {
          label: 'Open recent',
          enabled: recent.length > 0,
          submenu: recent.map(({ name, path }) => ({ label: name, toolTip: path, click: () => openRecent(path) })),
        },
        ['Open table…', 'data.open', 'CmdOrCtrl+D'],
        ['Paste table or network', 'data.paste'],
        '-',
        ['Save', 'file.save', 'CmdOrCtrl+S'],
        ['Save as…', 'file.save-as', 'CmdOrCtrl+Shift+S'],
        ...(mac ? [] : (['-', { role: 'quit' }] as const)),
      ],
    ],
    [
      'Edit',
      [
        ['Undo', 'edit.undo', 'CmdOrCtrl+Z'],
        ['Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'],
        '-',
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    ],
    [
      'Training',
      [
        ['Train or pause', 'train.toggle', 'Space'],
        ['One step', 'train.step', 'S'],
        ['Start again from the seed', 'train.reset'],
      ],
    ],
    [
      'Tools',
      [
        ['Select', 'tool.select', 'V'],
        ['Lock', 'tool.lock', 'L'],
        ['Prune', 'tool.prune', 'X'],
      ],
    ],
    [
      'View',
      [
        ['Light or dark', 'view.theme'],
        '-',
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        '-',
        { role: 'reload' },
        { role: 'toggleDevTools' },
      ],
    ],
  ]
  const template = menus.map(([label, items]) => ({ label, submenu: items.map((item) => entryOf(item, command)) }))
  Menu.setApplicationMenu(Menu.buildFromTemplate([...(mac ? [{ role: 'appMenu' as const }] : []), ...template]))
}

function entryOf(item: Item, command: (id: string) => void): MenuItemConstructorOptions {
  if (item === '-') return { type: 'separator' }
  if (!('length' in item)) return item
  const [label, id, accelerator] = item
  // The window's own keys run the actions; here they are only shown. A Mac's menu takes every key that it shows, and a
  // plain letter would then be missing in the fields.
  const shown = accelerator !== undefined && (process.platform !== 'darwin' || accelerator.includes('+'))
  return { label, click: () => command(id), registerAccelerator: false, ...(shown && { accelerator }) }
}
