/** The studio and its window together: what goes between them and the system. */
import { dirname } from 'node:path'
import type { BrowserWindow } from 'electron'
import { isUserError } from '../../src-shared/user-error'
import { SettingsFile } from '../studio/settings'
import { createStudio, type Studio, type StudioOptions } from '../studio/studio'
import { nativeDialogs, showFault } from './dialogs'
import { linkWindow, type WindowLine } from './ipc'
import { createMenu } from './menu'
import { offerReload, openWindow, progressOf, rememberPlace, showStatus } from './window'

interface DesktopOptions extends Omit<StudioOptions, 'dialogs' | 'showMenus'> {
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
  const there: { window: BrowserWindow | null; studio: Studio | null; line: WindowLine | null } = {
    window: null,
    studio: null,
    line: null,
  }
  const menu = createMenu((id) => there.line?.command(id))
  const dialogs = nativeDialogs({
    window: () => there.window,
    folder: () => {
      const path = there.studio?.status().path
      return path ? dirname(path) : folder
    },
  })
  // The window opens while the compute process starts.
  const [window, studio] = await Promise.all([
    openWindow(settings).then((opened) => {
      there.window = opened
      return opened
    }),
    startStudio({ ...options, dialogs, showMenus: menu.show }),
  ])
  there.studio = studio
  const line = linkWindow(window, studio, page)
  there.line = line

  let progress: number | null = null
  const show = () => showStatus(window, studio.status(), progress)
  function takeProgress(now: number | null): void {
    if (now === progress) return
    progress = now
    show()
  }
  const desk = studio.connect({
    telemetry(frame) {
      takeProgress(progressOf(frame))
      desk.calls.acknowledge(frame.sequence)
    },
    computeLost: () => takeProgress(null),
    documentChanged: show,
  })

  async function open(file: string | null): Promise<void> {
    if (window.isMinimized()) window.restore()
    window.focus()
    if (file === null) return
    await desk.calls.openDocument(file).catch((error) => showFault(window, sentenceOf(error)))
  }

  let ending: 'no' | 'asking' | 'yes' = 'no'
  async function quit(unsaved: 'ask' | 'keep'): Promise<void> {
    if (ending === 'yes' || (ending === 'asking' && unsaved === 'ask')) return
    if (unsaved === 'ask') {
      ending = 'asking'
      const may = await studio.mayLeave().catch((error) => {
        void showFault(window, sentenceOf(error))
        return false
      })
      // The system may have ended it while the question stood there.
      if (ending !== 'asking') return
      if (!may) {
        ending = 'no'
        return
      }
    }
    ending = 'yes'
    await rememberPlace(window, settings)
    line.close()
    desk.close()
    await studio.close(unsaved === 'ask' ? 'discard' : 'keep').catch((error) => console.error(error))
    window.destroy()
  }
  window.on('close', (event) => {
    event.preventDefault()
    void quit('ask')
  })
  offerReload(window, () => void quit('ask'))

  show()
  await window.loadURL(page)
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
