// Runs the end-to-end tests in every door that this machine can open, and says loudly which one it cannot.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureChromium, ensureDisplay, ensureElectron, ensureProcessTools, root } from './e2e-machine.mjs'

const flags = process.argv.slice(2)
const chosen = flags.some((flag) => flag.startsWith('--project'))

const chromium = await ensureChromium()
const desktop = await ensureElectron()
const display = ensureDisplay()
ensureProcessTools()
const reasons = [
  ...(chromium.missing ? [`browser: ${chromium.missing}`] : []),
  ...(desktop.missing || display.missing ? [`desktop: ${desktop.missing ?? display.missing}`] : []),
]
for (const reason of reasons) {
  console.error(`\n*** NOT TESTED ${reason} ***\n`)
}

const projects = [
  ...(chromium.missing ? [] : ['--project=browser']),
  ...(desktop.missing || display.missing ? [] : ['--project=desktop']),
]
let status = 0
if (chosen || projects.length > 0) {
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const [program, ...before] = [...(display.wrapper ?? []), process.execPath]
  const run = spawnSync(program, [...before, playwright, 'test', ...(chosen ? [] : projects), ...flags], {
    cwd: root,
    stdio: 'inherit',
  })
  status = run.status ?? 1
}
for (const reason of reasons) console.error(`*** NOT TESTED ${reason} ***`)
// Where results count, what was not tested has not passed.
if (process.env.CI && reasons.length > 0) status ||= 1
process.exitCode = status
