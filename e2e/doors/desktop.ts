/** The desktop's door: a real Electron. */
import { _electron, type ElectronApplication } from '@playwright/test'
import type { Door, Place } from './door'
import { ended } from './processes'
import { root } from './root'

export async function openOnDesktop(place: Place): Promise<Door> {
  return (await launchDesktop(place)).door
}

/** The door together with its application, for tests of what only the desktop has. */
export async function launchDesktop(
  place: Place,
  ...args: string[]
): Promise<{ readonly app: ElectronApplication; readonly door: Door }> {
  const asRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    args: [root, ...(asRoot ? ['--no-sandbox'] : []), `--folder=${place.folder}`, ...args],
    env: { ...environment(), KAN_STUDIO_STATE: place.state, ...place.environment },
  })
  const page = await app.firstWindow()
  const { pid } = app.process()
  if (pid === undefined) throw new Error('Electron has no process id')
  const door: Door = {
    name: 'desktop',
    page,
    pid,
    async answerFileDialog(path) {
      await app.evaluate(({ dialog }, answer) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] })
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: answer })
      }, path)
    },
    async close() {
      // A test that closes with changes has no one to answer the question.
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
      })
      await app.close()
    },
    async kill() {
      process.kill(pid, 'SIGKILL')
      await ended(pid)
    },
  }
  return { app, door }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
