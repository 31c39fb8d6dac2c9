import { describe, expect, it } from 'vitest'
import { electronArguments, missingDisplay, runElectron, whyItFailed } from './electron-window'

/** A program that stands in for Electron: this Node with a line of code. */
const run = (code: string, failsWithin = 5000) => runElectron(process.execPath, ['-e', code], failsWithin)

describe('a window', () => {
  it('needs a display on Linux only', () => {
    expect(missingDisplay('linux', {})).toContain('neither DISPLAY nor WAYLAND_DISPLAY is set')
    expect(missingDisplay('linux', { DISPLAY: ':0' })).toBeNull()
    expect(missingDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBeNull()
    expect(missingDisplay('darwin', {})).toBeNull()
  })

  it('gets the file, and goes without its sandbox as root', () => {
    expect(electronArguments({ root: true, app: '/app', file: '/a.kan' })).toEqual(['--no-sandbox', '/app', '/a.kan'])
    expect(electronArguments({ root: false, app: '/app', file: null })).toEqual(['/app'])
  })

  it('that closes ends with its exit status', async () => {
    expect(await run('process.exit(0)')).toBe(0)
    expect(await run('process.exit(3)', 0)).toBe(3)
  })

  it('that fails at once gives its reason', async () => {
    expect(await run('console.error("Missing X server or $DISPLAY"); process.exit(1)')).toEqual({
      reason: 'Electron cannot open the display',
    })
    expect(await runElectron('/nowhere/electron', [], 5000)).toMatchObject({
      reason: expect.stringContaining('Electron does not start'),
    })
  })

  it('knows the Node that started it, and never runs as a Node itself', async () => {
    const code =
      'process.exit(process.env.KAN_STUDIO_NODE === process.execPath && !process.env.ELECTRON_RUN_AS_NODE ? 0 : 9)'
    expect(await run(code, 0)).toBe(0)
  })
})

describe('why it failed', () => {
  it.each([
    [
      'electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file',
      'the library libgtk-3.so.0 is missing',
    ],
    ['[1:1] ERROR:ozone_platform_x11.cc(240)] Missing X server or $DISPLAY', 'cannot open the display'],
    ['FATAL: No usable sandbox!', 'no usable sandbox'],
    ['\nsomething odd\nmore', 'exit status 1: something odd'],
    ['', 'Electron ended at once (exit status 1)'],
  ])('%s', (said, reason) => {
    expect(whyItFailed(said, 1, null)).toContain(reason)
  })
})
