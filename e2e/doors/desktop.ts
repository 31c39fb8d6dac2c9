/** The desktop's door: a real Electron. */
import { _electron } from '@playwright/test'
import type { Door, Place } from './door'
import { ended } from './processes'
import { root } from './root'

export async function openOnDesktop(place: Place, ...args: string[]): Promise<Door> {
  const asRoot = process.getuid?.() === 0
  const electron = await _electron.launch({
    args: [root, ...(asRoot ? ['--no-sandbox'] : []), `--folder=${place.folder}`, ...args],
    env: { ...environment(), KAN_STUDIO_STATE: place.state },
  })
  const page = await electron.firstWindow()
  const child = electron.process()
  const pid = child.pid
  if (pid === undefined) throw new Error('Electron has no process id')
  return {
    name: 'desktop',
    page,
    pid,
    async answerFileDialog(path) {
      await electron.evaluate(({ dialog }, answer) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] })
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: answer })
      }, path)
    },
    async close() {
      // A test that closes with changes has no one to answer the question.
      await electron.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
      })
      await electron.close()
    },
    async kill() {
      process.kill(pid, 'SIGKILL')
      await ended(pid)
    },
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
