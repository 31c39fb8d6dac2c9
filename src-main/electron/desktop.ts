/** The studio and its window together: what goes between them and the system. */
import type { BrowserWindow } from 'electron'
import { isUserError } from '../../src-shared/user-error'
import { SettingsFile } from '../studio/settings'
import { createStudio, type Studio, type StudioOptions } from '../studio/studio'
import { nativeDialogs, showFault } from './dialogs'
import { linkWindow } from './ipc'
import { setMenu } from './menu'
import { offerReload, openWindow, progressOf, rememberPlace, showTitle } from './window'

export interface DesktopOptions extends Omit<StudioOptions, 'dialogs'> {
  /** The window's address. */
  readonly page: string
}

export interface Desktop {
  /** Opens a file that the system or a second start asks for, and comes to the front. */
  open(file: string | null): Promise<void>
  /**
   * Ends everything.
   *
   * @param unsaved whether to ask about changes that are not saved, or to keep them for the next start
   */
  quit(unsaved: 'ask' | 'keep'): Promise<void>
}

export async function openDesktop(options: DesktopOptions): Promise<Desktop> {
  const { page, stateFolder, folder } = options
  const settings = new SettingsFile(stateFolder)
  let window: BrowserWindow | null = null
  const starting = startStudio({ ...options, dialogs: nativeDialogs(folder, () => window) })
  // The window opens while the compute process starts.
  const opened = await openWindow(settings)
  window = opened
  const studio = await starting
  const line = linkWindow(opened, studio, page)

  const progress = progressOf(opened)
  const desk = studio.connect({
    telemetry(frame) {
      progress(frame)
      desk.calls.acknowledge(frame.sequence)
    },
    documentChanged: () => {
      showTitle(opened, studio.status())
      void refreshMenu()
    },
  })
  async function refreshMenu(): Promise<void> {
    const { recent } = await desk.calls.info()
    setMenu({ command: line.command, recent, openRecent: (path) => void open(path) })
  }

  async function open(file: string | null): Promise<void> {
    if (opened.isMinimized()) opened.restore()
    opened.focus()
    if (file === null) return
    await desk.calls.openDocument(file).catch((error) => showFault(opened, sentenceOf(error)))
  }

  let leaving = false
  async function quit(unsaved: 'ask' | 'keep'): Promise<void> {
    if (leaving) return
    leaving = true
    try {
      if (unsaved === 'ask' && !(await studio.mayLeave())) {
        leaving = false
        return
      }
    } catch (error) {
      leaving = false
      return showFault(opened, sentenceOf(error))
    }
    await rememberPlace(opened, settings)
    line.close()
    desk.close()
    await studio.close(unsaved === 'ask' ? 'discard' : 'keep').catch((error) => console.error(error))
    opened.destroy()
  }
  opened.on('close', (event) => {
    event.preventDefault()
    void quit('ask')
  })
  offerReload(opened, () => void quit('ask'))

  showTitle(opened, studio.status())
  await refreshMenu()
  await opened.loadURL(page)
  return { open, quit }
}

/** A file that cannot be opened is told of, and the studio starts with the hello network. */
async function startStudio(options: StudioOptions): Promise<Studio> {
  if (!options.file) return createStudio(options)
  try {
    return await createStudio(options)
  } catch (error) {
    if (!isUserError(error)) throw error
    await showFault(null, error.message)
    return createStudio({ ...options, file: null })
  }
}

function sentenceOf(error: unknown): string {
  if (isUserError(error)) return error.message
  console.error(error)
  return `Something went wrong in the studio: ${error instanceof Error ? error.message : String(error)}`
}
