/** The desktop's native dialogs. */
import { join } from 'node:path'
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Dialogs } from '../studio/workspace'

const MODELS = [{ name: 'KAN Studio networks', extensions: ['kan'] }]
const TABLES = [
  { name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'dat'] },
  { name: 'All files', extensions: ['*'] },
]

/** @param window the window that the dialogs belong to, or null while there is none */
export function nativeDialogs(folder: string, window: () => BrowserWindow | null): Dialogs {
  return {
    async chooseFile(kind, suggestion) {
      const parent = window()
      if (kind === 'save-model') {
        const options = { defaultPath: join(folder, suggestion), filters: MODELS }
        const { filePath, canceled } = await (parent
          ? dialog.showSaveDialog(parent, options)
          : dialog.showSaveDialog(options))
        return canceled || !filePath ? null : filePath
      }
      const options = {
        defaultPath: folder,
        filters: kind === 'open-model' ? MODELS : TABLES,
        properties: ['openFile' as const],
      }
      const { filePaths } = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
      return filePaths[0] ?? null
    },
    async askToSave(name) {
      const answers = ['save', 'discard', 'cancel'] as const
      const response = await ask(window(), {
        type: 'warning',
        message: `Save the changes to “${name}”?`,
        detail: 'They are lost if you do not save them.',
        buttons: ['Save', 'Don’t save', 'Cancel'],
        defaultId: 0,
        cancelId: 2,
      })
      return answers[response] ?? 'cancel'
    },
  }
}

/** Tells of a fault, in a sentence. */
export async function showFault(window: BrowserWindow | null, message: string): Promise<void> {
  await ask(window, { type: 'error', message, buttons: ['OK'] })
}

/** The index of the button that was pressed. */
export async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<number> {
  const answer = window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options)
  return (await answer).response
}
