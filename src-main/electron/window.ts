/** The one window: its place, its title, its progress on the taskbar, and what happens when its page breaks. */
import { basename, join } from 'node:path'
import { BrowserWindow, nativeImage, type Rectangle, screen } from 'electron'
import type { TelemetryFrame } from '../../src-shared/contract/telemetry'
import type { SettingsFile, WindowPlace } from '../studio/settings'
import { ask } from './dialogs'
import icon from './icon.png?inline'

const FIRST_SIZE = { width: 1440, height: 900 }
const SMALLEST = { minWidth: 800, minHeight: 560 }

export async function openWindow(settings: SettingsFile): Promise<BrowserWindow> {
  const { window: place } = await settings.read()
  const window = new BrowserWindow({
    ...FIRST_SIZE,
    ...(place && visible(place) ? boundsOf(place) : {}),
    ...SMALLEST,
    title: 'KAN Studio',
    icon: nativeImage.createFromDataURL(icon),
    show: false,
    webPreferences: {
      preload: join(__dirname, '..', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Training is watched also in a window behind another one.
      backgroundThrottling: false,
    },
  })
  if (place?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('page-title-updated', (event) => event.preventDefault())
  return window
}

/** Keeps size and place for the next start. */
export async function rememberPlace(window: BrowserWindow, settings: SettingsFile): Promise<void> {
  const place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  // Where it cannot be written, the next window opens at its first size.
  await settings.rememberWindow(place).catch(() => {})
}

/** Title and taskbar: `43 % · • name.kan — KAN Studio`, with a dot while there are changes that are not saved. */
export function showStatus(
  window: BrowserWindow,
  { path, name, edited }: { readonly path: string | null; readonly name: string; readonly edited: boolean },
  progress: number | null,
): void {
  const part = progress === null ? '' : `${Math.round(100 * progress)} % · `
  window.setTitle(`${part}${edited ? '• ' : ''}${path === null ? name : basename(path)} — KAN Studio`)
  window.setProgressBar(progress ?? -1)
  window.setDocumentEdited(edited)
  if (process.platform === 'darwin') window.setRepresentedFilename(path ?? '')
}

/** How far a running training has come, in hundredths of its steps; null where none runs. */
export function progressOf({ state, step, steps }: TelemetryFrame): number | null {
  return state.type === 'running' && steps > 0 ? Math.min(Math.floor((100 * step) / steps), 100) / 100 : null
}

/** Offers to load a page that died again: the studio lives on beside it, with everything in it. */
export function offerReload(window: BrowserWindow, quit: () => void): void {
  window.webContents.on('render-process-gone', async (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const answer = await ask(window, {
      type: 'error',
      message: 'The window stopped working.',
      detail: 'Training goes on and no change is lost: load it again to see them.',
      buttons: ['Load again', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    })
    if (window.isDestroyed()) return
    if (answer === 0) window.webContents.reload()
    else quit()
  })
}

/** Whether the place still lies on a screen that is there, at least in part. */
function visible({ x, y, width, height }: WindowPlace): boolean {
  if (x === undefined || y === undefined) return true
  const overlaps = (area: Rectangle) =>
    x < area.x + area.width - 50 && x + width > area.x + 50 && y < area.y + area.height - 50 && y + height > area.y
  return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea))
}

function boundsOf({ x, y, width, height }: WindowPlace) {
  return { width, height, ...(x !== undefined && y !== undefined && { x, y }) }
}
