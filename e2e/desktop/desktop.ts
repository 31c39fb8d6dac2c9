/** `test` for what only the desktop has: its own processes, dialogs and menu. */
import { spawn } from 'node:child_process'
import { type ElectronApplication, expect } from '@playwright/test'
import { launchDesktop } from '../doors/desktop'
import { computeOf, ended, killed } from '../doors/processes'
import { root } from '../doors/root'
import { Studio } from '../doors/studio'
import { test as base } from '../doors/test'

export class Desktop {
  readonly studio: Studio
  readonly pid: number
  readonly #program: string

  constructor(
    readonly app: ElectronApplication,
    studio: Studio,
  ) {
    this.studio = studio
    this.pid = studio.door.pid
    this.#program = app.process().spawnfile
  }

  /** Answers every question from now on with a button of this name, and remembers what was asked. */
  async answer(button: string): Promise<void> {
    await this.app.evaluate(({ dialog }, name) => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      // The window that a question belongs to may stand in front of it.
      const answer = async (...args: unknown[]) => {
        const { message, buttons = [] } = args.at(-1) as Electron.MessageBoxOptions
        asked.push(message)
        return { response: Math.max(0, buttons.indexOf(name)), checkboxChecked: false }
      }
      Object.assign(dialog, { showMessageBox: answer })
    }, button)
  }

  /** The questions since {@link answer}. */
  asked(): Promise<string[]> {
    return this.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  }

  /** What the file dialogs answer from now on; null is Cancel. Returns what the newest one was asked with, once. */
  async chooseFile(path: string | null): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      const answer = async (...args: unknown[]) => {
        Object.assign(globalThis, { fileDialog: args.at(-1) })
        return { canceled: chosen === null, filePath: chosen ?? '', filePaths: chosen === null ? [] : [chosen] }
      }
      Object.assign(dialog, { showOpenDialog: answer, showSaveDialog: answer })
    }, path)
  }

  /** The options of the file dialog that was shown last. */
  fileDialog(): Promise<{ readonly defaultPath?: string; readonly properties?: readonly string[] }> {
    return this.app.evaluate(() => (globalThis as unknown as { fileDialog: object }).fileDialog)
  }

  /** Clicks an item of the menu, by the labels on the way to it. */
  async menu(...labels: string[]): Promise<void> {
    await this.app.evaluate(({ Menu, BrowserWindow }, way) => {
      let items = Menu.getApplicationMenu()?.items ?? []
      way.forEach((label, depth) => {
        const item = items.find((candidate) => candidate.label === label)
        if (!item) throw new Error(`${label} is not among ${items.map((candidate) => candidate.label).join(', ')}`)
        if (depth === way.length - 1) item.click(undefined, BrowserWindow.getAllWindows()[0], undefined)
        items = item.submenu?.items ?? []
      })
    }, labels)
  }

  /** The labels of a menu's items. */
  items(...labels: string[]): Promise<string[]> {
    return this.app.evaluate(({ Menu }, way) => {
      let items = Menu.getApplicationMenu()?.items ?? []
      for (const label of way) items = items.find((candidate) => candidate.label === label)?.submenu?.items ?? []
      return items.map((item) => item.label)
    }, labels)
  }

  title(): Promise<string> {
    return this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '')
  }

  /** Clicks the window's own button to close it. */
  async closeWindow(): Promise<void> {
    // The answer may be cut off by the end of the application.
    await this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => {})
  }

  computePid(): number {
    return computeOf(this.pid)
  }

  ended(): Promise<void> {
    return ended(this.pid)
  }

  /** Starts the application once more beside this one, in another folder, and returns its exit status. */
  async startAgain(state: string, cwd: string, ...args: string[]): Promise<number | null> {
    const asRoot = process.getuid?.() === 0
    const child = spawn(this.#program, [root, ...(asRoot ? ['--no-sandbox'] : []), ...args], {
      cwd,
      env: { ...process.env, KAN_STUDIO_STATE: state },
      stdio: 'ignore',
    })
    return new Promise((resolve) => child.on('exit', resolve))
  }
}

interface Fixtures {
  /** Starts the desktop; more than once in a test, after it has ended. */
  readonly start: (...args: string[]) => Promise<Desktop>
  /** The desktop, started once. */
  readonly desktop: Desktop
}

export const test = base.extend<Fixtures>({
  start: async ({ place }, use) => {
    const started: Desktop[] = []
    await use(async (...args) => {
      const { app, door } = await launchDesktop(place, ...args)
      const desktop = new Desktop(app, new Studio(door))
      started.push(desktop)
      await desktop.studio.ready()
      return desktop
    })
    for (const { pid } of started) await killed(pid)
  },
  desktop: async ({ start }, use) => use(await start()),
})

export { expect }
