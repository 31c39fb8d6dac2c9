/** The desktop's beginning: one instance, its address, its studio and its window. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { findPinnedNode } from '../../bin/pinned-node.mjs'
import { UserError } from '../../src-shared/user-error'
import { stateFolder } from '../files/state-folder'
import { localInstaller } from '../library/install'
import { startCompute } from '../studio/compute'
import type { StartCompute } from '../studio/session'
import { type Desktop, openDesktop } from './desktop'
import { fileIn, launchOf } from './launch'
import { PAGE, registerScheme, servePage } from './protocol'
import { secure } from './security'

const { env } = process
const out = join(__dirname, '..')
/** `electron-vite dev` serves the page itself, and only to this machine. */
const page = devPage() ?? PAGE

app.setName('KAN Studio')
const state = stateFolder(env)
if (env.KAN_STUDIO_STATE) {
  // What Chromium keeps goes there too, and the one instance is one for that folder.
  const profile = join(state, 'electron')
  mkdirSync(profile, { recursive: true })
  app.setPath('userData', profile)
}
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()
secure(page)

if (app.requestSingleInstanceLock()) run()
else app.exit(0)

function run(): void {
  const launch = launchOf(process.argv, { cwd: process.cwd(), home: homedir(), env, packaged: app.isPackaged })
  let desktop: Promise<Desktop> | null = null
  // A Mac tells of a double-clicked file by an event, which may come before anything is ready.
  let waiting = launch.file
  const open = (file: string | null) => {
    if (desktop) void desktop.then((there) => there.open(file))
    else waiting = file ?? waiting
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path)
  })
  app.on('second-instance', (_event, argv, cwd) => open(fileIn(argv, cwd)))
  app.on('window-all-closed', () => app.exit(0))

  const opening = app.whenReady().then(() => {
    // Not before: Electron puts its own in their place while it starts.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void desktop?.then((there) => there.quit('keep')))
    }
    if (page === PAGE) servePage(join(out, 'renderer'))
    desktop = openDesktop({
      page,
      version: app.getVersion(),
      folder: launch.folder,
      stateFolder: state,
      file: waiting,
      startCompute: startOwnCompute,
      installer: ownInstaller(),
    })
    return desktop
  })
  opening.catch((error: Error) => {
    const sentence = error.name === 'UserError' ? error.message : String(error.stack)
    console.error(sentence)
    dialog.showErrorBox('KAN Studio cannot start', sentence)
    app.exit(1)
  })
}

/** The compute process of this installation, on the Node that the project pins. */
function startOwnCompute(...[events]: Parameters<StartCompute>): ReturnType<StartCompute> {
  const node = findPinnedNode(__filename)
  if ('reason' in node) throw new UserError(node.reason)
  const log = (line: string) => console.error(line)
  return startCompute({ nodePath: node.path, script: join(out, 'node', 'compute.js'), events, log })
}

/** Null where there is no Node that would load what is installed: then nothing else starts either, and says why. */
function ownInstaller() {
  const node = findPinnedNode(__filename)
  return 'reason' in node ? null : localInstaller(env, node.path)
}

function devPage(): string | null {
  const address = app.isPackaged ? undefined : env.ELECTRON_RENDERER_URL
  return address !== undefined && /^http:\/\/localhost:\d+/.test(address) ? address : null
}
