/** What the page gets of the desktop: a line to the studio, and the paths of files dropped into the window. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'

/** The one channel; `ipc.ts` has the other end. */
const CHANNEL = 'kan-studio'

contextBridge.exposeInMainWorld('kanStudio', {
  send(message: unknown): void {
    ipcRenderer.send(CHANNEL, message)
  },
  onMessage(listener: (message: unknown) => void): void {
    ipcRenderer.on(CHANNEL, (_event, message: unknown) => listener(message))
  },
  pathForFile(file: File): string | null {
    // Electron before 32, which tests may have to use, writes the path on the file itself.
    const path = webUtils ? webUtils.getPathForFile(file) : (file as File & { readonly path?: string }).path
    return path || null
  },
})
