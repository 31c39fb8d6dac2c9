// Finds, or installs where it may, what the end-to-end tests need of a machine: Chromium, Electron, a display.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { SYSTEM_CHROMIUM } from '../e2e/doors/chromium.ts'
import { findElectron } from '../src-main/cli/electron-binary.ts'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The libraries that Electron loads at its start, as Debian names them. */
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2']

/** @returns {Promise<{ missing?: string }>} */
export async function ensureChromium() {
  const there = () => [chromium.executablePath(), ...SYSTEM_CHROMIUM].some((path) => existsSync(path))
  if (there()) return {}
  if (installDebian(['chromium']) && there()) return {}
  console.error("Downloading Playwright's Chromium …")
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  spawnSync(process.execPath, [playwright, 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 })
  return there() ? {} : { missing: 'there is no Chromium: install one, or run `npx playwright install chromium`' }
}

/** @returns {Promise<{ missing?: string }>} */
export async function ensureElectron() {
  const say = (sentence) => console.error(sentence)
  const electron = await findElectron({ root, env: process.env, say, timeout: 180_000 })
  if ('reason' in electron) {
    return { missing: `${electron.reason}; ELECTRON_OVERRIDE_DIST_PATH may name a folder that holds one` }
  }
  if (missingLibraries(electron.path).length > 0) installDebian(LIBRARIES)
  const libraries = missingLibraries(electron.path)
  return libraries.length === 0 ? {} : { missing: `Electron lacks the libraries ${libraries.join(', ')}` }
}

/** Tests look for the studio's processes from outside. */
export function ensureProcessTools() {
  if (!has('pgrep')) installDebian(['procps'])
}

/** @returns {{ missing?: string, wrapper?: string[] }} the display, or what provides one */
export function ensureDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return {}
  const there = () => has('xvfb-run') && has('xauth')
  if (there() || (installDebian(['xvfb', 'xauth']) && there())) {
    return { wrapper: ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'] }
  }
  return { missing: 'there is no display and no xvfb-run' }
}

function missingLibraries(program) {
  if (process.platform !== 'linux') return []
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/(\S+) => not found/g)].map(([, name]) => name)
}

/** Installs packages where this is Debian and we are root; elsewhere the machine is its owner's. */
function installDebian(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !has('apt-get')) return false
  console.error(`Installing ${packages.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env }).status === 0
  const install = () => apt('install', '-y', '-q', '--no-install-recommends', ...packages)
  return install() || (apt('update', '-q') && install())
}

function has(program) {
  return spawnSync('which', [program]).status === 0
}
